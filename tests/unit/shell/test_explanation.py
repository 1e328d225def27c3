"""Plans as trees."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rich.console import Console

from headrace.errors import ShellError
from headrace.shell.explanation import operators, tree


def node(number: int, name: str, contents: str, *inputs: int) -> dict[str, Any]:
    predecessors = [{"id": before, "ship_strategy": "FORWARD"} for before in inputs]
    return {
        "id": number, "type": f"{name}[{number}]", "contents": f"[{number}]:{contents}", "parallelism": 1,
        **({"predecessors": predecessors} if inputs else {}),
    }  # fmt: skip


def explained(*nodes: dict[str, Any]) -> str:
    return f"== Optimized Execution Plan ==\n…\n\n== Physical Execution Plan ==\n{json.dumps({'nodes': nodes})}"


def drawn(text: str, functions: set[str], ttl: str = "") -> list[str]:
    console = Console(width=200)
    with console.capture() as captured:
        console.print(tree(operators(text, functions, ttl)))
    return [line.rstrip() for line in captured.get().splitlines()]


SCORED = explained(
    node(1, "Source: comments", "TableSourceScan(table=[[comments]])"),
    node(2, "PythonCalc", "PythonCalc(select=[item_id, sentiment(content) AS f0, my_sentiment(x) AS f1])", 1),
    node(3, "GroupAggregate", "GroupAggregate(groupBy=[item_id], select=[item_id, AVG(f0)])", 2),
)


def test_model_calls_and_state_are_marked() -> None:
    lines = drawn(SCORED, {"sentiment"})
    assert lines[0] == "result"
    assert lines[1] == "└── GroupAggregate  ■ state: an aggregate a key, for ever"
    assert "    └── PythonCalc  ◆ model: sentiment" in lines
    assert lines[-1] == (
        "model calls a row: 1 (sentiment); operators with state: 1; "
        "grows for ever, unless table.exec.state.ttl is set: GroupAggregate"
    )


def test_time_to_live_is_told() -> None:
    assert "for 10 min (table.exec.state.ttl)" in drawn(SCORED, {"sentiment"}, "10 min")[1]
    assert "grows" not in drawn(SCORED, {"sentiment"}, "10 min")[-1]


def test_input_of_several_stands_once() -> None:
    shared = explained(
        node(1, "Source: t", "TableSourceScan()"),
        node(2, "Sink: a", "Sink()", 1),
        node(3, "Sink: b", "Sink()", 1),
    )
    assert sum("(above)" in line for line in drawn(shared, set())) == 1


def test_other_text_is_no_plan() -> None:
    with pytest.raises(ShellError, match="no execution plan"):
        operators("== Abstract Syntax Tree ==", set())
