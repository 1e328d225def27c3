"""Statements as Flink's own parser reads them: what it says of kinds and places, nothing of its own."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyflink.util.java_utils import get_field

from headrace.flinksql.statements import Statement

_LITERALS = re.compile(r"'(?:[^']|'')*'|`(?:[^`]|``)*`")

_LEAVES = {"SqlIdentifier", "SqlDataTypeSpec", "SqlTableOption"}


@dataclass(frozen=True)
class Node:
    """A part of a statement.

    Attributes:
        type: Flink's class, such as SqlSelect or SqlCase.
        kind: Calcite's kind, such as AND or OTHER_FUNCTION.
        name: the operator or function, in capitals; of an identifier, its parts with dots.
        start, end: where it stands in the statement's text, brackets around it left out.
        children: its operands; None for one that is not there.
    """

    type: str
    kind: str
    name: str
    start: int
    end: int
    children: tuple[Node | None, ...]

    def walk(self) -> Iterator[Node]:
        """It and everything below it, from left to right as the tree has it."""
        yield self
        for child in self.children:
            if child:
                yield from child.walk()


class Source:
    """A statement's text, its tree, and the way from one to the other."""

    def __init__(self, statement: Statement, tree: Any) -> None:
        self.statement = statement
        self.text = statement.text
        # Brackets and words in strings are none.
        self.code = _LITERALS.sub(lambda match: "\x00" * len(match.group()), self.text)
        self._lines = [0, *(match.end() for match in re.finditer("\n", self.text))]
        root = self._node(tree)
        if root is None:
            raise ValueError("a statement is a node")
        self.root = root

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column in the file, both from 1 on."""
        number = bisect.bisect_right(self._lines, offset) - 1
        column = offset - self._lines[number] + (self.statement.column if number == 0 else 1)
        return self.statement.line + number, column

    def of(self, node: Node) -> str:
        """The text of a node, with as many brackets around it as its inner ones need."""
        start, end = self.span_of(node)
        return self.text[start:end]

    def span_of(self, node: Node) -> tuple[int, int]:
        """Where the text of a node is."""
        return self.span(node.start, node.end)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A range widened until each bracket in it is closed in it."""
        depth = lowest = 0
        for character in self.code[start:end]:
            depth += (character == "(") - (character == ")")
            lowest = min(lowest, depth)
        for _ in range(-lowest):
            start = self.code.rindex("(", 0, start)
        for _ in range(depth - lowest):
            end = self.code.index(")", end) + 1
        return start, end

    def _node(self, java: Any) -> Node | None:
        if java is None:
            return None
        type_ = str(java.getClass().getSimpleName())
        if type_ == "SqlNodeList":
            children = tuple(self._node(child) for child in java.getList())
        elif "Literal" in type_ or type_ in _LEAVES:
            children = ()
        else:
            children = tuple(self._node(child) for child in java.getOperandList())
        if type_ == "SqlIdentifier":
            name = str(java.toString())
        elif type_ == "SqlNodeList" or type_ in _LEAVES or "Literal" in type_:
            name = ""
        else:
            name = str(java.getOperator().getName()).upper()
        place = java.getParserPosition()
        start = self._offset(place.getLineNum(), place.getColumnNum())
        # What the parser has added, such as the BOTH of TRIM(x), stands nowhere.
        end = self._offset(place.getEndLineNum(), place.getEndColumnNum()) + 1 if place.getLineNum() else start
        # A list's place, and a join's, may say less than those of what is in them.
        inner = [child for child in children if child and child.end > child.start]
        start, end = min([start, *(c.start for c in inner)]), max([end, *(c.end for c in inner)])
        return Node(type_, str(java.getKind().toString()), name, start, end, children)

    def _offset(self, line: int, column: int) -> int:
        if not line:
            return len(self.text)
        begin = self._lines[line - 1]
        end = self._lines[line] if line < len(self._lines) else len(self.text)
        # Java counts a character beyond U+FFFF as two.
        units = 0
        for offset in range(begin, end):
            if units >= column - 1:
                return offset
            units += 2 if ord(self.text[offset]) > 0xFFFF else 1
        return end


class FlinkParser:
    """Flink's parser of a session."""

    def __init__(self, session: Any) -> None:
        """Args: PyFlink's table environment, in whose words the statements are."""
        parser = session._j_tenv.getPlanner().getParser()
        self._parser = get_field(parser.getClass(), "calciteParserSupplier").get(parser).get()

    def parse(self, statement: Statement) -> Source:
        """The tree of a statement that Flink has accepted."""
        return Source(statement, self._parser.parse(statement.text))
