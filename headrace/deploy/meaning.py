"""What the nodes of a compiled plan mean, whatever ids, column numbers and neighbours they have.

Two operators may share state when they would hold the same: the same operation, over rows that mean the same. A column
means an expression over the columns of its sources; rows mean their source and the conditions that they have passed. So
a projection more or less between two operators, or a column more for another feature, changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from headrace.deploy.compiled_plan import CompiledPlan, PlanNode, content, digest, table_name

# Options of a source or sink by whose change its state no longer fits: what it reads or writes. Of other connectors all
# options count.
_STATE_OPTIONS = {
    "kafka": ("connector", "topic", "topic-pattern", "properties.bootstrap.servers", "sink.delivery-guarantee"),
    "redis": ("connector", "url", "structure", "key", "sink.delivery-guarantee"),
}
_PROJECTIONS = ("stream-exec-calc", "stream-exec-python-calc")
# What a source does that changes neither its rows nor where it stands in its topic.
_SAME_ROWS = frozenset({"ProjectPushDown", "ReadingMetadata", "WatermarkPushDown", "SourceWatermark"})
# How Flink writes a node's output, not what it keeps; a time to live may change with the state (since Flink 2.2).
_NOT_STATE = frozenset({"state", "generateUpdateBefore", "namedWindowProperties"})

Options = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Meaning:
    """What a node gives.

    Attributes:
        columns: one text for each column, equal where columns mean the same.
        rows: where the rows come from.
        conditions: what they have passed on the way.
    """

    columns: tuple[str, ...]
    rows: str
    conditions: frozenset[str] = frozenset()

    def digest(self) -> str:
        return digest([list(self.columns), self.rows, sorted(self.conditions)])


def meanings(plan: CompiledPlan, options: Options) -> dict[int, Meaning]:
    """What each node of a plan gives, by its id.

    Args:
        plan: the plan.
        options: of each catalog table by its name; plans name tables, and do not say what is in them.
    """
    found: dict[int, Meaning] = {}
    for node in plan.inputs_first:
        found[node["id"]] = _meaning(node, [found[source] for source in plan.inputs[node["id"]]], options)
    return found


def state_keys(plan: CompiledPlan, options: Options) -> dict[int, str]:
    """For each node of a plan, by its id, a text that is equal where one may go on with the state of the other."""
    given = meanings(plan, options)
    keys = {}
    for node in plan.nodes:
        inputs = [given[source] for source in plan.inputs[node["id"]]]
        keys[node["id"]] = digest([node["type"], _state(node, inputs, options)])
    return keys


def _state(node: PlanNode, inputs: list[Meaning], options: Options) -> Any:
    if "scanTableSource" in node:
        return _table(node["scanTableSource"], options)
    if "dynamicTableSink" in node:
        table = _table(node["dynamicTableSink"], options)
        return [table, _operation(node, inputs)] if node.get("requireUpsertMaterialize") else table
    if node["type"].startswith("stream-exec-lookup-join"):
        # Rows that wait for an answer; they are asked about again.
        return [list(meaning.columns) for meaning in inputs]
    return _operation(node, inputs)


def _meaning(node: PlanNode, inputs: list[Meaning], options: Options) -> Meaning:
    width = len(_fields(node))
    if "scanTableSource" in node:
        source = node["scanTableSource"]
        other = [ability for ability in source.get("abilities") or [] if ability["type"] not in _SAME_ROWS]
        rows = digest([_table(source, options), other])
        return Meaning(tuple(digest([rows, field]) for field in _fields(node)), rows)
    if node["type"].startswith(_PROJECTIONS):
        [given] = inputs
        passed = {digest(_resolved(condition, given.columns)) for condition in _conjuncts(node.get("condition"))}
        columns = tuple(_column(expression, given.columns) for expression in node["projection"])
        return Meaning(columns, given.rows, given.conditions | passed)
    if node["type"].startswith("stream-exec-exchange"):
        return inputs[0]
    operation = digest(_operation(node, inputs))
    return Meaning(tuple(digest([operation, number]) for number in range(width)), operation)


def _operation(node: PlanNode, inputs: list[Meaning]) -> Any:
    """What a node does with which rows."""
    own = {key: value for key, value in content(node).items() if key not in _NOT_STATE}
    return [node["type"], _without_aliases(own), [meaning.digest() for meaning in inputs]]


def _column(expression: dict[str, Any], columns: tuple[str, ...]) -> str:
    """A column that is only passed on means what it meant."""
    if expression.get("kind") == "INPUT_REF":
        return columns[int(expression["inputIndex"])]
    return digest(_resolved(expression, columns))


def _resolved(expression: Any, columns: tuple[str, ...]) -> Any:
    """An expression over what columns mean, instead of their numbers."""
    if isinstance(expression, dict):
        if expression.get("kind") == "INPUT_REF":
            return columns[expression["inputIndex"]]
        return {key: _resolved(value, columns) for key, value in expression.items()}
    if isinstance(expression, list):
        return [_resolved(value, columns) for value in expression]
    return expression


def _conjuncts(condition: Any) -> list[Any]:
    if not condition:
        return []
    if condition.get("internalName") == "$AND$1":
        return [inner for operand in condition["operands"] for inner in _conjuncts(operand)]
    return [condition]


def _without_aliases(value: Any) -> Any:
    """Names of aggregates and columns are how a query calls them, not what they are."""
    if isinstance(value, dict):
        inner = {key: _without_aliases(child) for key, child in value.items()}
        if "argList" in inner:
            inner.pop("name", None)
        if isinstance(inner.get("fields"), list) and inner.get("type") == "ROW":
            inner["fields"] = [field.get("fieldType") for field in inner["fields"] if isinstance(field, dict)]
        return inner
    return [_without_aliases(child) for child in value] if isinstance(value, list) else value


def _table(source_or_sink: Any, options: Options) -> Any:
    name = table_name(source_or_sink)
    given = options.get(name, {})
    wanted = _STATE_OPTIONS.get(given.get("connector", ""), tuple(given))
    return [name, {option: given[option] for option in wanted if option in given}]


def _fields(node: PlanNode) -> list[str]:
    """A node's output columns, each as its name and type; Flink writes a row's type as text or as JSON."""
    output = node["outputType"]
    if isinstance(output, str):
        return split_row_type(output)
    return [f"`{field['name']}` {field['fieldType']}" for field in output["fields"]]


def split_row_type(text: str) -> list[str]:
    """The fields of `ROW<`a` INT, `b` ROW<…>>`, each as it is written."""
    inner = text[text.index("<") + 1 : text.rindex(">")]
    fields, depth, quoted, start = [], 0, False, 0
    for position, character in enumerate(inner):
        if character in "`'":
            quoted = not quoted
        elif not quoted and character in "<(":
            depth += 1
        elif not quoted and character in ">)":
            depth -= 1
        elif not quoted and not depth and character == ",":
            fields.append(inner[start:position].strip())
            start = position + 1
    return [*fields, inner[start:].strip()] if inner.strip() else []
