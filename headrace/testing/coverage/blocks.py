"""What there is to reach in a SELECT, and the clauses that a query about it is cut from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from headrace.testing.coverage.expressions import (
    AGGREGATES,
    QUERIES,
    Flag,
    Outcome,
    flags_of_condition,
    flags_of_value,
    has_aggregate,
    parts_of,
)
from headrace.testing.coverage.syntax import Node, Source

WINDOWS = {"TUMBLE", "HOP", "CUMULATE", "SESSION"}


@dataclass(frozen=True)
class Query:
    """Flags and the text behind them from FROM on: one question.

    Attributes:
        rest: SQL from FROM on.
        flags: what is computed of each row.
        prefix: WITH and its queries, if the SELECT is in their reach.
        closes: of a query over windows, whose only flag is the window's end in seconds: what no case saw.
    """

    rest: str
    flags: tuple[Flag, ...]
    prefix: str = ""
    closes: Outcome | None = None


def queries_of(source: Source) -> Iterator[Query]:
    """The questions about each SELECT of a statement."""
    yield from _below(source, source.root, "")


def _below(source: Source, node: Node, prefix: str) -> Iterator[Query]:
    if node.type == "SqlWith":
        items = node.children[0].children if node.children[0] else ()
        prefix = "WITH " + ", ".join(source.of(item) for item in items if item) + " "
    if node.type == "SqlSelect" and node.children[2]:
        yield from _Select(source, node, prefix).queries()
    for child in node.children:
        if child:
            yield from _below(source, child, prefix)


class _Select:
    def __init__(self, source: Source, node: Node, prefix: str) -> None:
        self.source, self.node, self.prefix = source, node, prefix
        _, items, from_, self.where, group, self.having, windows, *_ = node.children
        if from_ is None:
            raise ValueError("a SELECT without FROM has nothing to reach")
        self.items = [child for child in (items.children if items else ()) if child]
        self.from_ = from_
        self.group = [child for child in (group.children if group else ()) if child]
        self.windows = [child for child in (windows.children if windows else ()) if child]
        self.window_function = next((each for each in _in_from(from_) if each.name in WINDOWS), None)

    def queries(self) -> Iterator[Query]:
        yield from self._filter()
        yield from self._kept()
        yield from self._groups()
        yield from self._joins()
        yield from self._closed()

    def _filter(self) -> Iterator[Query]:
        if self.where is None:
            start = self.node.start
            at = Outcome(1, (start, start + len("SELECT")), "SELECT: never gives a row")
            yield self._query([Flag("1", (at,))], self._from_text("1"))
            return
        flags = list(flags_of_condition(self.source, self.where))
        if len(list(parts_of(self.where))) > 1:
            span = self.source.span_of(self.where)
            outcomes = (
                Outcome(1, span, "WHERE: never lets a row pass"),
                Outcome(0, span, "WHERE: never leaves a row out"),
            )
            flags.insert(0, Flag(f"CASE WHEN {self.source.of(self.where)} THEN 1 ELSE 0 END", outcomes))
        yield self._query(flags, self._from_text(self.source.of(self.where)))

    def _kept(self) -> Iterator[Query]:
        """Of the rows that pass: what is computed of each of them."""
        grouped = self._is_grouped()
        parts = [part for item in self.items for part in (_inside_aggregates(item) if grouped else [item])]
        flags = [flag for part in [*parts, *self.group] for flag in flags_of_value(self.source, part)]
        if flags:
            text = " ".join(flag.sql for flag in flags)
            windows = [self.source.of(window) for window in self.windows]
            yield self._query(
                flags,
                self._from_text(text + self._where_text())
                + self._where_text()
                + (f" WINDOW {', '.join(windows)}" if windows and "OVER" in text.upper() else ""),
            )

    def _groups(self) -> Iterator[Query]:
        """Of the groups: what is computed of each of them."""
        if not self._is_grouped():
            return
        if self.having:
            yield self._query(list(flags_of_condition(self.source, self.having)), self._group_text())
        items = [_outside_aggregates(item) for item in self.items if has_aggregate(item)]
        flags = [flag for item in items for flag in flags_of_value(self.source, item)]
        if flags:
            having = f" HAVING {self.source.of(self.having)}" if self.having else ""
            yield self._query(flags, self._group_text() + having)

    def _closed(self) -> Iterator[Query]:
        ends = [each for each in self.group if each.name.split(".")[-1].lower() == "window_end"]
        if ends and self.window_function:
            span = self.source.span_of(self.window_function)
            outcome = Outcome(1, span, "window: never closes before the input ends")
            text = self.source.of(ends[0])
            yield Query(self._group_text(), (Flag(seconds(text), ()),), self.prefix, outcome)

    def _joins(self) -> Iterator[Query]:
        for join in _in_from(self.from_):
            if join.type == "SqlJoin":
                yield from self._join(join)

    def _join(self, join: Node) -> Iterator[Query]:
        left, _, _, right, _, condition = join.children
        if not (left and right and condition):
            return
        words = self.source.code[self.source.span(left.start, left.end)[1] : right.start].upper().split()
        right_name = right.children[-1].name if right.kind == "AS" and right.children[-1] else right.name.split(".")[-1]
        parts = list(_conjuncts(condition))
        keys = [part for part in parts if part.kind == "EQUALS"]
        columns = [
            each.name for part in keys for each in part.children if each and each.name.startswith(f"{right_name}.")
        ]
        if not columns or {"RIGHT", "FULL"} & set(words):
            return
        tables = f"FROM {self._operand(left)} LEFT JOIN {self._operand(right)} ON "
        what = f"JOIN {right_name}"
        span = self.source.span_of(right)
        outcomes = [Outcome(1, span, f"{what}: never matches")]
        outcomes.append(Outcome(0, span, f"{what}: no row is ever without a match"))
        found = f"CASE WHEN {columns[0]} IS NULL THEN 0 ELSE 1 END"
        yield self._query([Flag(found, tuple(outcomes))], tables + self.source.of(condition))
        others = [part for part in parts if part not in keys]
        flags = [flag for part in others for flag in flags_of_condition(self.source, part, f"{columns[0]} IS NOT NULL")]
        if flags:
            yield self._query(flags, tables + " AND ".join(self.source.of(key) for key in keys))

    def _operand(self, node: Node) -> str:
        text = self.source.of(node)
        return f"({text})" if node.type in QUERIES else text

    def _from_text(self, used: str) -> str:
        """FROM; without the window function where no window is asked for, which Flink plans in more cases."""
        function = self.window_function
        table = next((each for each in function.walk() if each.kind == "EXPLICIT_TABLE"), None) if function else None
        if table and table.children[0] and "window_" not in used.lower() and self.from_.type != "SqlJoin":
            alias = self.from_.children[-1] if self.from_.kind == "AS" else None
            return f"FROM {self.source.of(table.children[0])}" + (f" AS {self.source.of(alias)}" if alias else "")
        return f"FROM {self._operand(self.from_)}"

    def _where_text(self) -> str:
        return f" WHERE {self.source.of(self.where)}" if self.where else ""

    def _group_text(self) -> str:
        groups = ", ".join(self.source.of(each) for each in self.group)
        by = f" GROUP BY {groups}" if groups else ""
        return f"FROM {self._operand(self.from_)}{self._where_text()}{by}"

    def _is_grouped(self) -> bool:
        return bool(self.group) or any(has_aggregate(item) for item in self.items)

    def _query(self, flags: list[Flag], rest: str) -> Query:
        return Query(rest, tuple(flags), self.prefix)


def seconds(time: str) -> str:
    """SQL for a time as seconds since 1970."""
    return f"TIMESTAMPDIFF(SECOND, TIMESTAMP '1970-01-01 00:00:00', CAST({time} AS TIMESTAMP(3)))"


def _inside_aggregates(node: Node) -> Iterator[Node]:
    """What is computed of each row, before the rows of a group become one."""
    if node.kind == "FILTER" or not has_aggregate(node):
        yield node
    elif node.name in AGGREGATES:
        yield from (child for child in node.children if child)
    else:
        yield from (part for child in node.children if child for part in _inside_aggregates(child))


def _outside_aggregates(node: Node) -> Node:
    """The same node with nothing below its aggregates."""
    if node.kind == "FILTER" or node.name in AGGREGATES:
        return replace(node, children=())
    return replace(node, children=tuple(child and _outside_aggregates(child) for child in node.children))


def _conjuncts(node: Node) -> Iterator[Node]:
    if node.kind == "AND":
        for child in node.children:
            if child:
                yield from _conjuncts(child)
    else:
        yield node


def _in_from(node: Node) -> Iterator[Node]:
    """A node of FROM and those below it that belong to no subquery."""
    yield node
    if node.type not in QUERIES:
        for child in node.children:
            if child:
                yield from _in_from(child)
