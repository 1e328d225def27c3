"""Calls: arguments, aggregates, OVER, and the functions with words between their arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.dialect.parsers.operands import OperandParser
from headrace.flinksql.dialect.parsers.words import dotted

# Functions that sqlglot's class means exactly, and the class' arguments in the function's order: with other numbers of
# arguments, or DISTINCT and the like among them, a call stays Anonymous. Names are written as they were.
NODES: dict[str, tuple[type[exp.Func], tuple[str, ...]]] = {
    "SUM": (exp.Sum, ("this",)),
    "AVG": (exp.Avg, ("this",)),
    "MIN": (exp.Min, ("this",)),
    "MAX": (exp.Max, ("this",)),
    "COUNT": (exp.Count, ("this",)),
    "STDDEV_POP": (exp.StddevPop, ("this",)),
    "STDDEV_SAMP": (exp.StddevSamp, ("this",)),
    "VAR_POP": (exp.VariancePop, ("this",)),
    "VAR_SAMP": (exp.Variance, ("this",)),
    "FIRST_VALUE": (exp.FirstValue, ("this",)),
    "LAST_VALUE": (exp.LastValue, ("this",)),
    "ROW_NUMBER": (exp.RowNumber, ()),
    "ABS": (exp.Abs, ("this",)),
    "SQRT": (exp.Sqrt, ("this",)),
    "EXP": (exp.Exp, ("this",)),
    "LN": (exp.Ln, ("this",)),
    "UPPER": (exp.Upper, ("this",)),
    "LOWER": (exp.Lower, ("this",)),
    "NULLIF": (exp.Nullif, ("this", "expression")),
    "COALESCE": (exp.Coalesce, ("this", "expressions")),
}
# Calls whose arguments may be followed by words and another argument.
_UNIT_FIRST = ("TIMESTAMPADD", "TIMESTAMPDIFF")
_UNIT_LAST = (
    *("DATE_DIFF", "TIMESTAMP_DIFF", "DATETIME_DIFF", "TIME_DIFF"),
    *("DATE_TRUNC", "TIMESTAMP_TRUNC", "DATETIME_TRUNC", "TIME_TRUNC"),
)
_AGGREGATES = ("ARRAY_AGG", "ARRAY_CONCAT_AGG", "GROUP_CONCAT", "STRING_AGG", "LISTAGG")


class FunctionParser(OperandParser):
    """Reads calls."""

    def parse_table_argument(self) -> exp.Expr:
        """TABLE t …, or a query with PARTITION BY, as an argument."""
        raise NotImplementedError

    def parse_order(self) -> exp.Order:
        """ORDER BY …"""
        raise NotImplementedError

    # Named calls.

    def parse_call(self, names: list[exp.Identifier]) -> exp.Expr:
        """A function's call behind its name, with FILTER, OVER and the like."""
        last = names[-1]
        node = self._function(last, qualified=len(names) > 1)
        if len(names) > 1:
            node = exp.Dot(this=dotted(names[:-1]), expression=node)
        return self._call_suffixes(node)

    def _function(self, name: exp.Identifier, qualified: bool) -> exp.Expr:
        upper = name.name.upper()
        self.left()
        arguments: list[exp.Expr] = []
        if self._match(TokenType.STAR):
            arguments = [exp.Star()]
        elif not self.at_type(TokenType.R_PAREN):
            arguments = self._arguments()
        self.right()
        node: exp.Expr | None = None
        if upper == "DESCRIPTOR" and all(_plain(argument) for argument in arguments):
            node = fx.Descriptor(expressions=[argument.this for argument in arguments])
        elif not qualified and upper in NODES:
            node = self._known(upper, arguments)
        if node is None:
            node = exp.Anonymous(this=name if name.quoted else name.name, expressions=arguments)
        node.meta.update(name.meta)
        if name.name != upper or name.quoted:
            node.meta["flink_name"] = f"`{name.name}`" if name.quoted else name.name
        return node

    def _known(self, upper: str, arguments: list[exp.Expr]) -> exp.Expr | None:
        node, keys = NODES[upper]
        special = (
            fx.AllArgument,
            fx.OrderArgument,
            fx.NullsArgument,
            fx.SeparatorArgument,
            exp.Kwarg,
            fx.TableArgument,
        )
        if any(isinstance(argument, special) for argument in arguments):
            return None
        if "expressions" in keys:
            return node(this=arguments[0], expressions=arguments[1:]) if arguments else None
        if len(arguments) != len(keys):
            return None
        if arguments and isinstance(arguments[0], exp.Star) and upper != "COUNT":
            return None
        return node(**dict(zip(keys, arguments, strict=True)))

    def _arguments(self) -> list[exp.Expr]:
        if self.word("DISTINCT"):
            arguments: list[exp.Expr] = [exp.Distinct(expressions=self.commas(self.parse_argument))]
        elif self.word("ALL"):
            arguments = [fx.AllArgument(expressions=self.commas(self.parse_argument))]
        else:
            arguments = self.commas(self.parse_argument)
        if self.at_any("IGNORE", "RESPECT"):
            arguments.append(fx.NullsArgument(this=self.expect_one_of("IGNORE", "RESPECT")))
            self.expect("NULLS")
        if self.at("ORDER", "BY"):
            arguments.append(fx.OrderArgument(this=self.parse_order()))
        if self.word("SEPARATOR"):
            arguments.append(fx.SeparatorArgument(this=self.parse_string_literal()))
        return arguments

    def parse_argument(self) -> exp.Expr:
        """An argument: named, a table, a model, a query or a value."""
        if (self.at_name() or self.at("JSON_SCOPE")) and self.at_type(TokenType.FARROW, 1):
            token = self._curr
            self._advance(2)
            # JSON_SCOPE is reserved, but not there.
            name = exp.Var(this=token.text) if token.text.upper() == "JSON_SCOPE" else self.identifier(token)
            return exp.Kwarg(this=name, expression=self._argument_value())
        return self._argument_value()

    def _argument_value(self) -> exp.Expr:
        if self.at("MODEL") and self._next.token_type in (TokenType.VAR, TokenType.IDENTIFIER):
            self._advance()
            return fx.ModelArgument(this=self.path())
        if self.at("TABLE") or self.at_query():
            return self.parse_table_argument()
        node = self.parse_item()
        if isinstance(node, exp.Subquery) and self.at("PARTITION", "BY"):
            return self.parse_partitioned(node, keyword=False)
        return node

    def parse_partitioned(self, node: exp.Expr, keyword: bool) -> exp.Expr:
        """PARTITION BY and ORDER BY behind a table argument."""
        raise NotImplementedError

    # What follows a call.

    def _call_suffixes(self, node: exp.Expr) -> exp.Expr:
        if self.at_any("IGNORE", "RESPECT") and self._next.text.upper() == "NULLS":
            node = exp.IgnoreNulls(this=node) if self.word("IGNORE") else self._respect(node)
            self.expect("NULLS")
        if self.word("WITHIN", "DISTINCT"):
            node = fx.WithinDistinct(this=node, expressions=self.wrapped(self.parse_expr))
        if self.word("WITHIN", "GROUP"):
            self.left()
            node = exp.WithinGroup(this=node, expression=self.parse_order())
            self.right()
        if self.at("FILTER") and self.at_type(TokenType.L_PAREN, 1):
            self._advance(2)
            self.expect("WHERE")
            node = exp.Filter(this=node, expression=exp.Where(this=self.parse_expr()))
            self.right()
        if self.word("OVER"):
            node = self._over(node)
        return node

    def _respect(self, node: exp.Expr) -> exp.Expr:
        self.expect("RESPECT")
        return exp.RespectNulls(this=node)

    def _over(self, node: exp.Expr) -> exp.Expr:
        if not self.at_type(TokenType.L_PAREN):
            return exp.Window(this=node, alias=self.name(), over="OVER")
        parts = self.parse_window_parts()
        return exp.Window(this=node, over="OVER", **parts)

    def parse_window_parts(self) -> dict[str, object]:
        """(base PARTITION BY … ORDER BY … ROWS …): arguments of a Window. `OVER (w)` has an empty frame."""
        self.left()
        alias = self.name() if self.at_name() and not self.at("PARTITION", "BY") else None
        partition = self.commas(self.parse_expr) if self.word("PARTITION", "BY") else []
        order = self.parse_order() if self.at("ORDER", "BY") else None
        frame = self._frame()
        self.right()
        if alias and not partition and not order and not frame:
            frame = fx.FrameSpec()
        return {"alias": alias, "partition_by": partition, "order": order, "spec": frame}

    def _frame(self) -> exp.Expr | None:
        kind = self.one_of("ROWS", "RANGE")
        frame: dict[str, object] = {"kind": kind}
        if kind:
            between = self.word("BETWEEN")
            frame["start"], frame["start_side"] = self._bound()
            if between:
                self.expect("AND")
                frame["end"], frame["end_side"] = self._bound()
        partial = self.one_of("ALLOW", "DISALLOW")
        if partial:
            self.expect("PARTIAL")
        return fx.FrameSpec(**frame, partial=partial) if kind or partial else None

    def _bound(self) -> tuple[exp.Expr | str, str | None]:
        if self.word("CURRENT", "ROW"):
            return "CURRENT ROW", None
        if self.word("UNBOUNDED"):
            return "UNBOUNDED", self.expect_one_of("PRECEDING", "FOLLOWING")
        return self.parse_expr(), self.expect_one_of("PRECEDING", "FOLLOWING")

    # Calls with a syntax of their own.

    def parse_special_call(self, word: str) -> exp.Expr | None:
        """A call with a syntax of its own, or nothing."""
        if not self.at_type(TokenType.L_PAREN, 1):
            return None
        reader = self.SPECIAL_CALLS.get(word)
        if reader is None:
            return None
        token = self._curr
        index = self._index
        self._advance(2)
        node = reader(self, token.text)
        if node is None:
            self._retreat(index)
            return None
        self.right()
        node = self.expression(node, token)
        if self.at_any("OVER", "FILTER", "WITHIN"):
            return self._call_suffixes(node)
        return node

    def _cast(self, name: str) -> exp.Expr:
        value = self.parse_expr()
        self.expect("AS")
        kind = self.parse_type()
        if name.upper() == "CAST":
            return exp.Cast(this=value, to=kind)
        if name.upper() == "TRY_CAST":
            return exp.TryCast(this=value, to=kind)
        return exp.TryCast(this=value, to=kind, action="SAFE_CAST")

    def _extract(self, _: str) -> exp.Expr:
        unit = self.parse_time_unit()
        self.expect("FROM")
        return exp.Extract(this=unit, expression=self.parse_expr())

    def _trim(self, _: str) -> exp.Expr:
        position = self.one_of("BOTH", "LEADING", "TRAILING")
        if position and self.word("FROM"):
            return exp.Trim(this=self.parse_expr(), position=position)
        first = self.parse_expr()
        if self.word("FROM"):
            return exp.Trim(this=self.parse_expr(), expression=first, position=position)
        return exp.Trim(this=first, position=position)

    def _separated(self, *separators: tuple[str, ...]) -> Callable[[str], exp.Expr | None]:
        """Reads arguments, with one of these words before each but the first; a comma leaves it to plain calls."""

        def read(name: str) -> exp.Expr | None:
            values = [self.parse_operand() if name.upper() == "POSITION" else self.parse_expr()]
            words: list[str] = []
            for options in separators:
                word = self.one_of(*options)
                if word is None:
                    break
                words.append(word)
                values.append(self.parse_time_unit() if word == "TO" else self.parse_expr())
            if not words:
                return None
            return fx.KeywordCall(this=name, expressions=values, separators=words)

        return read

    def _substring(self, name: str) -> exp.Expr | None:
        return self._separated(("FROM",), ("FOR",))(name)

    def _overlay(self, name: str) -> exp.Expr | None:
        return self._separated(("PLACING",), ("FROM",), ("FOR",))(name)

    def _position(self, name: str) -> exp.Expr | None:
        return self._separated(("IN",), ("FROM",))(name)

    def _floor(self, name: str) -> exp.Expr | None:
        return self._separated(("TO",))(name)

    def _convert(self, name: str) -> exp.Expr | None:
        index = self._index
        kind = None if self.at_name() else self.attempt(self.parse_type)
        if kind is not None and self._match(TokenType.COMMA):
            return exp.Anonymous(this=name, expressions=[kind, *self.commas(self.parse_expr)])
        self._retreat(index)
        call = self._using(name)
        if call is not None:
            return call
        self._retreat(index)
        value = self.parse_expr()
        if self._match(TokenType.COMMA) and self.at_type(TokenType.R_PAREN, 1):
            # {fn CONVERT(x, INTEGER)}: one of JDBC's types, which are words.
            return exp.Anonymous(this=name, expressions=[value, exp.Var(this=self.word_text())])
        return None

    def _using(self, name: str) -> exp.Expr | None:
        return self._separated(("USING",))(name)

    def _unit_first(self, name: str) -> exp.Expr | None:
        unit = self.parse_time_unit()
        if not self._match(TokenType.COMMA):
            return None
        values = [unit, *self.commas(self.parse_expr)]
        return exp.Anonymous(this=name, expressions=values)

    def _unit_last(self, name: str) -> exp.Expr | None:
        values = [self.parse_expr()]
        while self._match(TokenType.COMMA):
            index = self._index
            unit = self.attempt(self.parse_time_unit)
            if unit is not None and self.at_type(TokenType.R_PAREN):
                return exp.Anonymous(this=name, expressions=[*values, unit])
            self._retreat(index)
            values.append(self.parse_expr())
        return exp.Anonymous(this=name, expressions=values)

    SPECIAL_CALLS: ClassVar[dict[str, Callable[..., exp.Expr | None]]] = {
        **dict.fromkeys(("CAST", "TRY_CAST", "SAFE_CAST"), _cast),
        "EXTRACT": _extract,
        "TRIM": _trim,
        "SUBSTRING": _substring,
        "OVERLAY": _overlay,
        "POSITION": _position,
        **dict.fromkeys(("FLOOR", "CEIL", "CEILING"), _floor),
        "CONVERT": _convert,
        "TRANSLATE": _using,
        **dict.fromkeys(_UNIT_FIRST, _unit_first),
        **dict.fromkeys(_UNIT_LAST, _unit_last),
    }


def _plain(argument: exp.Expr) -> bool:
    return isinstance(argument, exp.Column) and len(argument.parts) == 1 and isinstance(argument.this, exp.Identifier)
