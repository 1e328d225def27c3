"""What operators stand between: names, calls, parentheses, CASE, constructors."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.dialect.parsers.operators import OperatorParser
from headrace.flinksql.dialect.parsers.words import column_of
from headrace.flinksql.dialect.reserved_words import RESERVED_WORDS

# Functions without parentheses.
CONTEXT_VARIABLES = frozenset(
    [
        "CURRENT_CATALOG",
        "CURRENT_DATE",
        "CURRENT_DEFAULT_TRANSFORM_GROUP",
        "CURRENT_PATH",
        "CURRENT_ROLE",
        "CURRENT_SCHEMA",
        "CURRENT_TIME",
        "CURRENT_TIMESTAMP",
        "CURRENT_USER",
        "LOCALTIME",
        "LOCALTIMESTAMP",
        "SESSION_USER",
        "SYSTEM_USER",
        "USER",
    ]
)
# Reserved words that are functions' names before a parenthesis.
_PERIOD_WORDS = (
    *(("OVERLAPS",), ("PRECEDES",), ("SUCCEEDS",), ("EQUALS",)),
    *(("IMMEDIATELY", "PRECEDES"), ("IMMEDIATELY", "SUCCEEDS")),
)

_OPERAND_TOKENS = (TokenType.VAR, TokenType.IDENTIFIER, TokenType.NUMBER, TokenType.STRING)
# Words that may have a parenthesis behind them and are no function's name.
_NO_OPERANDS = frozenset(
    (
        *("AND", "AS", "BETWEEN", "CONTAINS", "ELSE", "EQUALS", "EXCEPT", "FILTER", "FROM", "ILIKE", "IN", "INTERSECT"),
        *("IS", "JOIN", "LIKE", "MEMBER", "MINUS", "MULTISET", "NOT", "ON", "OR", "OVER", "OVERLAPS", "PRECEDES"),
        *("RLIKE", "SIMILAR", "SUBMULTISET", "SUCCEEDS", "THEN", "UNION", "USING", "WHEN", "WITHIN", "CROSS", "END"),
        *("WHERE", "GROUP", "HAVING", "WINDOW", "QUALIFY", "ORDER", "LIMIT", "OFFSET", "FETCH", "SET", "VALUES"),
    )
)


class OperandParser(OperatorParser):
    """Reads single values."""

    def parse_call(self, names: list[exp.Identifier]) -> exp.Expr:
        """A function's call behind its name."""
        raise NotImplementedError

    def parse_special_call(self, word: str) -> exp.Expr | None:
        """A call with a syntax of its own, or nothing."""
        raise NotImplementedError

    def at_query(self) -> bool:
        """Whether a query comes next."""
        return self.at_any("SELECT", "WITH", "VALUES", "VALUE") or (
            self.at("TABLE") and not self.at_type(TokenType.L_PAREN, 1)
        )

    def parse_operand(self) -> exp.Expr:
        """A value, with what stands behind it in brackets or behind a dot."""
        return self._followed(self._operand())

    def _operand(self) -> exp.Expr:
        if self._match(TokenType.L_PAREN):
            return self._parenthesized()
        literal = self.parse_literal()
        if literal is not None:
            return literal
        token = self._curr
        if self._match(TokenType.PLACEHOLDER):
            return self.expression(exp.Placeholder(), token)
        if self._match(TokenType.L_BRACE):
            self.expect("FN")
            call = self.parse_operand()
            self.expect_type(TokenType.R_BRACE, "}")
            return fx.JdbcCall(this=call)
        if token.token_type == TokenType.VAR:
            word = self._word_operand(token.text.upper())
            if word is not None:
                return word
        if not self.at_name() and not self._at_function():
            self.fail_value()
        return self._name_operand()

    def _at_function(self) -> bool:
        return self._curr.token_type == TokenType.VAR and self.at_type(TokenType.L_PAREN, 1)

    def _word_operand(self, word: str) -> exp.Expr | None:
        token = self._curr
        if word in CONTEXT_VARIABLES and not self._at_function():
            self._advance()
            return self.expression(fx.ContextVariable(this=token.text), token)
        if word == "CASE":
            return self._case()
        if word == "ROW" and self._at_function():
            self._advance()
            return self._row_constructor()
        if word in ("ARRAY", "MAP", "MULTISET") and (self.at_type(TokenType.L_BRACKET, 1) or self._at_function()):
            self._advance()
            return self._collection(word)
        if word == "PERIOD" and self._at_function():
            self._advance()
            return fx.PeriodConstructor(expressions=self.wrapped(self.parse_expr))
        if word in ("NEXT", "CURRENT") and self.at(word, "VALUE", "FOR"):
            self._advance(3)
            return fx.PrefixWord(this=self.table_name(), operator=f"{word} VALUE FOR")
        if word == "NEW" and not self.at_type(TokenType.DOT, 1):
            self._advance()
            return fx.PrefixWord(this=self._name_operand(), operator="NEW")
        if word in ("RUNNING", "FINAL") and self._at_operand_behind():
            self._advance()
            operand = self.attempt(self.parse_operand)
            if operand is not None:
                return fx.RunningFinal(this=operand, kind=word)
            self._retreat(self._index - 1)
        if word == "DEFAULT":
            self._advance()
            return fx.Default()
        return self.parse_special_call(word)

    def _at_operand_behind(self) -> bool:
        """Whether FINAL is said of a value, or is a name with an operator or a clause behind it."""
        return self._next.token_type in _OPERAND_TOKENS and self._next.text.upper() not in _NO_OPERANDS

    def _name_operand(self) -> exp.Expr:
        token = self._curr
        if self._index >= self._tokens_size:
            self.fail("Expected a function's name")
        self._advance()
        names = [self.identifier(token)]
        while self.at_type(TokenType.DOT):
            if self.at_type(TokenType.STAR, 1):
                self._advance(2)
                return self._star_of(names)
            self._advance()
            names.append(self.name())
        if self.at_type(TokenType.L_PAREN):
            return self.parse_call(names)
        if token.token_type == TokenType.VAR and token.text.upper() in RESERVED_WORDS:
            self._retreat(self._index - 1)
            self.fail_reserved()
        return column_of(names)

    def _star_of(self, names: list[exp.Identifier]) -> exp.Expr:
        parts = [None, None, None, *names][-3:]
        return exp.Column(this=exp.Star(), table=parts[2], db=parts[1], catalog=parts[0])

    def _followed(self, node: exp.Expr) -> exp.Expr:
        while True:
            if self._match(TokenType.L_BRACKET):
                word = self.one_of("OFFSET", "ORDINAL", "SAFE_OFFSET", "SAFE_ORDINAL")
                index = self.parse_expr()
                if word:
                    index = exp.Anonymous(this=word, expressions=[index])
                self.expect_type(TokenType.R_BRACKET, "]")
                node = exp.Bracket(this=node, expressions=[index])
            elif self.at_type(TokenType.DOT) and self.at_type(TokenType.STAR, 1):
                self._advance(2)
                node = exp.Dot(this=node, expression=exp.Star())
            elif self._match(TokenType.DOT):
                name = self.name()
                part: exp.Expr = self.parse_call([name]) if self.at_type(TokenType.L_PAREN) else name
                node = exp.Dot(this=node, expression=part)
            elif self._match(TokenType.DCOLON):
                node = fx.InfixCast(this=node, to=self.parse_type())
            else:
                return node

    # Parentheses.

    def _parenthesized(self) -> exp.Expr:
        """Behind (: a subquery, an expression, a row, and what may follow it."""
        if self.at_query():
            query = exp.Subquery(this=self.parse_query())
            self.right()
            return query
        items = self.commas(self.parse_item)
        self.right()
        node: exp.Expr
        if len(items) == 1:
            only = items[0]
            if isinstance(only, exp.Subquery) and self._continues_query():
                return only
            node = exp.Paren(this=only)
        else:
            node = exp.Tuple(expressions=items)
        return self._period_or_interval(node)

    def _continues_query(self) -> bool:
        return False

    def parse_item(self) -> exp.Expr:
        """An element of a list in parentheses: (SELECT …) may go on as a query there."""
        if self.at_type(TokenType.L_PAREN):
            index = self._index
            node = self.parse_expr()
            if isinstance(node, exp.Subquery) and self.at_any(
                "UNION", "INTERSECT", "EXCEPT", "MINUS", "ORDER", "LIMIT", "OFFSET", "FETCH"
            ):
                self._retreat(index)
                return exp.Subquery(this=self.parse_query())
            return node
        return self.parse_expr()

    def _period_or_interval(self, node: exp.Expr) -> exp.Expr:
        for words in _PERIOD_WORDS:
            if isinstance(node, exp.Tuple) and self.word(*words):
                return fx.BinaryWord(this=node, operator=" ".join(words), expression=self.parse_operand())
        if isinstance(node, exp.Paren) and isinstance(node.this, exp.Sub) and self._at_interval_unit():
            return fx.PostfixWord(this=node, operator=self.parse_interval_unit())
        return node

    def _at_interval_unit(self) -> bool:
        return self.at_any("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND")

    def parse_subqueries_or_list(self) -> list[exp.Expr]:
        """(query) or (a, b, …), behind IN, ANY, ALL."""
        self.left()
        if self.at_query():
            items: list[exp.Expr] = [exp.Subquery(this=self.parse_query())]
        else:
            items = self.commas(self.parse_item)
            if len(items) == 1 and isinstance(items[0], exp.Subquery) and items[0].this is not None:
                # ((SELECT …)): the inner parentheses stay.
                items = [exp.Subquery(this=items[0])]
        self.right()
        return items

    # Constructors.

    def _row_constructor(self) -> exp.Expr:
        return fx.RowConstructor(expressions=self.wrapped_or_empty(self.parse_value_item))

    def parse_value_item(self) -> exp.Expr:
        """A value of a row; it may be a query without parentheses of its own."""
        return self.parse_query() if self.at_query() else self.parse_item()

    def _collection(self, word: str) -> exp.Expr:
        token = self._prev
        if self._match(TokenType.L_BRACKET):
            items = [] if self.at_type(TokenType.R_BRACKET) else self.commas(self.parse_expr)
            self.expect_type(TokenType.R_BRACKET, "]")
            parenthesized = None
        else:
            items = self.wrapped_or_empty(self.parse_value_item)
            parenthesized = True
        node: exp.Expr
        if word == "ARRAY":
            node = exp.Array(expressions=items, bracket_notation=not parenthesized)
        elif word == "MAP":
            node = fx.MapConstructor(expressions=items, parenthesized=parenthesized)
        else:
            node = fx.MultisetConstructor(expressions=items, parenthesized=parenthesized)
        return self.expression(node, token)

    def _case(self) -> exp.Expr:
        token = self._curr
        self._advance()
        operand = None if self.at("WHEN") else self.parse_expr()
        branches: list[exp.Expr] = []
        while self.word("WHEN"):
            values = self.commas(self.parse_expr)
            condition = values[0] if len(values) == 1 else fx.CaseValues(expressions=values)
            self.expect("THEN")
            branches.append(exp.If(this=condition, true=self.parse_expr()))
        default = self.parse_expr() if self.word("ELSE") else None
        self.expect("END")
        return self.expression(exp.Case(this=operand, ifs=branches, default=default), token)
