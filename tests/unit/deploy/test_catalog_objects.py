"""headrace.deploy.catalog_objects: the catalog's files, compared by what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from headrace.deploy.catalog_objects import CatalogObject, read_objects
from headrace.errors import DeployError


def write(catalog: Path, name: str, content: str) -> Path:
    file = catalog / "default" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return file


def test_version_of_the_format_is_no_difference(tmp_path: Path) -> None:
    write(tmp_path, "tables/old.json", '{"columns": []}')
    write(tmp_path, "tables/new.json", '{"formatVersion": 1, "columns": []}')
    assert read_objects(tmp_path) == {
        CatalogObject("TABLE", "new"): {"columns": []},
        CatalogObject("TABLE", "old"): {"columns": []},
    }


def test_what_the_catalog_keeps_beside_its_files_is_no_object(tmp_path: Path) -> None:
    write(tmp_path, "database.json", "{}")
    write(tmp_path, "views/.v.json.tmp", "{")
    write(tmp_path, "views/%E8%AF%84.json", "{}")
    assert list(read_objects(tmp_path)) == [CatalogObject("VIEW", "评")]


@pytest.mark.parametrize("content", ["{", "[]", ""])
def test_damaged_file_is_named(tmp_path: Path, content: str) -> None:
    file = write(tmp_path, "tables/t.json", content)
    with pytest.raises(DeployError, match="DROP TABLE `t` in a session") as raised:
        read_objects(tmp_path)
    assert str(raised.value).startswith(f"{file}: not as it must be: ")


def test_newer_format_is_not_compared(tmp_path: Path) -> None:
    write(tmp_path, "tables/t.json", '{"formatVersion": 2}')
    with pytest.raises(DeployError, match="format version 2, and this Headrace knows version 1"):
        read_objects(tmp_path)
