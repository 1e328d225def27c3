"""Types of expressions that do not name anything: operators, literals, constructors."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.schema.types import INTEGERS, NUMBERS, TIMES, FlinkType, as_decimal, common_type, read_type

BOOLEAN = FlinkType("BOOLEAN")
_MAXIMUM_PRECISION = 38


def type_text(kind: exp.Expr) -> str:
    """A type as it is written."""
    return kind.sql("flink")


def declared_type(kind: exp.Expr | None) -> FlinkType | None:
    """The type that a tree of one stands for."""
    return read_type(type_text(kind)) if kind is not None else None


def literal_type(node: exp.Expr) -> FlinkType | None:
    """The type of a literal, None if it is none."""
    if isinstance(node, exp.Literal):
        if node.is_string:
            return FlinkType("CHAR", (len(node.this),)) if node.this else FlinkType("CHAR", (0,))
        return _number_type(node.this)
    if isinstance(node, exp.Boolean):
        return BOOLEAN
    if isinstance(node, exp.Null):
        return FlinkType("NULL")
    if isinstance(node, exp.Interval):
        unit = str(node.args.get("unit") or "").upper()
        months = unit.startswith(("YEAR", "MONTH", "QUARTER"))
        return FlinkType("INTERVAL YEAR TO MONTH" if months else "INTERVAL DAY TO SECOND")
    return None


def typed_literal_type(node: exp.Expr) -> FlinkType | None:
    """The type of DATE '…', TIMESTAMP '…'; as precise as the digits behind the seconds."""
    kind = declared_type(node.args["to"])
    if kind is not None and kind.root in TIMES:
        return FlinkType(kind.root, (len(node.name.partition(".")[2]),))
    return kind


def _number_type(text: str) -> FlinkType:
    if "e" in text.lower():
        return FlinkType("DOUBLE")
    whole, _, fraction = text.partition(".")
    if fraction or "." in text:
        return FlinkType("DECIMAL", (max(len(whole.lstrip("0")) + len(fraction), 1), len(fraction)))
    number = int(text)
    if number < 2**31:
        return FlinkType("INT")
    return FlinkType("BIGINT") if number < 2**63 else FlinkType("DECIMAL", (len(text), 0))


def arithmetic_type(node: exp.Expr, left: FlinkType | None, right: FlinkType | None) -> FlinkType | None:
    """The type of `+ - * / %` between two types; None if it is not known."""
    if left is None or right is None:
        return None
    if left.root in TIMES | {"DATE", "TIME"} and right.root.startswith("INTERVAL"):
        return left.plain
    if right.root in TIMES | {"DATE", "TIME"} and left.root.startswith("INTERVAL"):
        return right.plain
    if left.root.startswith("INTERVAL"):
        return left
    if left.root not in NUMBERS or right.root not in NUMBERS:
        return None
    if left.root != "DECIMAL" and right.root != "DECIMAL":
        if isinstance(node, exp.Mod):
            return right.plain
        return common_type([left, right])
    if not {left.root, right.root} <= {*INTEGERS, "DECIMAL"}:
        return FlinkType("DOUBLE")
    return _decimal(node, as_decimal(left), as_decimal(right))


def _decimal(node: exp.Expr, left: tuple[int, int], right: tuple[int, int]) -> FlinkType:
    """Flink's LogicalTypeMerging: findAdditionDecimalType, findMultiplicationDecimalType and the like."""
    (precision1, scale1), (precision2, scale2) = left, right
    whole1, whole2 = precision1 - scale1, precision2 - scale2
    if isinstance(node, exp.Mul):
        return _adjusted(precision1 + precision2 + 1, scale1 + scale2)
    if isinstance(node, exp.Div):
        scale = max(6, scale1 + precision2 + 1)
        return _adjusted(whole1 + scale2 + scale, scale)
    if isinstance(node, exp.Mod):
        scale = max(scale1, scale2)
        return _adjusted(min(whole1, whole2) + scale, scale)
    scale = max(scale1, scale2)
    return _adjusted(max(whole1, whole2) + scale + 1, scale)


def _adjusted(precision: int, scale: int) -> FlinkType:
    if precision <= _MAXIMUM_PRECISION:
        return FlinkType("DECIMAL", (precision, scale))
    whole = precision - scale
    return FlinkType("DECIMAL", (_MAXIMUM_PRECISION, max(_MAXIMUM_PRECISION - whole, min(scale, 6))))


def element_type(kind: FlinkType | None) -> FlinkType | None:
    """What `x[…]` is: an array's element, a map's value."""
    return kind.elements[-1] if kind and kind.elements and kind.root in {"ARRAY", "MAP"} else None


def constructed_type(node: exp.Expr, parts: Sequence[FlinkType | None]) -> FlinkType | None:
    """The type of ARRAY[…], MAP[…], ROW(…)."""
    if isinstance(node, exp.Array):
        element = common_type(list(parts))
        return FlinkType("ARRAY", (), (element,)) if element else None
    if isinstance(node, fx.MapConstructor):
        key, value = common_type(list(parts[::2])), common_type(list(parts[1::2]))
        return FlinkType("MAP", (), (key, value)) if key and value else None
    if isinstance(node, (fx.RowConstructor, exp.Tuple)) and all(parts):
        fields = tuple((f"EXPR${number}", part) for number, part in enumerate(parts) if part)
        return FlinkType("ROW", (), (), fields)
    return None
