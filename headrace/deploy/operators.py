"""Which of a plan's operators keep state, in words of SQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from headrace.deploy.compiled_plan import CompiledPlan, PlanNode, last_name, table_name

# What these do with a row depends on that row alone; local aggregates hand over what they have before each checkpoint.
_STATELESS = (
    *("calc", "python-calc", "correlate", "python-correlate", "exchange", "expand", "union", "values", "limit"),
    *("local-window-aggregate", "local-group-aggregate", "drop-update-before", "watermark-assigner", "match-row-time"),
)
_MADE_UP = re.compile(r"\$\w+")
_WINDOWS = {
    "TumblingWindow": ("TUMBLE", "size"),
    "HoppingWindow": ("HOP", "size"),
    "CumulativeWindow": ("CUMULATE", "maxSize"),
    "SessionWindow": ("SESSION", "gap"),
}


def kind(node: PlanNode) -> str:
    """`stream-exec-global-window-aggregate_1` is global-window-aggregate."""
    return re.sub(r"^stream-exec-|_\d+$", "", node["type"])


def has_state(node: PlanNode) -> bool:
    """Whether an operator keeps something that matters from one row to the next."""
    if "dynamicTableSink" in node:
        # A sink has written all that it got before a checkpoint completes, unless it has to sort out changes first.
        return bool(node.get("requireUpsertMaterialize"))
    if kind(node) == "lookup-join":
        # Only an asynchronous one: rows that wait for an answer.
        return bool(node.get("asyncOptions"))
    return kind(node) not in _STATELESS


def in_words(plan: CompiledPlan, node: PlanNode) -> str:
    """What an operator keeps, as one who wrote the query would say it."""
    return _WORDS.get(kind(node), _other)(plan, node)


def _source(_: CompiledPlan, node: PlanNode) -> str:
    return f"place in {table_name(node['scanTableSource'])}"


def _window(plan: CompiledPlan, node: PlanNode) -> str:
    window = node["windowing"]["window"]
    name, size = _WINDOWS.get(window["type"], (window["type"], ""))
    length = f" of {duration(window[size])}" if size in window else ""
    keys = _names(plan, node, range(len(node["grouping"])))
    return f"{name} window{length}{_per(keys)}"


def _over(plan: CompiledPlan, node: PlanNode) -> str:
    specification = node["overSpec"]
    keys = _names(plan, node, specification["partition"]["fields"])
    return f"OVER window{_bound(specification)}{_per(keys)}"


def _bound(specification: Any) -> str:
    """How far an OVER window reaches back, where it is a time: ` of the last 5 min`."""
    bound = specification["groups"][0].get("lowerBound", {})
    number = bound.get("offset", {}).get("inputIndex", -1) - specification.get("originalInputFields", 0)
    constants = specification.get("constants", [])
    if bound.get("kind") != "BOUNDED_WINDOW" or not 0 <= number < len(constants):
        return ""
    value, kind = str(constants[number]["value"]), str(constants[number]["type"])
    return f" of the last {milliseconds(int(value)) if 'INTERVAL' in kind else f'{value} rows'}"


def _group(plan: CompiledPlan, node: PlanNode) -> str:
    keys = _names(plan, node, range(len(node["grouping"])))
    return f"GROUP BY {', '.join(keys)}" if keys else "aggregate over all rows"


def _deduplicate(plan: CompiledPlan, node: PlanNode) -> str:
    which = "last" if node.get("keepLastRow") else "first"
    return f"{which} row{_per(_names(plan, node, node['uniqueKeys']))}"


def _rank(plan: CompiledPlan, node: PlanNode) -> str:
    keys = _names(plan, node, node.get("partitionSpec", {}).get("fields", []))
    return f"top rows{_per(keys)}"


def _lookup(_: CompiledPlan, node: PlanNode) -> str:
    table = node["temporalTable"].get("lookupTableSource", {}).get("table", {}).get("identifier", "a table")
    return f"rows that wait for {last_name(table)}"


def _sink(_: CompiledPlan, node: PlanNode) -> str:
    return f"last rows of {table_name(node['dynamicTableSink'])}"


def _other(_: CompiledPlan, node: PlanNode) -> str:
    return kind(node).replace("-", " ")


_WORDS: dict[str, Callable[[CompiledPlan, PlanNode], str]] = {
    "table-source-scan": _source,
    "sink": _sink,
    "window-aggregate": _window,
    "global-window-aggregate": _window,
    "over-aggregate": _over,
    "group-aggregate": _group,
    "global-group-aggregate": _group,
    "deduplicate": _deduplicate,
    "rank": _rank,
    "lookup-join": _lookup,
}


def _per(keys: list[str]) -> str:
    return f" per {', '.join(keys)}" if keys else ""


def _names(plan: CompiledPlan, node: PlanNode, numbers: Iterable[int]) -> list[str]:
    """Columns of a node's output by their numbers, as its query calls them."""
    names = _columns(node)
    return [_told(plan, node, names[number]) for number in numbers if number < len(names)]


def _told(plan: CompiledPlan, node: PlanNode, name: str) -> str:
    """A column's name. One that Flink has made up (`$18`) stands for an expression: the columns that it is made of."""
    if not _MADE_UP.fullmatch(name):
        return name
    made_of = _made_of(plan, node, name)
    return f"expression of {', '.join(dict.fromkeys(made_of))}" if made_of else name


def _made_of(plan: CompiledPlan, node: PlanNode, name: str) -> list[str]:
    """The named columns of which one with a made-up name is computed, before the node or in it."""
    names = _columns(node)
    if "projection" not in node or name not in names:
        return [found for source in _inputs(plan, node) for found in _made_of(plan, source, name)]
    [source] = _inputs(plan, node)
    found: list[str] = []
    for number in sorted(_references(node["projection"][names.index(name)])):
        column = _columns(source)[number]
        found += _made_of(plan, source, column) if _MADE_UP.fullmatch(column) else [column]
    return found


def _references(expression: Any) -> set[int]:
    """The numbers of the input's columns that an expression reads."""
    if isinstance(expression, list):
        return {number for each in expression for number in _references(each)}
    if not isinstance(expression, dict):
        return set()
    if expression.get("kind") == "INPUT_REF":
        return {int(expression["inputIndex"])}
    return _references(list(expression.values()))


def _inputs(plan: CompiledPlan, node: PlanNode) -> list[PlanNode]:
    sources = plan.inputs[node["id"]]
    return [other for other in plan.nodes if other["id"] in sources]


def _columns(node: PlanNode) -> list[str]:
    output = node["outputType"]
    if isinstance(output, str):
        return re.findall(r"(?:<|, )`((?:[^`]|``)*)` ", output)
    return [field["name"] for field in output["fields"]]


def duration(iso: str) -> str:
    """`PT1M30S` is 1 min 30 s; https://en.wikipedia.org/wiki/ISO_8601#Durations, as Java writes them."""
    units = {"H": "h", "M": "min", "S": "s"}
    parts = re.findall(r"(-?[\d.]+)([HMS])", iso)
    return " ".join(f"{number} {units[unit]}" for number, unit in parts) or iso


def milliseconds(count: int) -> str:
    """`300000` is 5 min."""
    parts = []
    for unit, length in (("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1_000), ("ms", 1)):
        number, count = divmod(count, length)
        if number:
            parts.append(f"{number} {unit}")
    return " ".join(parts) or "0 ms"
