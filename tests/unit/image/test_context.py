"""What a build may copy."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from headrace.settings import PROJECT
from headrace.testing.container.context import BuildContext
from headrace.testing.container.dockerfile import DockerfileError


@pytest.fixture
def context(tmp_path: Path) -> BuildContext:
    (tmp_path / ".dockerignore").write_text("# rules\n*\n!code\n!a.txt\n**/__pycache__\ncode/secret\n")
    for name in ("code/a.py", "code/deep/b.py", "code/__pycache__/a.pyc", "code/secret/key", "other/c.py", "a.txt"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    return BuildContext(tmp_path)


def test_the_last_rule_that_fits_decides(context: BuildContext) -> None:
    assert [str(path) for _, path in context.files("code")] == ["a.py", "deep/b.py"]
    assert [str(path) for _, path in context.files("a.txt")] == ["a.txt"]


def test_what_the_build_does_not_see_is_an_error(context: BuildContext) -> None:
    for source in ("other", "code/secret", "missing"):
        with pytest.raises(DockerfileError, match="the build sees no such file"):
            list(context.files(source))


def test_a_digest_is_of_paths_and_bytes(context: BuildContext) -> None:
    before = context.digest("code")
    (context.root / "code" / "__pycache__" / "a.pyc").write_text("compiled anew")
    assert context.digest("code") == before
    (context.root / "code" / "a.py").write_text("changed")
    assert context.digest("code") != before


def test_nothing_of_this_machine_is_seen() -> None:
    context = BuildContext(PROJECT)
    for path in (".git/config", ".headrace/stack/secrets/redis", "headrace/__pycache__/cli.pyc", "tests/unit", ".env"):
        assert not context.takes(PurePosixPath(path)), path
    assert context.takes(PurePosixPath("headrace/cli.py"))
