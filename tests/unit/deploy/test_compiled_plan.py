"""Flink's compiled plans as deployments read them."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from headrace.deploy.compiled_plan import CompiledPlan
from tests.unit.deploy.plans import PlanBuilder, call, plan_of, ref, table


@given(st.permutations(range(1, 13)), st.integers(0, 500))
def test_ids_do_not_count(order: list[int], offset: int) -> None:
    plan = plan_of({"a": {}, "b": {"size": "PT5M"}})
    assert len(plan.nodes) == 12
    ids = {node["id"]: offset + number for node, number in zip(plan.nodes, order, strict=True)}
    assert plan.with_ids(ids).without_ids() == plan.without_ids()


def test_edges_go_where_they_went() -> None:
    plan = plan_of({"a": {}})
    moved = plan.with_ids({node["id"]: 100 - node["id"] for node in plan.nodes})
    types = {node["id"]: node["type"] for node in moved.nodes}
    ends = [(types[edge["source"]], types[edge["target"]]) for edge in json.loads(moved.to_json())["edges"]]
    assert ends[0] == ("stream-exec-table-source-scan_2", "stream-exec-calc_1")
    assert ends[-1] == ("stream-exec-calc_1", "stream-exec-sink_2")


def test_plans_that_do_other_things_are_not_equal() -> None:
    assert plan_of({"a": {}}).without_ids() != plan_of({"a": {"after": (call("ROUND", ref(1)),)}}).without_ids()
    assert plan_of({"a": {}}).without_ids() != plan_of({"b": {}}).without_ids()


def test_nodes_know_the_tables_that_their_rows_end_in() -> None:
    plan = plan_of({"a": {}, "b": {}})
    assert plan.sinks[1] == plan.sinks[2] == {"a", "b"}
    assert [plan.sinks[node["id"]] for node in plan.nodes[2:]] == [{"a"}] * 5 + [{"b"}] * 5


def test_nodes_come_after_those_that_they_read() -> None:
    plan = plan_of({"a": {}, "b": {}})
    backwards = json.loads(plan.to_json())
    backwards["nodes"].reverse()
    seen: set[int] = set()
    for node in CompiledPlan(json.dumps(backwards)).inputs_first:
        assert set(plan.inputs[node["id"]]) <= seen
        seen.add(node["id"])


def test_names_of_tables_and_functions() -> None:
    builder = PlanBuilder()
    function = {"kind": "CALL", "catalogName": "`headrace`.`default`.`sentiment`", "operands": [ref(0)]}
    builder.sink(builder.calc(builder.source(), function), "scores")
    plan = builder.plan()
    assert plan.table_names() == {"comments", "scores"}
    assert plan.source_table_names() == {"comments"}
    assert plan.function_names() == {"sentiment"}
    assert plan.lookup_table_names() == set()


def test_lookup_tables_are_those_that_are_joined() -> None:
    builder = PlanBuilder()
    temporal = {"lookupTableSource": table("holiday_topics")}
    builder.sink(builder.add("lookup-join_1", [builder.source()], ["a"], temporalTable=temporal), "scores")
    assert builder.plan().lookup_table_names() == {"holiday_topics"}
