"""The catalog's objects as files: what the persistent catalog keeps of each table, view and function.

The catalog (flink/, package io.headrace.flink.catalog) keeps one JSON file an object below
`<path>/<database>/<kind>/`. Two catalogs hold the same objects when these files are the same.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

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


def read_objects(catalog: Path, database: str = "default") -> dict[CatalogObject, dict[str, Any]]:
    """Every object of a database with what the catalog keeps of it; none where the catalog does not exist yet."""
    return {
        CatalogObject(kind, unquote(file.stem)): json.loads(file.read_text(encoding="utf-8"))
        for folder, kind in KINDS.items()
        for file in sorted((catalog / database / folder).glob("*.json"))
    }
