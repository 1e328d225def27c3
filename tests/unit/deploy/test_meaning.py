"""Pieces of what a node means."""

from __future__ import annotations

import pytest

from headrace.deploy.meaning import meanings, split_row_type, state_keys
from headrace.deploy.operators import duration, has_state, in_words, milliseconds
from tests.unit.deploy.plans import PlanBuilder, call, ref, table


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("ROW<>", []),
        ("ROW<`a` INT>", ["`a` INT"]),
        ("ROW<`a` DECIMAL(10, 2), `b` ROW<`x` INT, `y` INT> NOT NULL> NOT NULL",
         ["`a` DECIMAL(10, 2)", "`b` ROW<`x` INT, `y` INT> NOT NULL"]),
        ("ROW<`odd, <name>` INT, `b` MAP<STRING, INT>>", ["`odd, <name>` INT", "`b` MAP<STRING, INT>"]),
    ],
)  # fmt: skip
def test_fields_of_a_row_type(text: str, fields: list[str]) -> None:
    assert split_row_type(text) == fields


def test_a_type_as_text_is_the_type_as_json() -> None:
    as_json, as_text = PlanBuilder(), PlanBuilder()
    for builder in (as_json, as_text):
        builder.sink(builder.source(), "a")
    as_text.nodes[0]["outputType"] = "ROW<`item` DOUBLE, `score` DOUBLE, `time` DOUBLE>"
    assert meanings(as_json.plan(), {}) == meanings(as_text.plan(), {})


def test_a_source_that_filters_gives_other_rows_and_keeps_its_place() -> None:
    plain, filtered, watermarked = PlanBuilder(), PlanBuilder(), PlanBuilder()
    for builder, abilities in (
        (plain, []),
        (filtered, [{"type": "FilterPushDown", "predicates": ["x"]}]),
        (watermarked, [{"type": "WatermarkPushDown", "watermarkExpr": "y"}]),
    ):
        source = {**table("comments"), "abilities": abilities}
        builder.add("table-source-scan_2", [], ["item"], scanTableSource=source)
    given = [meanings(builder.plan(), {})[1] for builder in (plain, filtered, watermarked)]
    assert given[0] == given[2] != given[1]
    assert len({state_keys(builder.plan(), {})[1] for builder in (plain, filtered, watermarked)}) == 1


def test_an_operator_that_is_not_known_takes_over_only_what_is_equal() -> None:
    one, same, other = PlanBuilder(), PlanBuilder(), PlanBuilder()
    for builder, option in ((one, 1), (same, 1), (other, 2)):
        builder.add("future-operator_7", [builder.source()], ["x"], option=option, state=[{"ttl": f"{option} d"}])
    keys = [state_keys(builder.plan(), {})[2] for builder in (one, same, other)]
    assert keys[0] == keys[1] != keys[2]
    assert has_state(one.plan().nodes[1])
    assert in_words(one.plan(), one.plan().nodes[1]) == "future operator"


def test_a_sink_that_sorts_out_changes_has_state() -> None:
    builder = PlanBuilder()
    source = builder.source()
    plain = builder.sink(source, "a")
    builder.add("sink_2", [source], ["x"], dynamicTableSink=table("b"), requireUpsertMaterialize=True)
    nodes = builder.plan().nodes
    assert [has_state(node) for node in nodes[plain - 1 :]] == [False, True]
    assert in_words(builder.plan(), nodes[-1]) == "last rows of b"


@pytest.mark.parametrize(
    ("kind", "content", "words"),
    [
        ("group-aggregate_1", {"grouping": [0]}, "GROUP BY item"),
        ("group-aggregate_1", {"grouping": []}, "aggregate over all rows"),
        ("deduplicate_1", {"uniqueKeys": [0], "keepLastRow": True}, "last row per item"),
        ("rank_1", {"partitionSpec": {"fields": [1]}}, "top rows per score"),
        ("join_1", {}, "join"),
        (
            "window-aggregate_1",
            {"grouping": [0], "windowing": {"window": {"type": "CumulativeWindow", "maxSize": "PT1H", "step": "PT1M"}}},
            "CUMULATE window of 1 h per item",
        ),
        (
            "over-aggregate_1",
            {
                "overSpec": {
                    "partition": {"fields": [0]},
                    "constants": [{"value": "90000", "type": "INTERVAL MINUTE NOT NULL"}],
                    "originalInputFields": 2,
                    "groups": [{"lowerBound": {"kind": "BOUNDED_WINDOW", "offset": ref(2)}}],
                }
            },
            "OVER window of the last 1 min 30 s per item",
        ),
    ],
)
def test_operators_in_words(kind: str, content: dict[str, object], words: str) -> None:
    builder = PlanBuilder()
    builder.add(kind, [builder.source()], ["item", "score"], **content)
    plan = builder.plan()
    assert in_words(plan, plan.nodes[1]) == words


def test_a_key_that_is_an_expression_is_told_by_its_columns() -> None:
    builder = PlanBuilder()
    source = builder.source()
    first = builder.add("calc_1", [source], ["$0", "c"], projection=[call("COALESCE", ref(1), ref(0)), ref(1)])
    second = builder.add("calc_1", [first], ["$0", "$1"], projection=[call("MD5", ref(0)), ref(0)])
    exchange = builder.add("exchange_1", [second], ["$0", "$1"])
    builder.add("deduplicate_1", [exchange], ["$0", "$1"], uniqueKeys=[0, 1], keepLastRow=False)
    plan = builder.plan()
    told = in_words(plan, plan.nodes[-1])
    assert told == "first row per expression of item, score, expression of item, score"


def test_durations() -> None:
    assert [duration(text) for text in ("PT1M", "PT1H30M", "PT0.5S", "P1D")] == ["1 min", "1 h 30 min", "0.5 s", "P1D"]
    assert [milliseconds(count) for count in (300_000, 90_061_001, 0)] == ["5 min", "1 d 1 h 1 min 1 s 1 ms", "0 ms"]
