"""FROM: tables, joins, functions, snapshots."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.dialect.parsers.table_suffixes import TableSuffixParser
from headrace.flinksql.dialect.parsers.words import table_of

_JOIN_WORDS = ("JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "NATURAL")


class TableParser(TableSuffixParser):
    """Reads what stands behind FROM and JOIN."""

    def parse_match_recognize(self, table: exp.Expr) -> exp.Expr:
        """MATCH_RECOGNIZE behind a table."""
        raise NotImplementedError

    def parse_from(self) -> tuple[exp.From, list[exp.Join]]:
        """FROM's tables, the first apart from those that are joined."""
        first = self.parse_table_factor()
        joins = self._joins()
        while self._match(TokenType.COMMA):
            joins.append(exp.Join(this=self.parse_table_factor()))
            joins += self._joins()
        return exp.From(this=first), joins

    # Joins.

    def _joins(self) -> list[exp.Join]:
        joins: list[exp.Join] = []
        while True:
            if self.at("CROSS", "APPLY") or self.at("OUTER", "APPLY"):
                join = "CROSS JOIN" if self.at("CROSS") else "LEFT JOIN … ON TRUE"
                raise self.error(f"Flink does not know APPLY: write {join} with LATERAL TABLE (…)")
            if self.at_any(*_JOIN_WORDS):
                joins.append(self._join())
            else:
                return joins

    def _join(self) -> exp.Join:
        token = self._curr
        method = "NATURAL" if self.word("NATURAL") else None
        side = self.one_of("LEFT", "RIGHT", "FULL")
        kind = None
        if side:
            self.word("OUTER")
        else:
            kind = self.one_of("INNER", "CROSS")
        self.expect("JOIN")
        join = exp.Join(this=self.parse_table_factor(), method=method, side=side, kind=kind)
        if self.word("ON"):
            join.set("on", self.parse_expr())
        elif self.word("USING"):
            join.set("using", list(self.wrapped_names()))
        elif not side and not kind and not method:
            # A comma's join has none of these words.
            join.set("kind", "INNER")
        return self.expression(join, token)

    # Tables.

    def parse_table_factor(self) -> exp.Expr:
        """A table, subquery or function, with all that may stand behind it."""
        node = self._table_primary()
        pivots: list[exp.Expr] = []
        while self.at_any("PIVOT", "UNPIVOT") and self._next.token_type in (TokenType.L_PAREN, TokenType.VAR):
            pivots.append(self.parse_pivot() if self.word("PIVOT") else self.parse_unpivot())
        if pivots:
            node.set("pivots", pivots)
        alias = self.parse_table_alias()
        if alias is not None:
            node.set("alias", alias)
        if self.word("TABLESAMPLE"):
            node.set("sample", self.parse_sample())
        return node

    def _table_primary(self) -> exp.Expr:
        if self.at("LATERAL"):
            return self._lateral()
        if self.at("UNNEST") and self.at_type(TokenType.L_PAREN, 1):
            return self._unnest()
        if self.at("TABLE") and self.at_type(TokenType.L_PAREN, 1):
            return self._table_function()
        if self.at_type(TokenType.L_PAREN):
            return self._followed_by_match(self._parenthesized_table())
        index = self._index
        names = self._table_names()
        if self.at_type(TokenType.L_PAREN) and not self._at_extension():
            self._retreat(index)
            return self._implicit_function()
        return self._named_table(names)

    def _table_names(self) -> list[exp.Identifier]:
        token = self._curr
        if not self.at_name() and token.token_type == TokenType.VAR and self.at_type(TokenType.L_PAREN, 1):
            self._advance()
            return [self.identifier(token)]
        return self.names()

    def _named_table(self, names: list[exp.Identifier]) -> exp.Expr:
        table = self.hinted_table(table_of(names))
        if self.word("FOR", "SYSTEM_TIME", "AS", "OF"):
            version = exp.Version(this="SYSTEM_TIME", kind="AS OF", expression=self.parse_expr())
            table.set("version", version)
        return self._followed_by_match(table)

    def _followed_by_match(self, table: exp.Expr) -> exp.Expr:
        following = self._tokens[self._index + 2 : self._index + 3]
        if self.at("AS") and following and following[0].text.upper() == "MATCH_RECOGNIZE":
            table.set("alias", self.parse_table_alias())
        return self.parse_match_recognize(table) if self.at("MATCH_RECOGNIZE") else table

    def hinted_table(self, table: exp.Expr) -> exp.Expr:
        """A table with the hints and the further columns, [EXTEND] (x INT …), that stand behind its name."""
        hint = self.parse_hints()
        if hint is not None:
            table.set("hints", [hint])
        if self.at("EXTEND") or self._at_extension():
            keyword = self.word("EXTEND")
            return fx.ExtendedTable(this=table, expressions=self.wrapped(self._extension), keyword=keyword)
        return table

    def _at_extension(self) -> bool:
        """(x INT …): a name and then a type, not a call's arguments."""
        if not self.at_type(TokenType.L_PAREN):
            return False
        following = self._tokens[self._index + 2 : self._index + 3]
        return (
            self._next.token_type in (TokenType.VAR, TokenType.IDENTIFIER)
            and bool(following)
            and following[0].token_type == TokenType.VAR
            and self._next.text.upper() not in ("TABLE", "SELECT", "DATE", "TIME", "TIMESTAMP", "INTERVAL", "MODEL")
            and following[0].text.upper() not in ("AND", "OR", "IS", "IN", "LIKE", "BETWEEN", "NOT")
        )

    def _extension(self) -> exp.Expr:
        return exp.ColumnDef(this=self.path(), kind=self.parse_type_with_nullability())

    def parse_table_alias(self) -> exp.TableAlias | None:
        """[AS] name [(columns)], if it comes next."""
        if not self.word("AS") and not self.at_name():
            return None
        name = self.name()
        columns = self.wrapped_names() if self.at_type(TokenType.L_PAREN) else None
        return exp.TableAlias(this=name, columns=columns)

    def _parenthesized_table(self) -> exp.Expr:
        """A subquery, or joins in parentheses."""
        index = self._index
        self._advance()
        if self.at_query():
            query = self.parse_query()
            self.right()
            return exp.Subquery(this=query)
        if self.at_type(TokenType.L_PAREN):
            self._retreat(index)
            query_or_none = self.attempt(self._subquery)
            if query_or_none is not None:
                return query_or_none
            self._advance()
        inner = self.parse_table_factor()
        joins = self._joins()
        while self._match(TokenType.COMMA):
            joins.append(exp.Join(this=self.parse_table_factor()))
            joins += self._joins()
        if joins:
            inner.set("joins", joins)
        self.right()
        return exp.Subquery(this=inner)

    def _subquery(self) -> exp.Expr:
        self.left()
        query = self.parse_query()
        self.right()
        return exp.Subquery(this=query)

    def _lateral(self) -> exp.Expr:
        token = self._curr
        self._advance()
        node: exp.Expr
        if self.at_type(TokenType.L_PAREN):
            lateral: exp.Expr = self.expression(exp.Lateral(this=self._parenthesized_table()), token)
            return self._followed_by_match(lateral)
        if self.at("TABLE"):
            node = self._table_function()
        elif self.at("UNNEST"):
            node = self._unnest()
        else:
            node = self._implicit_function()
        return self.expression(exp.Lateral(this=node), token)

    def _unnest(self) -> exp.Expr:
        token = self._curr
        self._advance()
        items = self.wrapped(self.parse_value_item)
        ordinality = self.word("WITH", "ORDINALITY")
        return self.expression(exp.Unnest(expressions=items, offset=ordinality or None), token)

    # Functions in FROM.

    def _table_function(self) -> exp.Expr:
        self.expect("TABLE")
        self.left()
        specific = self.word("SPECIFIC") or None
        call = self._table_function_call()
        self.right()
        return fx.TableFunction(this=call, wrapped=True, specific=specific)

    def _implicit_function(self) -> exp.Expr:
        return fx.TableFunction(this=self._table_function_call())

    def _table_function_call(self) -> exp.Expr:
        token = self._curr
        call = self._name_operand()
        if isinstance(call, exp.Anonymous) and str(call.name).upper() in fx.WindowFunction.PARAMETERS:
            window = fx.WindowFunction(this=call.this, expressions=call.expressions)
            return self.expression(window, token)
        return call

    def parse_table_argument(self) -> exp.Expr:
        """TABLE t …, or a query with PARTITION BY, as an argument."""
        if self.at("TABLE"):
            self._advance()
            if self._match(TokenType.L_PAREN):
                query = exp.Subquery(this=self.parse_query())
                self.right()
                return self.parse_partitioned(query, keyword=True)
            return self.parse_partitioned(self.table_name(), keyword=True)
        return self.parse_partitioned(self.parse_query(), keyword=False)

    def parse_partitioned(self, node: exp.Expr, keyword: bool) -> exp.Expr:
        """PARTITION BY and ORDER BY behind a table argument."""
        argument = fx.TableArgument(this=node, keyword=keyword)
        if self.word("PARTITION", "BY"):
            parentheses = self.at_type(TokenType.L_PAREN)
            items = self.wrapped(self.parse_expr) if parentheses else [self.parse_expr()]
            argument.set("partition_by", items)
            argument.set("partition_parentheses", parentheses)
        if self.word("ORDER", "BY"):
            parentheses = self.at_type(TokenType.L_PAREN)
            ordered = self.wrapped(self.parse_ordered) if parentheses else [self.parse_ordered()]
            argument.set("order", exp.Order(expressions=ordered))
            argument.set("order_parentheses", parentheses)
        if keyword or argument.args.get("partition_by") or argument.args.get("order"):
            return argument
        return node
