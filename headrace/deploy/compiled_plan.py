"""Flink's compiled plans: what a job does, independent of the session that compiled it.

https://nightlies.apache.org/flink/flink-docs-stable/docs/dev/table/sql/compiled-plan/ is the format's documentation.
The ids of a plan's nodes are part of the ids of its operators, by which a savepoint finds its state.
"""

from __future__ import annotations

import json
from typing import Any

PlanNode = dict[str, Any]


class CompiledPlan:
    """A plan whose node ids count from 1, so that equal jobs have equal plans."""

    def __init__(self, text: str) -> None:
        self._plan: dict[str, Any] = json.loads(text)
        ids = {node["id"]: number for number, node in enumerate(self._plan["nodes"], start=1)}
        for node in self._plan["nodes"]:
            node["id"] = ids[node["id"]]
        for edge in self._plan["edges"]:
            edge["source"], edge["target"] = ids[edge["source"]], ids[edge["target"]]

    @property
    def nodes(self) -> list[PlanNode]:
        return list(self._plan["nodes"])

    def to_json(self) -> str:
        """The plan as `EXECUTE PLAN` reads it."""
        return json.dumps(self._plan, indent=2, ensure_ascii=False) + "\n"

    def table_names(self) -> set[str]:
        """Names of the catalog tables that the plan reads or writes."""
        return {name.split("`.`")[-1].strip("`") for name in _values(self._plan, "identifier") if isinstance(name, str)}

    def lookup_table_names(self) -> set[str]:
        """Names of the catalog tables in which the plan looks rows up."""
        joins = [node for node in self._plan["nodes"] if node["type"].startswith("stream-exec-lookup-join")]
        return {name.split("`.`")[-1].strip("`") for join in joins for name in _values(join, "identifier")}

    def function_names(self) -> set[str]:
        """Names of the catalog functions that the plan calls."""
        names = {name for name in _values(self._plan, "catalogName") if isinstance(name, str)}
        return {name.split("`.`")[-1].strip("`") for name in names}


def _values(value: Any, key: str) -> list[Any]:
    """Each value under a key, at any depth."""
    if isinstance(value, dict):
        inner = [found for child in value.values() for found in _values(child, key)]
        return [value[key], *inner] if key in value else inner
    if isinstance(value, list):
        return [found for child in value for found in _values(child, key)]
    return []
