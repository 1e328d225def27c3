"""Operators, with Calcite's precedences."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.dialect.parsers.types import TypeParser

# What binds stronger has the higher number, as in Calcite's SqlStdOperatorTable.
OR, AND, NOT, IS, COMPARE, RANGE, ADD, MULTIPLY, SIGN = 22, 24, 26, 28, 30, 32, 40, 60, 80

_COMPARISONS: dict[TokenType, type[exp.Expression]] = {
    TokenType.EQ: exp.EQ,
    TokenType.NEQ: exp.NEQ,
    TokenType.LT: exp.LT,
    TokenType.LTE: exp.LTE,
    TokenType.GT: exp.GT,
    TokenType.GTE: exp.GTE,
}
_ARITHMETIC: dict[TokenType, tuple[int, type[exp.Expression]]] = {
    TokenType.PLUS: (ADD, exp.Add),
    TokenType.DASH: (ADD, exp.Sub),
    TokenType.STAR: (MULTIPLY, exp.Mul),
    TokenType.SLASH: (MULTIPLY, exp.Div),
    TokenType.MOD: (MULTIPLY, exp.Mod),
    TokenType.DPIPE: (MULTIPLY, exp.DPipe),
}
_RANGES = ("IN", "BETWEEN", "LIKE", "ILIKE", "RLIKE", "SIMILAR", "SUBMULTISET")
_WORD_OPERATORS = (
    *(("MEMBER", "OF"), ("SUBMULTISET", "OF"), ("CONTAINS",), ("OVERLAPS",), ("EQUALS",), ("PRECEDES",)),
    *(("SUCCEEDS",), ("IMMEDIATELY", "PRECEDES"), ("IMMEDIATELY", "SUCCEEDS")),
)


class OperatorParser(TypeParser):
    """Reads operators by climbing their precedences."""

    def parse_expr(self) -> exp.Expr:
        """Any expression; a subquery needs its parentheses."""
        return self.parse_operators(0)

    def parse_operand(self) -> exp.Expr:
        """What operators stand between."""
        raise NotImplementedError

    def parse_subqueries_or_list(self) -> list[exp.Expr]:
        """(query) or (a, b, …), behind IN, ANY, ALL."""
        raise NotImplementedError

    def parse_operators(self, lowest: int, and_: bool = True) -> exp.Expr:
        """An expression of operators that bind at least so strongly; AND may belong to a BETWEEN before it."""
        left = self._prefixed()
        while True:
            step = self._operator(left, lowest, and_)
            if step is None:
                return left
            left = step

    def _prefixed(self) -> exp.Expr:
        token = self._curr
        if self.word("NOT"):
            return self.expression(exp.Not(this=self.parse_operators(NOT)), token)
        if self.at("EXISTS") and self.at_type(TokenType.L_PAREN, 1):
            self._advance()
            return self.expression(exp.Exists(this=self.parse_operand()), token)
        if self.at("UNIQUE"):
            self._advance()
            return fx.PrefixWord(this=self.parse_operand(), operator="UNIQUE")
        if self._match(TokenType.DASH):
            return exp.Neg(this=self.parse_operators(SIGN))
        if self._match(TokenType.PLUS):
            return fx.PrefixWord(this=self.parse_operators(SIGN), operator="+")
        return self.parse_operand()

    def _operator(self, left: exp.Expr, lowest: int, and_: bool) -> exp.Expr | None:
        """The expression with the operator that comes next, if it binds strongly enough."""
        kind = self._curr.token_type
        if kind == TokenType.VAR:
            return self._word_operator(left, lowest, and_)
        if kind in _ARITHMETIC:
            precedence, node = _ARITHMETIC[kind]
            if precedence < lowest:
                return None
            self._advance()
            return node(this=left, expression=self.parse_operators(precedence + 1))
        if kind in _COMPARISONS:
            if lowest > COMPARE:
                return None
            if self._curr.text == "!=":
                self.fail("Expected <>")
            self._advance()
            comparison = _COMPARISONS[kind]
            quantifier = self.one_of("ANY", "SOME", "ALL")
            if quantifier:
                return comparison(this=left, expression=self._quantified(quantifier))
            return comparison(this=left, expression=self.parse_operators(COMPARE + 1))
        return None

    def _quantified(self, quantifier: str) -> exp.Expr:
        items = self.parse_subqueries_or_list()
        operand = items[0] if len(items) == 1 and isinstance(items[0], exp.Subquery) else exp.Tuple(expressions=items)
        return exp.All(this=operand) if quantifier == "ALL" else exp.Any(this=operand)

    def _word_operator(self, left: exp.Expr, lowest: int, and_: bool) -> exp.Expr | None:
        word = self._curr.text.upper()
        if word == "AND" and lowest <= AND and and_:
            self._advance()
            return exp.And(this=left, expression=self.parse_operators(AND + 1))
        if word == "OR" and lowest <= OR:
            self._advance()
            return exp.Or(this=left, expression=self.parse_operators(OR + 1, and_))
        if word == "IS" and lowest <= IS:
            return self._is(left)
        negated = word == "NOT" and self._next.token_type == TokenType.VAR and self._next.text.upper() in _RANGES
        if (negated or word in _RANGES) and lowest <= RANGE:
            if negated:
                self._advance()
            predicate = self._range(left)
            return self._negated(predicate) if negated else predicate
        if word == "FORMAT" and self.at("FORMAT", "JSON") and lowest <= IS:
            self._advance(2)
            return fx.PostfixWord(this=left, operator=f"FORMAT {self.parse_json_encoding()}")
        if word == "MULTISET" and lowest <= MULTIPLY:
            self._advance()
            operator = f"MULTISET {self.expect_one_of('UNION', 'INTERSECT', 'EXCEPT')}"
            quantifier = self.one_of("ALL", "DISTINCT")
            operator = f"{operator} {quantifier}" if quantifier else operator
            return fx.BinaryWord(this=left, operator=operator, expression=self.parse_operators(ADD))
        for words in _WORD_OPERATORS:
            if lowest <= COMPARE and self.word(*words):
                right = self.parse_operators(COMPARE + 1)
                return fx.BinaryWord(this=left, operator=" ".join(words), expression=right)
        return None

    def _negated(self, predicate: exp.Expr) -> exp.Expr:
        like = predicate.this if isinstance(predicate, exp.Escape) else predicate
        if "negate" not in like.arg_types:
            return fx.PostfixNot(this=predicate)
        like.set("negate", True)
        return predicate

    def parse_json_encoding(self) -> str:
        """What may follow FORMAT JSON, with JSON."""
        if self.at("ENCODING") and self._next.text.upper() in ("UTF8", "UTF16", "UTF32"):
            self._advance()
            return f"JSON ENCODING {self.expect_one_of('UTF8', 'UTF16', 'UTF32')}"
        return "JSON"

    def _is(self, left: exp.Expr) -> exp.Expr:
        self._advance()
        if self.word("DISTINCT", "FROM"):
            return exp.NullSafeNEQ(this=left, expression=self.parse_operators(COMPARE + 1))
        if self.word("NOT", "DISTINCT", "FROM"):
            return exp.NullSafeEQ(this=left, expression=self.parse_operators(COMPARE + 1))
        negated = self.word("NOT")
        return exp.Is(this=left, expression=self._is_what(), **({"negate": True} if negated else {}))

    def _is_what(self) -> exp.Expr:
        if self.word("JSON"):
            return exp.JSON(this=self.one_of("VALUE", "OBJECT", "ARRAY", "SCALAR"))
        if self.word("A", "SET"):
            return exp.Var(this="A SET")
        word = self.expect_one_of("NULL", "TRUE", "FALSE", "UNKNOWN", "EMPTY")
        if word == "NULL":
            return exp.Null()
        return exp.Var(this=word) if word in ("UNKNOWN", "EMPTY") else exp.Boolean(this=word == "TRUE")

    def _range(self, left: exp.Expr) -> exp.Expr:
        word = self.expect_one_of(*_RANGES)
        if word == "IN":
            items = self.parse_subqueries_or_list()
            if len(items) == 1 and isinstance(items[0], exp.Subquery):
                return exp.In(this=left, query=items[0])
            return exp.In(this=left, expressions=items)
        if word == "BETWEEN":
            symmetric = {"SYMMETRIC": True, "ASYMMETRIC": False, None: None}[self.one_of("SYMMETRIC", "ASYMMETRIC")]
            low = self.parse_operators(0, and_=False)
            self.expect("AND")
            high = self.parse_operators(RANGE + 1)
            return exp.Between(this=left, low=low, high=high, symmetric=symmetric)
        if word == "SUBMULTISET":
            self.expect("OF")
            return fx.BinaryWord(this=left, operator="SUBMULTISET OF", expression=self.parse_operators(COMPARE + 1))
        if word == "SIMILAR":
            self.expect("TO")
        nodes = {"LIKE": exp.Like, "ILIKE": exp.ILike, "RLIKE": fx.RLike, "SIMILAR": exp.SimilarTo}
        like: exp.Expr = nodes[word](this=left, expression=self.parse_operators(RANGE))
        if self.word("ESCAPE"):
            like = exp.Escape(this=like, expression=self.parse_operand())
        return like
