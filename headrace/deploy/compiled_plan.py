"""Flink's compiled plans: what a job does, independent of the session that compiled it.

https://nightlies.apache.org/flink/flink-docs-stable/docs/dev/table/sql/compiled-plan/ is the format's documentation.
The ids of a plan's nodes are part of the ids of its operators, by which a savepoint finds its state.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any

PlanNode = dict[str, Any]

_WITHOUT_MEANING = frozenset({"id", "description", "inputProperties", "outputType"})


class CompiledPlan:
    """A plan as Flink compiles and executes it: nodes, and edges from each node to those that read it."""

    def __init__(self, text: str) -> None:
        self._plan: dict[str, Any] = json.loads(text)

    @property
    def nodes(self) -> list[PlanNode]:
        return list(self._plan["nodes"])

    @cached_property
    def inputs(self) -> dict[int, list[int]]:
        """For each node's id the ids of the nodes that it reads, in their order."""
        found: dict[int, list[int]] = {node["id"]: [] for node in self._plan["nodes"]}
        for edge in self._plan["edges"]:
            found[edge["target"]].append(edge["source"])
        return found

    @cached_property
    def sinks(self) -> dict[int, frozenset[str]]:
        """For each node's id the names of the tables that its rows end in."""
        found: dict[int, set[str]] = {
            node["id"]: {table_name(node["dynamicTableSink"])} if "dynamicTableSink" in node else set()
            for node in self._plan["nodes"]
        }
        for node in reversed(self.inputs_first):
            for source in self.inputs[node["id"]]:
                found[source] |= found[node["id"]]
        return {identifier: frozenset(names) for identifier, names in found.items()}

    @cached_property
    def inputs_first(self) -> list[PlanNode]:
        """The nodes, each after those that it reads."""
        by_id = {node["id"]: node for node in self._plan["nodes"]}
        ordered: dict[int, PlanNode] = {}

        def place(identifier: int) -> None:
            if identifier not in ordered:
                for source in self.inputs[identifier]:
                    place(source)
                ordered[identifier] = by_id[identifier]

        for identifier in by_id:
            place(identifier)
        return list(ordered.values())

    def highest_id(self) -> int:
        return max((node["id"] for node in self._plan["nodes"]), default=0)

    def with_ids(self, ids: Mapping[int, int]) -> CompiledPlan:
        """The same plan under other ids: `ids` has the new one of each node."""
        plan = copy.deepcopy(self._plan)
        for node in plan["nodes"]:
            node["id"] = ids[node["id"]]
        for edge in plan["edges"]:
            edge["source"], edge["target"] = ids[edge["source"]], ids[edge["target"]]
        return CompiledPlan(json.dumps(plan))

    def to_json(self) -> str:
        """The plan as `EXECUTE PLAN` reads it."""
        return json.dumps(self._plan, indent=2, ensure_ascii=False) + "\n"

    def without_ids(self) -> list[str]:
        """The plan as a sorted list of its nodes, each with all that it reads: equal for plans that do the same.

        Neither ids nor the order of the INSERTs count.
        """
        edges = {(edge["source"], edge["target"]): edge for edge in self._plan["edges"]}
        texts: dict[int, str] = {}
        for node in self.inputs_first:
            reads = [
                [texts[source], {k: v for k, v in edges[source, node["id"]].items() if k not in {"source", "target"}}]
                for source in self.inputs[node["id"]]
            ]
            own = {key: value for key, value in node.items() if key not in {"id", "description"}}
            texts[node["id"]] = digest([own, reads])
        return sorted(texts.values())

    def table_names(self) -> set[str]:
        """Names of the catalog tables that the plan reads or writes."""
        return {last_name(name) for name in _values(self._plan, "identifier") if isinstance(name, str)}

    def source_table_names(self) -> set[str]:
        """Names of the catalog tables that the plan reads as streams."""
        return {table_name(node["scanTableSource"]) for node in self._plan["nodes"] if "scanTableSource" in node}

    def lookup_table_names(self) -> set[str]:
        """Names of the catalog tables in which the plan looks rows up."""
        joins = [node for node in self._plan["nodes"] if node["type"].startswith("stream-exec-lookup-join")]
        return {last_name(name) for join in joins for name in _values(join, "identifier")}

    def function_names(self) -> set[str]:
        """Names of the catalog functions that the plan calls."""
        return {last_name(name) for name in _values(self._plan, "catalogName") if isinstance(name, str)}


def digest(value: Any) -> str:
    """A short text that is the same for the same JSON value alone."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


def content(node: PlanNode) -> dict[str, Any]:
    """What a node does, without its id, its description and what follows from its inputs."""
    return {key: value for key, value in node.items() if key not in _WITHOUT_MEANING}


def table_name(source_or_sink: Any) -> str:
    """The name of the catalog table that a `scanTableSource` or `dynamicTableSink` names."""
    return last_name(source_or_sink["table"]["identifier"])


def last_name(identifier: str) -> str:
    """`headrace`.`default`.`comments` is comments."""
    return identifier.split("`.`")[-1].strip("`")


def _values(value: Any, key: str) -> list[Any]:
    """Each value under a key, at any depth."""
    if isinstance(value, dict):
        inner = [found for child in value.values() for found in _values(child, key)]
        return [value[key], *inner] if key in value else inner
    if isinstance(value, list):
        return [found for child in value for found in _values(child, key)]
    return []
