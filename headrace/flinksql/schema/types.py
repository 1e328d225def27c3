"""Flink's data types: read from text, compared, written back as Flink writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

# Other names of a type, and Flink's own.
_SYNONYMS = {
    "VARCHAR": "VARCHAR",
    "STRING": "STRING",
    "CHARACTER": "CHAR",
    "DEC": "DECIMAL",
    "NUMERIC": "DECIMAL",
    "INTEGER": "INT",
    "DOUBLE PRECISION": "DOUBLE",
    "TIMESTAMP WITHOUT TIME ZONE": "TIMESTAMP",
    "TIMESTAMP WITH LOCAL TIME ZONE": "TIMESTAMP_LTZ",
    "TIME WITHOUT TIME ZONE": "TIME",
}
_DEFAULT_PARAMETERS = {"TIMESTAMP": (6,), "TIMESTAMP_LTZ": (6,), "DECIMAL": (10, 0), "CHAR": (1,), "TIME": (0,)}
_TOKEN = re.compile(r"\s*(?:(`(?:[^`]|``)*`)|('(?:[^']|'')*')|([A-Za-z_][\w$]*)|(\d+)|(.))", re.DOTALL)

STRINGS = frozenset({"STRING", "VARCHAR", "CHAR"})
INTEGERS = ("TINYINT", "SMALLINT", "INT", "BIGINT")
NUMBERS = (*INTEGERS, "DECIMAL", "FLOAT", "DOUBLE")
TIMES = frozenset({"TIMESTAMP", "TIMESTAMP_LTZ"})


@dataclass(frozen=True)
class FlinkType:
    """A data type.

    Attributes:
        root: `STRING`, `TIMESTAMP_LTZ`, `ROW` …
        parameters: length, or precision and scale.
        elements: types of the elements of ARRAY, MULTISET and MAP (key, value).
        fields: names and types of a ROW's fields.
        nullable: whether a value may be NULL.
        time: `rowtime` for a column with a watermark, `proctime` for PROCTIME(), else empty.
    """

    root: str
    parameters: tuple[int, ...] = ()
    elements: tuple[FlinkType, ...] = ()
    fields: tuple[tuple[str, FlinkType], ...] = ()
    nullable: bool = True
    time: str = ""

    def __str__(self) -> str:
        """The type as Flink writes it: `TIMESTAMP_LTZ(3)`, `ROW<label STRING, score DOUBLE>`."""
        text = self.root
        if self.fields:
            text += f"<{', '.join(f'{_quoted(name)} {kind}' for name, kind in self.fields)}>"
        elif self.elements:
            text += f"<{', '.join(map(str, self.elements))}>"
        elif self.parameters:
            text += f"({', '.join(map(str, self.parameters))})"
        return text if self.nullable else f"{text} NOT NULL"

    def field(self, name: str) -> FlinkType | None:
        """The type of a ROW's field, None if it has none of that name."""
        return next((kind for field, kind in self.fields if field == name), None)

    def as_time(self, time: str) -> FlinkType:
        """The same type as a time attribute."""
        return replace(self, time=time)

    @property
    def plain(self) -> FlinkType:
        """The same type of a value that may be NULL and is no time attribute."""
        return replace(self, nullable=True, time="")


def read_type(text: str) -> FlinkType | None:
    """A type from its text, None for one that we do not know.

    >>> str(read_type("row<a int not null, `b` map<string, timestamp(3) with local time zone>>"))
    'ROW<a INT NOT NULL, b MAP<STRING, TIMESTAMP_LTZ(3)>>'
    """
    tokens = [match.group().strip() for match in _TOKEN.finditer(text) if match.group().strip()]
    reader = _Reader(tokens)
    try:
        return reader.read()
    except (IndexError, ValueError):
        return None


