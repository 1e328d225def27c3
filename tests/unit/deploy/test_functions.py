"""Python functions that the catalog names must exist."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from headrace.deploy.functions import check_functions
from headrace.errors import DeployError
from headrace.project import read_project

WriteProject = Callable[[dict[str, str]], Path]


def statement(name: str) -> dict[str, str]:
    text = f"-- a score\nCREATE FUNCTION IF NOT EXISTS score AS '{name}' LANGUAGE PYTHON;"
    return {"catalog/functions/score.sql": text}


def test_functions_that_exist_pass(write_project: WriteProject) -> None:
    check_functions(read_project(write_project(statement("json.dumps"))))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("json.dump_s", "module 'json' has no function 'dump_s'. Did you mean 'dumps'?"),
        ("no_such_module.score", "module 'no_such_module' cannot be imported: ModuleNotFoundError"),
        ("score", "'score' names no module. Write '<module>.<function>'."),
    ],
)
def test_functions_that_do_not_exist_have_a_place_and_a_remedy(
    write_project: WriteProject, name: str, message: str
) -> None:
    with pytest.raises(DeployError) as raised:
        check_functions(read_project(write_project(statement(name))))
    assert str(raised.value).startswith(f"catalog/functions/score.sql:2: {message}")
