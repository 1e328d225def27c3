"""Literals: numbers, strings, binary, dates and times, intervals, rows, arrays, maps."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.dialect.parsers.words import WordParser, column_of

INTERVAL_UNITS = (
    *("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND"),
    *("YEARS", "QUARTERS", "MONTHS", "WEEKS", "DAYS", "HOURS", "MINUTES", "SECONDS"),
)
TIME_UNITS = (
    *INTERVAL_UNITS[:8],
    *("NANOSECOND", "MICROSECOND", "MILLISECOND", "DAYOFWEEK", "DAYOFYEAR", "DOW", "DOY", "ISODOW", "ISOYEAR"),
    *("EPOCH", "DECADE", "CENTURY", "MILLENNIUM"),
)
_LITERAL_TYPES = {
    "DATE": exp.DataType.Type.DATE,
    "TIME": exp.DataType.Type.TIME,
    "TIMESTAMP": exp.DataType.Type.TIMESTAMP,
    "DATETIME": exp.DataType.Type.DATETIME,
    "DECIMAL": exp.DataType.Type.DECIMAL,
}
# Of what the name of a character set is made.
_CHARSET_TOKENS = (TokenType.VAR, TokenType.NUMBER, TokenType.COLON, TokenType.DOT, TokenType.DASH)
_BRACE_TYPES = {"D": "DATE", "T": "TIME", "TS": "TIMESTAMP"}


class LiteralParser(WordParser):
    """Reads what stands for itself."""

    def parse_literal(self) -> exp.Expr | None:
        """A literal, if one comes next."""
        token = self._curr
        kind = token.token_type
        if kind == TokenType.NUMBER:
            return self.number()
        if kind == TokenType.DOT and self.at_type(TokenType.NUMBER, 1):
            self._advance(2)
            return self.expression(exp.Literal.number(f".{self._prev.text}"), token)
        if kind in (TokenType.STRING, TokenType.NATIONAL_STRING, TokenType.UNICODE_STRING, TokenType.HEX_STRING):
            return self.parse_string_literal()
        if self._match(TokenType.BYTE_STRING):
            return self.expression(fx.CStyleString(this=self.sql[token.start + 2 : token.end]), token)
        if kind == TokenType.L_BRACE:
            return self._brace_literal()
        if kind == TokenType.VAR:
            return self._word_literal(token.text.upper())
        return None

    def _word_literal(self, word: str) -> exp.Expr | None:
        token = self._curr
        if word in ("TRUE", "FALSE"):
            self._advance()
            return self.expression(exp.Boolean(this=word == "TRUE"), token)
        if word == "NULL":
            self._advance()
            return self.expression(exp.Null(), token)
        if word == "UNKNOWN":
            self._advance()
            return self.expression(exp.Var(this="UNKNOWN"), token)
        if word in _LITERAL_TYPES and self.at_type(TokenType.STRING, 1):
            self._advance()
            return self._typed_literal(word)
        if self.at("TIMESTAMP", "WITH", "LOCAL", "TIME", "ZONE"):
            self._advance(5)
            kind = fx.FlinkType(this=exp.DataType.Type.TIMESTAMPLTZ, spelling="TIMESTAMP", zone="WITH LOCAL TIME ZONE")
            return self.expression(fx.TypedLiteral(this=self.string(), to=kind), token)
        if word == "INTERVAL":
            return self.parse_interval()
        if word.startswith("_"):
            return self._introduced_string()
        return None

    def _typed_literal(self, word: str) -> exp.Expr:
        return fx.TypedLiteral(this=self.string(), to=fx.FlinkType(this=_LITERAL_TYPES[word], spelling=word))

    def _brace_literal(self) -> exp.Expr | None:
        word = self._next.text.upper() if self._next.token_type == TokenType.VAR else ""
        if word not in _BRACE_TYPES or not self.at_type(TokenType.STRING, 2):
            return None
        self._advance(2)
        literal = self._typed_literal(_BRACE_TYPES[word])
        self.expect_type(TokenType.R_BRACE, "}")
        return literal

    def _introduced_string(self) -> exp.Expr | None:
        """_utf8'…': a character set, with no space before the string."""
        index = self._index
        charset = ""
        while self._curr.token_type != TokenType.STRING:
            if self._curr.token_type not in _CHARSET_TOKENS or (charset and not self._is_connected()):
                self._retreat(index)
                return None
            charset += self._curr.text
            self._advance()
        if not self._is_connected():
            self._retreat(index)
            return None
        return fx.PrefixedString(this=self._string_parts(), charset=charset)

    def parse_string_literal(self) -> exp.Expr:
        """A string of any kind, in one or several parts."""
        token = self._curr
        if self._match(TokenType.NATIONAL_STRING):
            first = self.expression(exp.Literal.string(token.text), token)
            return fx.PrefixedString(this=self._string_parts(first), charset="N")
        if self._match(TokenType.UNICODE_STRING):
            text = self._string_parts(self.expression(exp.Literal.string(token.text), token))
            return fx.UnicodeLiteral(this=text, escape=self.string() if self.word("UESCAPE") else None)
        if self._match(TokenType.HEX_STRING):
            first = self.expression(exp.Literal.string(token.text), token)
            return fx.BinaryLiteral(this=self._string_parts(first))
        return self._string_parts()

    def _string_parts(self, first: exp.Expr | None = None) -> exp.Expr:
        parts: list[exp.Expr] = [first or self.string()]
        while self.at_type(TokenType.STRING):
            parts.append(self.string())
        return parts[0] if len(parts) == 1 else fx.StringParts(expressions=parts)

    # Intervals.

    def parse_interval(self) -> exp.Expr | None:
        """INTERVAL '1' DAY, INTERVAL -'1-2' YEAR TO MONTH, INTERVAL x HOUR."""
        index = self._index
        token = self._curr
        self._advance()
        minus = self._match(TokenType.DASH)
        if not minus:
            self._match(TokenType.PLUS)
        value: exp.Expr
        if self.at_type(TokenType.STRING):
            value = self._string_parts()
        elif self._match(TokenType.L_PAREN):
            value = exp.Paren(this=self.parse_expr())
            self.right()
        elif self.at_type(TokenType.NUMBER):
            value = self.number()
        elif self.at_name():
            value = column_of(self.names())
        else:
            self._retreat(index)
            return None
        unit = self.parse_interval_unit()
        return self.expression(exp.Interval(this=exp.Neg(this=value) if minus else value, unit=unit), token)

    def parse_interval_unit(self) -> exp.Expr:
        """DAY, DAY(3) TO SECOND(6)."""
        start = self._interval_field()
        if self.word("TO"):
            return exp.IntervalSpan(this=start, expression=self._interval_field())
        return start

    def _interval_field(self) -> exp.Expr:
        if not self.at_any(*INTERVAL_UNITS):
            self.fail("Expected a unit of time (SECOND, MINUTE, HOUR, DAY, MONTH, YEAR)")
        self._advance()
        unit = exp.Var(this=self._prev.text.upper())
        if self.at_type(TokenType.L_PAREN) and self.at_type(TokenType.NUMBER, 1):
            return fx.IntervalField(this=unit, expressions=self.wrapped(self.number))
        return unit

    def parse_time_unit(self) -> exp.Expr:
        """A unit in EXTRACT, TIMESTAMPADD, CEIL …; WEEK may name its first day."""
        token = self._curr
        if self.at_name() or self.at_any(*TIME_UNITS):
            self._advance()
            if token.token_type == TokenType.IDENTIFIER:
                return self.identifier(token)
            word = token.text.upper()
            unit = exp.Var(this=word if word in TIME_UNITS else token.text)
            if word == "WEEK" and self._match(TokenType.L_PAREN):
                day = exp.Var(this=self.word_text().upper())
                self.right()
                return fx.IntervalField(this=unit, expressions=[day])
            return unit
        return self.fail("Expected a unit of time")

    def word_text(self) -> str:
        """Any word."""
        if not self._match(TokenType.VAR):
            self.fail("Expected a word")
        return self._prev.text
