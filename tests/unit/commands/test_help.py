"""`--help` of every command."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import typer
from typer.core import TyperGroup
from typer.testing import CliRunner

from headrace.cli import app


def paths(group: TyperGroup, *before: str) -> Iterator[tuple[str, ...]]:
    yield before
    for name, found in group.commands.items():
        if isinstance(found, TyperGroup):
            yield from paths(found, *before, name)
        else:
            yield (*before, name)


ROOT = typer.main.get_command(app)
assert isinstance(ROOT, TyperGroup)


@pytest.mark.parametrize("path", list(paths(ROOT)), ids=" ".join)
def test_help_is_shown(path: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, [*path, "--help"])
    assert result.exit_code == 0, result.exception
    assert "Usage: " in result.output
