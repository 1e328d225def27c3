"""Plans that are equal where the jobs are."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from headrace.deploy.compiled_plan import CompiledPlan

SOURCE, PYTHON, SINK = "stream-exec-table-source-scan_2", "stream-exec-python-calc_1", "stream-exec-sink_2"


def plan(ids: list[int], function: str = "`headrace`.`default`.`sentiment`") -> str:
    source, calc, sink = ids
    return json.dumps(
        {
            "flinkVersion": "2.3",
            "nodes": [
                {"id": source, "type": SOURCE, "scanTableSource": table("comments"), "description": "TableSourceScan"},
                {
                    "id": calc,
                    "type": PYTHON,
                    "projection": [{"kind": "CALL", "catalogName": function, "operands": [{"kind": "INPUT_REF"}]}],
                    "description": "PythonCalc",
                },
                {"id": sink, "type": SINK, "dynamicTableSink": table("item_sentiment"), "description": "Sink"},
            ],
            "edges": [
                {"source": source, "target": calc, "shuffle": {"type": "FORWARD"}},
                {"source": calc, "target": sink, "shuffle": {"type": "FORWARD"}},
            ],
        }
    )


def table(name: str) -> dict[str, Any]:
    return {"table": {"identifier": f"`headrace`.`default`.`{name}`"}}


@given(st.lists(st.integers(1, 10_000), min_size=3, max_size=3, unique=True))
def test_plans_that_differ_in_ids_alone_are_equal(ids: list[int]) -> None:
    assert CompiledPlan(plan(ids)).to_json() == CompiledPlan(plan([1, 2, 3])).to_json()


def test_edges_go_where_they_went() -> None:
    renumbered = json.loads(CompiledPlan(plan([30, 7, 12])).to_json())
    types = {node["id"]: node["type"] for node in renumbered["nodes"]}
    assert list(types) == [1, 2, 3]
    ends = [(types[edge["source"]], types[edge["target"]]) for edge in renumbered["edges"]]
    assert ends == [(SOURCE, PYTHON), (PYTHON, SINK)]


def test_plans_that_do_other_things_are_not_equal() -> None:
    other = CompiledPlan(plan([1, 2, 3], function="`headrace`.`default`.`other`"))
    assert other.to_json() != CompiledPlan(plan([1, 2, 3])).to_json()


def test_renumbering_again_changes_nothing() -> None:
    once = CompiledPlan(plan([5, 4, 9])).to_json()
    assert CompiledPlan(once).to_json() == once


def test_names_of_tables_and_functions() -> None:
    found = CompiledPlan(plan([1, 2, 3]))
    assert found.table_names() == {"comments", "item_sentiment"}
    assert found.function_names() == {"sentiment"}


def test_lookup_tables_are_those_that_are_joined() -> None:
    content = json.loads(plan([1, 2, 3]))
    lookup = {"lookupTableSource": table("holiday_topics")}
    content["nodes"].append({"id": 4, "type": "stream-exec-lookup-join_1", "temporalTable": lookup})
    assert CompiledPlan(json.dumps(content)).lookup_table_names() == {"holiday_topics"}
    assert CompiledPlan(plan([1, 2, 3])).lookup_table_names() == set()
