"""What there is to reach in an expression.

A flag is an SQL expression, an integer, whose value says which way a row went; NULL if the row did not come there. Each
value that it may have is a point.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from headrace.testing.coverage.syntax import Node, Source

AGGREGATES = frozenset(
    {
        *("COUNT", "SUM", "SUM0", "AVG", "MIN", "MAX"),
        *("STDDEV_POP", "STDDEV_SAMP", "STDDEV", "VAR_POP", "VAR_SAMP", "VARIANCE"),
        *("FIRST_VALUE", "LAST_VALUE", "LISTAGG", "COLLECT"),
        *("ARRAY_AGG", "JSON_OBJECTAGG", "JSON_ARRAYAGG", "PERCENTILE", "APPROX_COUNT_DISTINCT"),
    }
)
QUERIES = frozenset({"SqlSelect", "SqlOrderBy", "SqlWith"})
_SHOWN = 60


@dataclass(frozen=True)
class Outcome:
    """One of the ways that a row may go: the flag's value, from where to where it is written, what no row did."""

    value: int
    span: tuple[int, int]
    unreached: str


@dataclass(frozen=True)
class Flag:
    """An SQL expression and the outcomes that it may have."""

    sql: str
    outcomes: tuple[Outcome, ...]


def flags_of_value(source: Source, node: Node | None, guard: str = "") -> Iterator[Flag]:
    """The flags of an expression whose value counts.

    Args:
        source: the statement.
        node: the expression.
        guard: an SQL condition, true for the rows that come to the expression; empty for all.
    """
    if node is None or node.type in QUERIES:
        return
    if node.type == "SqlCase":
        yield from _case(source, node, guard)
    elif node.name in {"COALESCE", "IFNULL"} and len(node.children) > 1:
        yield from _fallbacks(source, node, guard)
    elif node.name == "IF" and len(node.children) == 3:
        yield from _if(source, node, guard)
    elif node.name == "NULLIF":
        left, right = (source.of(child) for child in node.children if child)
        yield _flag(guard, f"CASE WHEN ({left}) = ({right}) THEN 1 ELSE 0 END", _both(source, node))
        yield from _below(source, node, guard)
    elif node.kind == "FILTER" and node.children[1]:
        yield from flags_of_value(source, node.children[0], guard)
        yield from flags_of_condition(source, node.children[1], guard)
    elif node.kind in {"AND", "OR", "NOT"}:
        yield from flags_of_condition(source, node, guard)
    else:
        yield from _below(source, node, guard)


def flags_of_condition(source: Source, node: Node, guard: str = "") -> Iterator[Flag]:
    """The flags of a condition: each of its parts, between AND, OR and NOT, true and not true."""
    for part in parts_of(node):
        yield _flag(guard, f"CASE WHEN {source.of(part)} THEN 1 ELSE 0 END", _both(source, part))
        yield from _below(source, part, guard)


def parts_of(node: Node) -> Iterator[Node]:
    """What AND, OR and NOT join."""
    if node.kind in {"AND", "OR", "NOT"}:
        for child in node.children:
            if child:
                yield from parts_of(child)
    else:
        yield node


def has_aggregate(node: Node | None) -> bool:
    """Whether an expression aggregates rows of a group, OVER not counted."""
    if node is None or node.type in QUERIES or node.kind == "OVER":
        return False
    return node.name in AGGREGATES or any(has_aggregate(child) for child in node.children)


def shown(source: Source, node: Node) -> str:
    """An expression's text on one line, cut when it is long."""
    text = " ".join(source.of(node).split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 2]} …"


def guarded(guard: str, condition: str) -> str:
    """Both conditions."""
    return f"{guard} AND ({condition})" if guard else f"({condition})"


