"""The catalog's objects: what the persistent catalog keeps of each table, view and function.

The catalog (flink/, package io.headrace.flink.catalog) keeps one JSON file an object below
`<path>/<database>/<kind>/`. Two catalogs hold the same objects when these files are the same.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from headrace.errors import DeployError

FORMAT_VERSION = 1
KINDS = {"tables": "TABLE", "views": "VIEW", "functions": "FUNCTION"}


@dataclass(frozen=True, order=True)
class CatalogObject:
    """One object of the catalog's default database."""

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind.lower()} {self.name}"

    def drop_statement(self) -> str:
        return f"DROP {self.kind} IF EXISTS `{self.name}`"


def created_object(create: str) -> CatalogObject:
    """Kind and name of the object that a CREATE statement creates.

    Raises:
        DeployError: it creates something else.
    """
    match = re.match(
        r"CREATE\s+(?:OR\s+(?:ALTER|REPLACE)\s+)?(TABLE|VIEW|FUNCTION)\s+(?:IF\s+NOT\s+EXISTS\s+)?"
        r"((?:`[^`]+`|\w+)(?:\.(?:`[^`]+`|\w+))*)",
        create,
        re.IGNORECASE,
    )
    if not match:
        raise DeployError(f"{create[:60]} …: only CREATE TABLE, VIEW and FUNCTION belong into catalog/")
    return CatalogObject(match.group(1).upper(), match.group(2).split(".")[-1].strip("`"))


class CatalogSnapshot:
    """The files of a catalog at one moment, to be put back as they were."""

    def __init__(self, catalog: Path, database: str = "default") -> None:
        self._folder = catalog / database
        self._files = {file: file.read_bytes() for file in self._now()}

    def restore(self) -> None:
        """Puts back what differs, each file whole."""
        for file in self._now():
            if file not in self._files:
                file.unlink(missing_ok=True)
        for file, content in self._files.items():
            if not file.exists() or file.read_bytes() != content:
                temporary = file.with_name(f".{file.name}.restored")
                temporary.write_bytes(content)
                temporary.replace(file)

    def _now(self) -> list[Path]:
        return [file for kind in KINDS for file in sorted((self._folder / kind).glob("*.json"))]


def read_objects(catalog: Path, database: str = "default") -> dict[CatalogObject, dict[str, Any]]:
    """Every object of a database with what the catalog keeps of it; none where the catalog does not exist yet.

    Raises:
        DeployError: a file is not as it must be; the message names it.
    """
    return {
        CatalogObject(kind, unquote(file.stem)): _read(file, kind)
        for folder, kind in KINDS.items()
        for file in sorted((catalog / database / folder).glob("*.json"))
    }


def _read(file: Path, kind: str) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(content, dict):
            raise ValueError("it holds no JSON object")
    except ValueError as error:
        raise DeployError(
            f"{file}: not as it must be: {error}. "
            f"Correct it by hand, or run DROP {kind} `{unquote(file.stem)}` in a session, then deploy again."
        ) from error
    # How it is written, not what it is: files without a version are of version 1.
    version = content.pop("formatVersion", FORMAT_VERSION)
    if version != FORMAT_VERSION:
        raise DeployError(
            f"{file}: format version {version}, and this Headrace knows version {FORMAT_VERSION}. "
            "Deploy with the Headrace that wrote it, or a newer one."
        )
    return content
