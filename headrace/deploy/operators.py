"""Which of a plan's operators keep state, in words of SQL."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from headrace.deploy.compiled_plan import CompiledPlan, PlanNode, last_name, table_name

# What these do with a row depends on that row alone; local aggregates hand over what they have before each checkpoint.
_STATELESS = (
    *("calc", "python-calc", "correlate", "python-correlate", "exchange", "expand", "union", "values", "limit"),
    *("local-window-aggregate", "local-group-aggregate", "drop-update-before", "watermark-assigner", "match-row-time"),
)
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
    keys = _names(node, range(len(node["grouping"])))
    return f"{name} window{length}{_per(keys)}"


def _over(plan: CompiledPlan, node: PlanNode) -> str:
    specification = node["overSpec"]
    keys = _names(node, specification["partition"]["fields"])
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
    keys = _names(node, range(len(node["grouping"])))
    return f"GROUP BY {', '.join(keys)}" if keys else "aggregate over all rows"


def _deduplicate(plan: CompiledPlan, node: PlanNode) -> str:
    which = "last" if node.get("keepLastRow") else "first"
    return f"{which} row{_per(_names(node, node['uniqueKeys']))}"


def _rank(plan: CompiledPlan, node: PlanNode) -> str:
    keys = _names(node, node.get("partitionSpec", {}).get("fields", []))
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


def _names(node: PlanNode, numbers: Any) -> list[str]:
    output = node["outputType"]
    names = (
        re.findall(r"(?:<|, )`((?:[^`]|``)*)` ", output)
        if isinstance(output, str)
        else [field["name"] for field in output["fields"]]
    )
    return [names[number] for number in numbers if number < len(names)]


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
