"""SQL/JSON functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.dialect.parsers.functions import FunctionParser


class JsonParser(FunctionParser):
    """Reads JSON_VALUE and its kin into JsonCall."""

    def _json_path_call(self, name: str) -> exp.Expr:
        node = fx.JsonCall(this=name.upper(), expressions=self.commas(self.parse_expr))
        if self.word("PASSING"):
            node.set("passing", self.commas(self._passing))
        self._returning(node)
        node.set("wrapper", self._wrapper())
        behaviors: list[exp.Expr] = []
        while not self.at_type(TokenType.R_PAREN):
            behaviors.append(self._behavior())
        node.set("behaviors", behaviors)
        return node

    def _passing(self) -> exp.Expr:
        value = self.parse_expr()
        self.expect("AS")
        return exp.Alias(this=value, alias=self.name())

    def _returning(self, node: exp.Expr) -> None:
        if self.word("RETURNING"):
            node.set("returning", self.parse_type())
            if self.word("FORMAT", "JSON"):
                node.set("returning_format", f"FORMAT {self.parse_json_encoding()}")

    def _wrapper(self) -> str | None:
        words: list[str] = []
        for options in (("WITH", "WITHOUT"), ("CONDITIONAL", "UNCONDITIONAL"), ("ARRAY",)):
            word = self.one_of(*options)
            if word:
                words.append(word)
            elif not words:
                return None
        self.expect("WRAPPER")
        return " ".join((*words, "WRAPPER"))

    def _behavior(self) -> exp.Expr:
        default = None
        word = self.expect_one_of("NULL", "ERROR", "DEFAULT", "EMPTY", "TRUE", "FALSE", "UNKNOWN")
        if word == "DEFAULT":
            default = self.parse_expr()
        elif word == "EMPTY" and self.at_any("ARRAY", "OBJECT"):
            word = f"EMPTY {self.expect_one_of('ARRAY', 'OBJECT')}"
        self.expect("ON")
        return fx.JsonBehavior(this=word, default=default, on=self.expect_one_of("EMPTY", "ERROR"))

    def _json_object(self, name: str) -> exp.Expr:
        pairs: list[exp.Expr] = []
        if not self.at_type(TokenType.R_PAREN) and not self._at_nulls():
            pairs = self.commas(self._pair)
        return fx.JsonCall(this=name.upper(), expressions=pairs, nulls=self._nulls())

    def _pair(self) -> exp.Expr:
        keyword = self.at("KEY") and not (
            self.at_type(TokenType.COLON, 1) or self._next.text.upper() == "VALUE" or self.at_type(TokenType.DOT, 1)
        )
        if keyword:
            self._advance()
        key = self.parse_expr()
        separator = ":" if self._match(TokenType.COLON) else self.expect_one_of("VALUE")
        return fx.JsonPair(this=key, expression=self.parse_expr(), keyword=keyword or None, separator=separator)

    def _json_array(self, name: str) -> exp.Expr:
        items: list[exp.Expr] = []
        if not self.at_type(TokenType.R_PAREN) and not self._at_nulls():
            items = self.commas(self.parse_expr)
        order = self.parse_order() if self.at("ORDER", "BY") else None
        return fx.JsonCall(this=name.upper(), expressions=items, order=order, nulls=self._nulls())

    def _at_nulls(self) -> bool:
        return self.at("NULL", "ON", "NULL") or self.at("ABSENT", "ON", "NULL")

    def _nulls(self) -> str | None:
        word = self.one_of("NULL", "ABSENT")
        if word:
            self.expect("ON", "NULL")
        return word

    SPECIAL_CALLS: ClassVar[dict[str, Callable[..., exp.Expr | None]]] = {
        **FunctionParser.SPECIAL_CALLS,
        **dict.fromkeys(("JSON_VALUE", "JSON_QUERY", "JSON_EXISTS"), _json_path_call),
        **dict.fromkeys(("JSON_OBJECT", "JSON_OBJECTAGG"), _json_object),
        **dict.fromkeys(("JSON_ARRAY", "JSON_ARRAYAGG"), _json_array),
    }
