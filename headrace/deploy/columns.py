"""What a deployment changes for those who read features: columns and keys of the tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class TableChange:
    """How a table's readers notice a deployment; `changes` are in words, such as `+ volatility DOUBLE`."""

    table: str
    changes: tuple[str, ...]


def reader_changes(
    tables: Iterable[str], before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]
) -> list[TableChange]:
    """The tables whose columns or keys differ.

    Args:
        tables: names of the tables that jobs write, before or after.
        before, after: what the catalog keeps of each object, by `kind name`.
    """
    found = []
    for table in sorted(set(tables)):
        old, new = before.get(f"table {table}"), after.get(f"table {table}")
        if old is None and new is not None:
            found.append(TableChange(table, (f"+ the whole table: {', '.join(_columns(new))}",)))
        elif new is None and old is not None:
            found.append(TableChange(table, ("- the whole table; rows in Redis stay until their time to live ends",)))
        elif old is not None and new is not None and (changes := _changes(old, new)):
            found.append(TableChange(table, tuple(changes)))
    return found


def _changes(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    before, after = _columns(old), _columns(new)
    changes = [f"- {name} {kind}" for name, kind in before.items() if name not in after]
    changes += [f"+ {name} {kind}" for name, kind in after.items() if name not in before]
    changes += [
        f"~ {name} {before[name]} → {kind}" for name, kind in after.items() if name in before and before[name] != kind
    ]
    keys = [", ".join(table.get("primaryKey", {}).get("columns", [])) for table in (old, new)]
    if keys[0] != keys[1]:
        changes.append(f"~ PRIMARY KEY ({keys[0]}) → ({keys[1]})")
    return changes


def _columns(table: dict[str, Any]) -> dict[str, str]:
    columns = {}
    for column in table.get("columns", []):
        text = str(column.get("type", "computed")).replace("VARCHAR(2147483647)", "STRING")
        columns[column["name"]] = text
    return columns
