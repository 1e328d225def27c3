"""A query's plan as a tree that marks where models run and where state is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from rich.console import Group
from rich.text import Text
from rich.tree import Tree

from headrace.errors import ShellError

PLAN = "== Physical Execution Plan =="
MAX_CHARACTERS = 160
# What the planner's stateful operators keep, and for how long.
_WINDOW = "until the window has ended"
_INTERVAL = "as long as the interval says"
_TTL = "for ever"
STATE = {
    "WindowAggregate": ("the aggregates of open windows", _WINDOW),
    "GlobalWindowAggregate": ("the aggregates of open windows", _WINDOW),
    "GroupWindowAggregate": ("the aggregates of open windows", _WINDOW),
    "WindowJoin": ("the rows of open windows", _WINDOW),
    "WindowRank": ("the first rows of open windows", _WINDOW),
    "WindowDeduplicate": ("a row a key of open windows", _WINDOW),
    "WindowTableFunction": ("the rows of open sessions", _WINDOW),
    "OverAggregate": ("the rows of its range", _INTERVAL),
    "IntervalJoin": ("the rows of both sides", _INTERVAL),
    "TemporalJoin": ("the versions of the right side", _TTL),
    "TemporalSort": ("rows until the watermark passes", "until the watermark passes"),
    "Match": ("partial matches", "until they match, or WITHIN"),
    "GroupAggregate": ("an aggregate a key", _TTL),
    "GlobalGroupAggregate": ("an aggregate a key", _TTL),
    "GroupTableAggregate": ("an aggregate a key", _TTL),
    "Join": ("all rows of both sides", _TTL),
    "MultiJoin": ("all rows of all sides", _TTL),
    "Rank": ("the first rows of each key", _TTL),
    "SortLimit": ("the first rows", _TTL),
    "Deduplicate": ("a row a key", _TTL),
    "ChangelogNormalize": ("the last row of each key", _TTL),
    "SinkMaterializer": ("the rows of each primary key", _TTL),
    "Limit": ("a counter", "for ever; it does not grow"),
}


@dataclass(frozen=True)
class Operator:
    """An operator of a plan.

    Attributes:
        name: the planner's own.
        contents: what it computes.
        models: the Python functions that it calls.
        state: what it keeps and for how long; None where it keeps nothing.
        inputs: ids of the operators before it.
    """

    id: int
    name: str
    contents: str
    parallelism: int
    models: tuple[str, ...]
    state: tuple[str, str] | None
    inputs: tuple[int, ...]


def operators(explained: str, functions: Collection[str], ttl: str = "") -> list[Operator]:
    """The operators of a plan.

    Args:
        explained: what EXPLAIN JSON_EXECUTION_PLAN gives.
        functions: names of the functions that users have created.
        ttl: the session's table.exec.state.ttl, if it is set.

    Raises:
        ShellError: there is no such plan in it.
    """
    found = explained.partition(PLAN)[2]
    if not found:
        raise ShellError("EXPLAIN: Flink gave no execution plan. Try EXPLAIN ESTIMATED_COST …")
    return [_operator(node, functions, ttl) for node in json.loads(found)["nodes"]]


def tree(found: list[Operator]) -> Group:
    """The operators from the results down to the sources; what several read stands once and is then referred to."""
    by_id = {operator.id: operator for operator in found}
    read = {before for operator in found for before in operator.inputs}
    shown: set[int] = set()

    def add(branch: Tree, operator: Operator) -> None:
        if operator.id in shown:
            branch.add(Text(f"{operator.name} #{operator.id} (above)", style="dim"))
            return
        shown.add(operator.id)
        below = branch.add(_label(operator))
        for before in operator.inputs:
            add(below, by_id[before])

    root = Tree("result", guide_style="dim")
    for operator in found:
        if operator.id not in read:
            add(root, operator)
    return Group(root, _summary(found))


def _label(operator: Operator) -> Text:
    label = Text(operator.name, style="bold")
    if operator.models:
        label.append(f"  ◆ model: {', '.join(operator.models)}", style="magenta")
    if operator.state:
        what, how_long = operator.state
        label.append(f"  ■ state: {what}, {how_long}", style="red" if how_long == _TTL else "yellow")
    if operator.parallelism > 1:
        label.append(f"  ×{operator.parallelism}", style="dim")
    contents = operator.contents
    if contents:
        label.append(f"\n{contents[:MAX_CHARACTERS]}{'…' if len(contents) > MAX_CHARACTERS else ''}", style="dim")
    return label


def _summary(found: list[Operator]) -> Text:
    models = [model for operator in found for model in operator.models]
    states = [operator.name for operator in found if operator.state and operator.name != "Limit"]
    growing = [operator.name for operator in found if operator.state and operator.state[1] == _TTL]
    text = Text(f"model calls a row: {len(models)}" + (f" ({', '.join(models)})" if models else ""))
    text.append(f"; operators with state: {len(states)}")
    if growing:
        text.append(f"; grows for ever, unless table.exec.state.ttl is set: {', '.join(growing)}", style="red")
    return text


def _operator(node: dict[str, Any], functions: Collection[str], ttl: str) -> Operator:
    contents = re.sub(r"^\[\d*\]:", "", str(node["contents"]))
    name = re.sub(r"\[\d*\]$", "", str(node["type"])).removeprefix("Source: ")
    kind = re.sub(r"\W.*$", "", contents) or name
    inside = contents[contents.find("(") + 1 : -1] if contents.endswith(")") and "(" in contents else ""
    state = STATE.get(kind)
    if state and state[1] == _TTL and ttl:
        state = state[0], f"for {ttl} (table.exec.state.ttl)"
    models = ()
    if kind.startswith("Python"):
        called = "|".join(map(re.escape, sorted(functions, key=len, reverse=True)))
        models = tuple(re.findall(rf"(?<![\w`])({called})(?=\()", contents)) if called else ()
    return Operator(
        id=int(node["id"]),
        name=name,
        contents=inside,
        parallelism=int(node["parallelism"]),
        models=models,
        state=state,
        inputs=tuple(int(before["id"]) for before in node.get("predecessors", ())),
    )
