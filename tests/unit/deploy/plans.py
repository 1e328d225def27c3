"""Compiled plans of a few nodes, as Flink writes them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from headrace.deploy.compiled_plan import CompiledPlan

ROW = "ROW<`payload` VARCHAR(2147483647), `event_time` TIMESTAMP(3)>"


def ref(number: int) -> dict[str, Any]:
    return {"kind": "INPUT_REF", "inputIndex": number, "type": "DOUBLE"}


def call(name: str, *operands: Any) -> dict[str, Any]:
    return {"kind": "CALL", "internalName": f"${name}$1", "operands": list(operands), "type": "DOUBLE"}


def table(name: str) -> dict[str, Any]:
    return {"table": {"identifier": f"`headrace`.`default`.`{name}`"}}


def row(names: list[str]) -> dict[str, Any]:
    return {"type": "ROW", "fields": [{"name": name, "fieldType": "DOUBLE"} for name in names]}


@dataclass
class PlanBuilder:
    """Adds nodes one after the other; each gets the next id."""

    nodes: list[dict[str, Any]] = field(default_factory=list)
    edges: list[dict[str, Any]] = field(default_factory=list)

    def add(self, kind: str, inputs: list[int], names: list[str], **content: Any) -> int:
        identifier = len(self.nodes) + 1
        node = {"id": identifier, "type": f"stream-exec-{kind}", **content, "outputType": row(names)}
        self.nodes.append(node | {"description": f"{kind} {identifier}"})
        self.edges += [{"source": one, "target": identifier, "shuffle": {"type": "FORWARD"}} for one in inputs]
        return identifier

    def source(self, name: str = "comments", names: tuple[str, ...] = ("item", "score", "time")) -> int:
        return self.add("table-source-scan_2", [], list(names), scanTableSource=table(name))

    def calc(self, source: int, *projection: Any, where: Any = None) -> int:
        names = [f"c{number}" for number in range(len(projection))]
        return self.add("calc_1", [source], names, projection=list(projection), condition=where)

    def window(self, source: int, size: str = "PT1M", aggregates: tuple[str, ...] = ("AVG",)) -> int:
        calls = [{"name": f"a{n}", "internalName": f"${name}$1", "argList": [1]} for n, name in enumerate(aggregates)]
        exchange = self.add("exchange_1", [source], ["item", "score", "time"])
        return self.add(
            "window-aggregate_1",
            [exchange],
            ["item", *(f"a{n}" for n in range(len(aggregates))), "window_end"],
            grouping=[0],
            aggCalls=calls,
            windowing={"window": {"type": "TumblingWindow", "size": size}, "timeAttributeIndex": 2},
        )

    def sink(self, source: int, name: str) -> int:
        return self.add("sink_2", [source], ["item", "score"], dynamicTableSink=table(name))

    def plan(self) -> CompiledPlan:
        return CompiledPlan(json.dumps({"flinkVersion": "2.3", "nodes": self.nodes, "edges": self.edges}))


def plan_of(features: dict[str, dict[str, Any]]) -> CompiledPlan:
    """A plan of one source and one shared projection, with a window for each feature, in this order.

    Args:
        features: for each the window's size and aggregates, `where` before the window and `after` it.
    """
    builder = PlanBuilder()
    shared = builder.calc(builder.source(), ref(0), call("SCORE", ref(1)), ref(2))
    for name, feature in features.items():
        before = builder.calc(shared, ref(0), ref(1), ref(2), where=feature.get("where"))
        window = builder.window(before, feature.get("size", "PT1M"), feature.get("aggregates", ("AVG",)))
        after = builder.calc(window, ref(0), *feature.get("after", (ref(1),)))
        builder.sink(after, name)
    return builder.plan()