def _case(source: Source, node: Node, guard: str) -> Iterator[Flag]:
    _, whens, thens, otherwise = node.children
    conditions = [child for child in (whens.children if whens else ()) if child]
    value = None
    if conditions[0].start == node.start:
        # Flink's parser makes `CASE x WHEN y` into `CASE WHEN x = y`, each condition standing where the CASE stands.
        value = conditions[0].children[0]
        conditions = [condition.children[1] for condition in conditions if condition.children[1]]
    results = [child for child in (thens.children if thens else ()) if child]
    subject = source.of(value) if value else ""
    branches = [f"WHEN {source.of(condition)} THEN {n}" for n, condition in enumerate(conditions, start=1)]
    chosen = f"CASE {subject} {' '.join(branches)} ELSE 0 END"
    outcomes = [
        Outcome(n, source.span_of(condition), f"WHEN {shown(source, condition)}: never taken")
        for n, condition in enumerate(conditions, start=1)
    ]
    written = otherwise is not None and otherwise.start > results[-1].start
    end = source.code.upper().rindex("END", node.start, node.end)
    at = source.span_of(otherwise) if otherwise and written else (end, end + len("END"))
    what = f"ELSE {shown(source, otherwise)}" if otherwise and written else "END: no ELSE, and a row without a branch"
    yield _flag(guard, chosen, (*outcomes, Outcome(0, at, f"{what}: never {'taken' if written else 'came'}")))
    for number, (condition, result) in enumerate(zip(conditions, results, strict=True), start=1):
        before = f"CASE {subject} {' '.join(branches[: number - 1])} ELSE 0 END = 0" if number > 1 else ""
        come = guarded(guard, before) if before else guard
        # Of a condition of one part, the branches say it all.
        inner = flags_of_condition if not value and len(list(parts_of(condition))) > 1 else _below
        yield from inner(source, condition, come)
        yield from flags_of_value(source, result, guarded(guard, f"{chosen} = {number}"))
    if written:
        yield from flags_of_value(source, otherwise, guarded(guard, f"{chosen} = 0"))


def _fallbacks(source: Source, node: Node, guard: str) -> Iterator[Flag]:
    values = [child for child in node.children if child]
    texts = [source.of(value) for value in values]
    branches = [f"WHEN ({text}) IS NOT NULL THEN {n}" for n, text in enumerate(texts[:-1], start=1)]
    outcomes = tuple(
        Outcome(n, source.span_of(value), f"{node.name}: {shown(source, value)}: never used")
        for n, value in enumerate(values, start=1)
    )
    yield _flag(guard, f"CASE {' '.join(branches)} ELSE {len(values)} END", outcomes)
    for number, value in enumerate(values):
        before = " AND ".join(f"({text}) IS NULL" for text in texts[:number])
        yield from flags_of_value(source, value, guarded(guard, before) if before else guard)


def _if(source: Source, node: Node, guard: str) -> Iterator[Flag]:
    condition, yes, no = node.children
    if not (condition and yes and no):
        return
    chosen = f"CASE WHEN {source.of(condition)} THEN 1 ELSE 0 END"
    outcomes = (
        Outcome(1, source.span_of(yes), f"IF: {shown(source, yes)}: never taken"),
        Outcome(0, source.span_of(no), f"IF: {shown(source, no)}: never taken"),
    )
    yield _flag(guard, chosen, outcomes)
    yield from (flags_of_condition if len(list(parts_of(condition))) > 1 else _below)(source, condition, guard)
    yield from flags_of_value(source, yes, guarded(guard, f"{chosen} = 1"))
    yield from flags_of_value(source, no, guarded(guard, f"{chosen} = 0"))


def _below(source: Source, node: Node, guard: str) -> Iterator[Flag]:
    for child in node.children:
        yield from flags_of_value(source, child, guard)


def _both(source: Source, node: Node) -> tuple[Outcome, ...]:
    text, span = shown(source, node), source.span_of(node)
    return (Outcome(1, span, f"{text}: never true"), Outcome(0, span, f"{text}: always true"))


def _flag(guard: str, sql: str, outcomes: tuple[Outcome, ...]) -> Flag:
    return Flag(f"CASE WHEN {guard} THEN {sql} END" if guard else sql, outcomes)
