"""Python functions that the catalog names must exist."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from headrace.deploy.functions import check_functions, code_of
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
        ("json.dump_s", "module 'json' has no function 'dump_s'. Did you mean dumps?"),
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


def test_code_is_the_module_and_what_it_imports_of_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "small_package"
    package.mkdir()
    files = {
        "__init__.py": "",
        "score.py": "import json\nfrom small_package.words import WORDS\n",
        "words.py": "def words():\n    from small_package import more\n\nWORDS = 1\n",
        "more.py": "",
        "other.py": "",
    }
    for name, text in files.items():
        (package / name).write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    found = code_of(["small_package.score.score"])
    assert found["small_package/words.py"] == files["words.py"]
    assert set(found) == {f"small_package/{name}.py" for name in ("score", "words", "more", "__init__")}
