"""Queries: WITH, SELECT, VALUES, set operations, ORDER BY, LIMIT."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.dialect.parsers.json_functions import JsonParser

_SET_OPERATIONS: dict[str, type[exp.SetOperation]] = {
    "UNION": exp.Union,
    "INTERSECT": exp.Intersect,
    "EXCEPT": exp.Except,
}


class QueryParser(JsonParser):
    """Reads queries; tables are read by TableParser."""

    def parse_from(self) -> tuple[exp.From, list[exp.Join]]:
        """FROM's tables, the first apart from those that are joined."""
        raise NotImplementedError

    def parse_hints(self) -> exp.Hint | None:
        """/*+ … */, if it comes next."""
        raise NotImplementedError

    def parse_query(self) -> exp.Expr:
        """A query with WITH, set operations, ORDER BY and LIMIT."""
        with_ = self.parse_with() if self.at("WITH") else None
        node = self._set_operations(0)
        self._order_and_limit(node)
        if with_ is not None:
            node.set("with_", with_)
        return node

    def parse_with(self) -> exp.With:
        """WITH [RECURSIVE] …"""
        self.expect("WITH")
        recursive = self.word("RECURSIVE")
        return exp.With(expressions=self.commas(self._cte), recursive=recursive)

    def _cte(self) -> exp.CTE:
        name = self.name()
        columns = self.wrapped_names() if self.at_type(TokenType.L_PAREN) else None
        self.expect("AS")
        self.left()
        query = self.parse_query()
        self.right()
        return self.expression(exp.CTE(this=query, alias=exp.TableAlias(this=name, columns=columns)))

    def _set_operations(self, lowest: int) -> exp.Expr:
        """INTERSECT binds stronger than UNION and EXCEPT."""
        left = self._leaf()
        while self.at_any(*_SET_OPERATIONS):
            word = self._curr.text.upper()
            strength = 2 if word == "INTERSECT" else 1
            if strength < lowest:
                break
            self._advance()
            quantifier = self.one_of("ALL", "DISTINCT")
            right = self._set_operations(strength + 1)
            left = _SET_OPERATIONS[word](this=left, expression=right, distinct=quantifier != "ALL")
        if self.at("MINUS"):
            raise self.error("Flink does not know MINUS: write EXCEPT")
        return left

    def _leaf(self) -> exp.Expr:
        if self.at("SELECT"):
            return self._select()
        if self.at_any("VALUES", "VALUE"):
            return self._values()
        if self.word("TABLE"):
            return fx.ExplicitTable(this=self.table_name())
        if self._match(TokenType.L_PAREN):
            query = exp.Subquery(this=self.parse_query())
            self.right()
            return query
        return self.fail("Expected a query")

    def _select(self) -> exp.Select:
        token = self._curr
        self.expect("SELECT")
        hint = self.parse_hints()
        stream = self.at("STREAM") and self._next.token_type != TokenType.COMMA and self.word("STREAM")
        quantifier = self.one_of("ALL", "DISTINCT")
        select = exp.Select(
            hint=hint,
            distinct=exp.Distinct() if quantifier == "DISTINCT" else None,
            operation_modifiers=[
                w for w in ("STREAM" if stream else None, "ALL" if quantifier == "ALL" else None) if w
            ],
            expressions=self.commas(self._select_item),
        )
        if self.word("FROM"):
            from_, joins = self.parse_from()
            select.set("from_", from_)
            select.set("joins", joins)
            self._select_clauses(select)
        return self.expression(select, token)

    def _select_clauses(self, select: exp.Select) -> None:
        if self.word("WHERE"):
            select.set("where", exp.Where(this=self.parse_expr()))
        if self.word("GROUP", "BY"):
            select.set("group", self._group())
        if self.word("HAVING"):
            select.set("having", exp.Having(this=self.parse_expr()))
        if self.word("WINDOW"):
            select.set("windows", self.commas(self._named_window))
        if self.word("QUALIFY"):
            select.set("qualify", exp.Qualify(this=self.parse_expr()))

    def _select_item(self) -> exp.Expr:
        token = self._curr
        if self._match(TokenType.STAR):
            return self.aliased(self.expression(exp.Star(), token))
        return self.aliased(self.parse_expr())

    def aliased(self, node: exp.Expr, explicit: bool = False) -> exp.Expr:
        """An expression with its name, if it has one; with AS, if that is asked for."""
        if self.word("AS"):
            if self.at_type(TokenType.STRING):
                raise self.error("An alias is a name, not a string: write it in `…` if it is no plain word")
            return exp.Alias(this=node, alias=self.name())
        return exp.Alias(this=node, alias=self.name()) if self.at_name() and not explicit else node

    def _group(self) -> exp.Group:
        quantifier = self.one_of("DISTINCT", "ALL")
        items = self.commas(self._grouping_element)
        return exp.Group(expressions=items, all={"ALL": True, "DISTINCT": False, None: None}[quantifier])

    def _grouping_element(self) -> exp.Expr:
        if self.word("GROUPING", "SETS"):
            return exp.GroupingSets(expressions=self.wrapped(self._grouping_element))
        if self.at("ROLLUP") and self.at_type(TokenType.L_PAREN, 1):
            self._advance()
            return exp.Rollup(expressions=self.wrapped(self.parse_expr))
        if self.at("CUBE") and self.at_type(TokenType.L_PAREN, 1):
            self._advance()
            return exp.Cube(expressions=self.wrapped(self.parse_expr))
        if self.at_type(TokenType.L_PAREN) and self.at_type(TokenType.R_PAREN, 1):
            self._advance(2)
            return exp.Tuple(expressions=[])
        return self.parse_expr()

    def _named_window(self) -> exp.Window:
        name = self.name()
        self.expect("AS")
        parts = self.parse_window_parts()
        # As in sqlglot: `this` is the new window's name, `alias` the window that it builds on.
        return exp.Window(this=name, **parts)

    def _values(self) -> exp.Expr:
        token = self._curr
        self._advance()
        return self.expression(exp.Values(expressions=self.commas(self._row_of_values)), token)

    def _row_of_values(self) -> exp.Expr:
        if self.at_type(TokenType.L_PAREN):
            index = self._index
            self._advance()
            items = self.commas(self.parse_value_item)
            self.right()
            if self.at_type(TokenType.COMMA) or not self._at_operator():
                return exp.Tuple(expressions=items)
            self._retreat(index)
        return self.parse_expr()

    def _at_operator(self) -> bool:
        kinds = (
            *(TokenType.PLUS, TokenType.DASH, TokenType.STAR, TokenType.SLASH, TokenType.MOD, TokenType.DPIPE),
            *(TokenType.EQ, TokenType.NEQ, TokenType.LT, TokenType.LTE, TokenType.GT, TokenType.GTE),
            *(TokenType.L_BRACKET, TokenType.DOT, TokenType.DCOLON),
        )
        return self._curr.token_type in kinds or self.at_any("AND", "OR", "IS", "IN", "BETWEEN", "LIKE")

    # ORDER BY and LIMIT.

    def parse_order(self) -> exp.Order:
        """ORDER BY …"""
        self.expect("ORDER", "BY")
        return exp.Order(expressions=self.commas(self.parse_ordered))

    def parse_ordered(self) -> exp.Ordered:
        """An item of ORDER BY; `nulls_first` is None if it is not written."""
        node = self.parse_expr()
        direction = self.one_of("ASC", "DESC")
        nulls = None
        if self.at_any("NULLS") and self._next.text.upper() in ("FIRST", "LAST"):
            self._advance()
            nulls = self.expect_one_of("FIRST", "LAST") == "FIRST"
        desc = {"ASC": False, "DESC": True, None: None}[direction]
        return exp.Ordered(this=node, desc=desc, nulls_first=nulls)

    def _order_and_limit(self, node: exp.Expr) -> None:
        if self.at("ORDER", "BY"):
            node.set("order", self.parse_order())
        if self.word("LIMIT"):
            self._limit(node)
        if self.word("OFFSET"):
            node.set("offset", exp.Offset(expression=self._count()))
            self.one_of("ROW", "ROWS")
            if self.at("LIMIT"):
                raise self.error("Flink wants LIMIT before OFFSET: write LIMIT 10 OFFSET 20")
        if self.at("FETCH") and not node.args.get("limit"):
            self._advance()
            direction = self.expect_one_of("FIRST", "NEXT")
            node.set("limit", exp.Fetch(direction=direction, count=self._count()))
            self.expect_one_of("ROW", "ROWS")
            self.expect("ONLY")

    def _limit(self, node: exp.Expr) -> None:
        if self.word("ALL"):
            node.set("limit", exp.Limit(expression=exp.Var(this="ALL")))
            return
        count = self._count()
        if self.at_type(TokenType.COMMA):
            raise self.error("Flink does not know LIMIT with two numbers: write LIMIT 10 OFFSET 20")
        node.set("limit", exp.Limit(expression=count))

    def _count(self) -> exp.Expr:
        if self._match(TokenType.PLACEHOLDER):
            return exp.Placeholder()
        literal = self.parse_literal()
        if not isinstance(literal, exp.Literal):
            self.fail("Expected a number")
        return literal
