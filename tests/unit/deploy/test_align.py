"""Which operators go on with which state."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headrace.deploy.align import Alignment, align, unaligned
from headrace.deploy.compiled_plan import CompiledPlan
from tests.unit.deploy.plans import PlanBuilder, call, plan_of, ref

FEATURES: dict[str, dict[str, Any]] = {"a": {}, "b": {"size": "PT5M"}, "c": {"aggregates": ("SUM", "AVG")}}
KAFKA = {"comments": {"connector": "kafka", "topic": "comments"}}


def aligned(old: CompiledPlan, new: CompiledPlan, highest: int = 0) -> Alignment:
    return align(old, KAFKA, new, KAFKA, highest)


def words(operators: Any) -> list[str]:
    return [str(operator) for operator in operators]


def ids_of_windows(plan: CompiledPlan) -> dict[str, int]:
    return {next(iter(plan.sinks[node["id"]])): node["id"] for node in plan.nodes if "window-aggregate" in node["type"]}


def test_an_equal_plan_keeps_every_id() -> None:
    plan = plan_of(FEATURES)
    found = aligned(plan, plan)
    assert found.plan.to_json() == plan.to_json()
    assert (found.loses, found.drops, found.begins, found.leaves_state) == ((), (), (), False)


@given(st.permutations(sorted(FEATURES)), st.permutations(sorted(FEATURES)))
def test_order_does_not_count(old_order: list[str], new_order: list[str]) -> None:
    old = plan_of({name: FEATURES[name] for name in old_order})
    new = plan_of({name: FEATURES[name] for name in new_order})
    found = aligned(old, new)
    assert ids_of_windows(found.plan) == ids_of_windows(old)
    assert not found.begins
    assert old.without_ids() == new.without_ids()


@given(st.sets(st.sampled_from(sorted(FEATURES)), min_size=1), st.sets(st.sampled_from(sorted(FEATURES)), min_size=1))
def test_features_come_and_go(before: set[str], after: set[str]) -> None:
    old = plan_of({name: FEATURES[name] for name in sorted(before)})
    new = plan_of({name: FEATURES[name] for name in sorted(after)})
    found = aligned(old, new, highest=1000)
    windows = ids_of_windows(found.plan)
    assert {name: windows[name] for name in before & after} == {
        name: number for name, number in ids_of_windows(old).items() if name in after
    }
    assert all(windows[name] > 1000 for name in after - before)
    assert {operator.features[0] for operator in found.begins} == after - before
    assert {operator.features[0] for operator in found.drops} == before - after
    assert not found.loses
    assert found.leaves_state == bool(before - after)


def test_ids_are_unique_and_edges_follow_them() -> None:
    found = aligned(plan_of({"b": FEATURES["b"]}), plan_of(FEATURES)).plan
    ids = [node["id"] for node in found.nodes]
    assert len(set(ids)) == len(ids)
    edges = json.loads(found.to_json())["edges"]
    assert {edge["source"] for edge in edges} | {edge["target"] for edge in edges} == set(ids)
    assert CompiledPlan(found.to_json()).without_ids() == plan_of(FEATURES).without_ids()


def test_a_change_after_the_window_keeps_its_state() -> None:
    found = aligned(plan_of({"a": {}}), plan_of({"a": {"after": (call("ROUND", ref(1)),)}}))
    assert "a: TUMBLE window of 1 min per item" in words(found.keeps)
    assert not found.loses
    assert not found.begins


@pytest.mark.parametrize(
    "change",
    [
        {"size": "PT2M"},
        {"aggregates": ("SUM",)},
        {"aggregates": ("AVG", "MAX")},
        {"where": call(">", ref(1), {"kind": "LITERAL", "value": 0})},
    ],
    ids=["size", "other aggregate", "one aggregate more", "other rows"],
)
def test_a_window_that_means_something_else_takes_over_nothing(change: dict[str, Any]) -> None:
    found = aligned(plan_of({"a": {}, "b": FEATURES["b"]}), plan_of({"a": change, "b": FEATURES["b"]}))
    assert words(found.loses) == ["a: TUMBLE window of 1 min per item"]
    assert [operator.features for operator in found.begins] == [("a",)]
    assert "b: TUMBLE window of 5 min per item" in words(found.keeps)
    assert "a, b: place in comments" in words(found.keeps)
    assert found.leaves_state


def test_columns_have_meanings_not_numbers() -> None:
    """A column more in the shared projection moves the others, and changes nothing for who does not read it."""
    builder = PlanBuilder()
    shared = builder.calc(builder.source(), ref(2), call("SCORE", ref(1)), ref(0))
    window = builder.window(builder.calc(shared, ref(2), ref(1), ref(0)))
    builder.sink(builder.calc(window, ref(0), ref(1)), "a")
    found = aligned(plan_of({"a": {}}), builder.plan())
    assert "a: TUMBLE window of 1 min per item" in words(found.keeps)


def test_conditions_may_stand_in_one_projection_or_in_two() -> None:
    high, low = call(">", ref(1), "0"), call("<", ref(1), "9")
    both = PlanBuilder()
    calc = both.calc(both.source(), ref(0), ref(1), ref(2), where=call("AND", low, high))
    both.sink(both.window(calc), "a")
    split = PlanBuilder()
    first = split.calc(split.source(), ref(0), ref(1), ref(2), where=high)
    split.sink(split.window(split.calc(first, ref(0), ref(1), ref(2), where=low)), "a")
    assert not aligned(both.plan(), split.plan()).loses


def test_equal_windows_of_two_features_keep_their_own_state() -> None:
    old = plan_of({"a": {}, "b": {}})
    found = aligned(old, plan_of({"b": {}, "a": {}}))
    assert ids_of_windows(found.plan) == ids_of_windows(old)


def test_another_topic_is_another_source() -> None:
    other = {"comments": {"connector": "kafka", "topic": "comments_2"}}
    found = align(plan_of({"a": {}}), KAFKA, plan_of({"a": {}}), other, 0)
    assert words(found.loses) == ["a: place in comments", "a: TUMBLE window of 1 min per item"]


def test_an_option_that_no_state_depends_on_changes_nothing() -> None:
    other = {"comments": {**KAFKA["comments"], "scan.startup.mode": "latest-offset"}, "a": {"connector": "redis"}}
    before = {**KAFKA, "a": {"connector": "redis", "ttl": "7 d"}}
    assert not align(plan_of({"a": {}}), before, plan_of({"a": {}}), other, 0).loses


def test_a_new_job_takes_ids_that_none_had() -> None:
    found = unaligned(plan_of({"a": {}}), highest=50)
    assert min(node["id"] for node in found.plan.nodes) == 51
    assert max(node["id"] for node in found.plan.nodes) == found.highest_id
    assert words(found.begins) == ["a: place in comments", "a: TUMBLE window of 1 min per item"]


def test_ids_of_dropped_operators_are_not_given_again() -> None:
    first = plan_of({"a": {}, "b": FEATURES["b"]})
    second = aligned(first, plan_of({"a": {}}))
    third = aligned(second.plan, plan_of({"a": {}, "b": FEATURES["b"]}), second.highest_id)
    assert ids_of_windows(third.plan)["b"] > first.highest_id()


def test_state_is_not_given_to_another_feature_while_its_own_stays() -> None:
    found = aligned(plan_of({"a": {}}), plan_of({"a": {"size": "PT2M"}, "b": {}}))
    assert words(found.loses) == ["a: TUMBLE window of 1 min per item"]
    assert {operator.features for operator in found.begins} == {("a",), ("b",)}


def test_a_feature_under_another_name_takes_over_its_state() -> None:
    found = aligned(plan_of({"a": {}}), plan_of({"b": {}}))
    assert "b: TUMBLE window of 1 min per item" in words(found.keeps)
    assert not found.loses
    assert not found.drops


def test_an_operator_that_two_features_shared_is_lost_for_the_one_that_leaves_it() -> None:
    def shared(size_of_b: str) -> CompiledPlan:
        builder = PlanBuilder()
        source = builder.source()
        window = builder.window(source)
        builder.sink(window, "a")
        builder.sink(builder.window(source, size_of_b) if size_of_b else window, "b")
        return builder.plan()

    found = aligned(shared(""), shared("PT2M"))
    assert words(found.loses) == ["b: TUMBLE window of 1 min per item"]
    assert "a: TUMBLE window of 1 min per item" in words(found.keeps)