class _Reader:
    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.place = 0

    def peek(self, ahead: int = 0) -> str:
        place = self.place + ahead
        return self.tokens[place].upper() if place < len(self.tokens) else ""

    def next(self) -> str:
        self.place += 1
        return self.tokens[self.place - 1]

    def accept(self, *words: str) -> bool:
        if all(self.peek(number) == word for number, word in enumerate(words)):
            self.place += len(words)
            return True
        return False

    def read(self) -> FlinkType:
        root = self.next().upper()
        if root in {"CHAR", "CHARACTER", "BINARY"} and self.accept("VARYING"):
            root = "VARBINARY" if root == "BINARY" else "VARCHAR"
        if root == "DOUBLE":
            self.accept("PRECISION")
        if root == "INTERVAL":
            return self._interval()
        parameters = self._parameters()
        if self.accept("WITH", "LOCAL", "TIME", "ZONE"):
            root += " WITH LOCAL TIME ZONE"
        self.accept("WITHOUT", "TIME", "ZONE")
        root = _SYNONYMS.get(root, root)
        elements: tuple[FlinkType, ...] = ()
        fields: tuple[tuple[str, FlinkType], ...] = ()
        if root == "ROW":
            fields = tuple(self._fields())
        elif root in {"ARRAY", "MAP", "MULTISET"} and self.accept("<"):
            elements = tuple(self._elements())
        elif root == "RAW" and self.accept("("):
            while not self.accept(")"):
                self.next()
        if root in {"VARCHAR", "VARBINARY"} and parameters == (2147483647,):
            root, parameters = ("STRING" if root == "VARCHAR" else "BYTES"), ()
        parameters = parameters or _DEFAULT_PARAMETERS.get(root, ())
        if root == "DECIMAL" and len(parameters) == 1:
            parameters = (*parameters, 0)
        found = FlinkType(root, parameters, elements, fields)
        while self.peek() in {"ARRAY", "MULTISET"}:  # INT ARRAY, an older way to write ARRAY<INT>
            found = FlinkType(self.next().upper(), (), (found,))
        if self.accept("NOT", "NULL"):
            return replace(found, nullable=False)
        self.accept("NULL")
        return found

    def _parameters(self) -> tuple[int, ...]:
        if self.peek() != "(" or not self.peek(1).isdigit():
            return ()
        self.next()
        numbers = [int(self.next())]
        while self.accept(","):
            numbers.append(int(self.next()))
        if not self.accept(")"):
            raise ValueError
        return tuple(numbers)

    def _fields(self) -> Iterator[tuple[str, FlinkType]]:
        closing = ">" if self.accept("<") else ")" if self.accept("(") else ""
        while closing and not self.accept(closing):
            name = self.next()
            yield name.strip("`").replace("``", "`"), self.read()
            if self.peek().startswith("'"):
                self.next()
            self.accept(",")

    def _elements(self) -> Iterator[FlinkType]:
        while not self.accept(">"):
            yield self.read()
            self.accept(",")

    def _interval(self) -> FlinkType:
        units = []
        while self.peek() in {"YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "TO", "("}:
            if self.peek() == "(":
                self._parameters()
            else:
                units.append(self.next().upper())
        return FlinkType("INTERVAL YEAR TO MONTH" if units[0] in {"YEAR", "MONTH"} else "INTERVAL DAY TO SECOND")


def common_type(types: list[FlinkType | None]) -> FlinkType | None:
    """The type that values of several types have together, as in CASE or COALESCE; None if it is not known."""
    known = [kind.plain for kind in types if kind is not None and kind.root != "NULL"]
    if len(known) < len([kind for kind in types if kind is None or kind.root != "NULL"]) or not known:
        return None
    if all(kind == known[0] for kind in known):
        return known[0]
    if all(kind.root in STRINGS for kind in known):
        return FlinkType("STRING") if any(kind.root == "STRING" for kind in known) else _longest(known)
    if all(kind.root in NUMBERS for kind in known):
        return _common_number(known)
    if all(kind.root in TIMES for kind in known):
        precision = max(kind.parameters[0] for kind in known)
        root = "TIMESTAMP_LTZ" if any(kind.root == "TIMESTAMP_LTZ" for kind in known) else "TIMESTAMP"
        return FlinkType(root, (precision,))
    return None


def _longest(types: list[FlinkType]) -> FlinkType:
    length = max(kind.parameters[0] for kind in types)
    same = all(kind.root == "CHAR" and kind.parameters[0] == length for kind in types)
    return FlinkType("CHAR" if same else "VARCHAR", (length,))


def _common_number(types: list[FlinkType]) -> FlinkType:
    widest = max(types, key=lambda kind: NUMBERS.index(kind.root))
    if widest.root != "DECIMAL":
        # FLOAT beside another number stays FLOAT only among numbers that are narrower than BIGINT in Calcite's rules.
        return FlinkType(widest.root)
    decimals = [as_decimal(kind) for kind in types]
    scale = max(scale for _, scale in decimals)
    whole = max(precision - scale for precision, scale in decimals)
    return FlinkType("DECIMAL", (min(38, whole + scale), scale))


def as_decimal(kind: FlinkType) -> tuple[int, int]:
    """Precision and scale of the DECIMAL that holds every value of an exact number's type."""
    if kind.root == "DECIMAL":
        return kind.parameters[0], kind.parameters[1]
    return {"TINYINT": (3, 0), "SMALLINT": (5, 0), "INT": (10, 0), "BIGINT": (19, 0)}[kind.root]


# A target, and what Flink turns into it by itself when it writes a row (LogicalTypeCasts.supportsImplicitCast).
_IMPLICIT: dict[str, frozenset[str]] = {
    "BINARY": frozenset({"BINARY", "VARBINARY", "BYTES"}),
    "BOOLEAN": frozenset({"BOOLEAN"}),
    "DECIMAL": frozenset(NUMBERS),
    "TINYINT": frozenset({"TINYINT"}),
    "SMALLINT": frozenset({"TINYINT", "SMALLINT"}),
    "INT": frozenset({"TINYINT", "SMALLINT", "INT"}),
    "BIGINT": frozenset(INTEGERS),
    "FLOAT": frozenset({*INTEGERS, "FLOAT", "DECIMAL"}),
    "DOUBLE": frozenset(NUMBERS),
    "DATE": frozenset({"DATE", "TIMESTAMP"}),
    "TIME": frozenset({"TIME", "TIMESTAMP"}),
    "TIMESTAMP": frozenset(TIMES),
    "TIMESTAMP_LTZ": frozenset(TIMES),
}


def written_as(source: FlinkType, target: FlinkType) -> bool:
    """Whether Flink writes a value of one type into a column of another without a CAST."""
    if source.root == "NULL" or source.plain == target.plain:
        return True
    if target.root in STRINGS:
        return source.root in STRINGS
    if target.root in {"BINARY", "VARBINARY", "BYTES"}:
        return source.root in _IMPLICIT["BINARY"]
    if target.root in _IMPLICIT:
        return source.root in _IMPLICIT[target.root]
    if source.root != target.root:
        return False
    if target.root == "ROW":
        return len(source.fields) == len(target.fields) and all(
            written_as(one, other) for (_, one), (_, other) in zip(source.fields, target.fields, strict=True)
        )
    return all(written_as(one, other) for one, other in zip(source.elements, target.elements, strict=False))


def _quoted(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_]\w*", name) else "`" + name.replace("`", "``") + "`"
