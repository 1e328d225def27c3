"""INSERT, UPDATE, DELETE, MERGE, TRUNCATE."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.dialect.parsers.match_recognize import MatchRecognizeParser


class ChangeParser(MatchRecognizeParser):
    """Reads statements that change rows."""

    def parse_insert(self) -> exp.Expr:
        """INSERT INTO | OVERWRITE t [PARTITION (…)] [(columns)] query [ON CONFLICT …]."""
        token = self._curr
        verb = self.expect_one_of("INSERT", "UPSERT")
        overwrite = self.expect_one_of("INTO", "OVERWRITE") == "OVERWRITE"
        table = self.hinted_table(self.table_name())
        columns = self._insert_columns()
        partition = self.parse_partition_spec() if self.at("PARTITION") else None
        columns = columns or self._insert_columns()
        target = exp.Schema(this=table, expressions=columns) if columns else table
        query = self.parse_query()
        node = exp.Insert(
            this=target,
            expression=query,
            overwrite=overwrite,
            partition=partition,
            alternative="UPSERT" if verb == "UPSERT" else None,
            conflict=self._conflict(),
        )
        return self.expression(node, token)

    def _insert_columns(self) -> list[exp.Expr]:
        if not self.at_type(TokenType.L_PAREN) or self._at_query_in_parentheses():
            return []
        return self.wrapped(self.path)

    def _at_query_in_parentheses(self) -> bool:
        offset = self._index
        while offset < self._tokens_size and self._tokens[offset].token_type == TokenType.L_PAREN:
            offset += 1
        token = self._tokens[offset] if offset < self._tokens_size else self._curr
        return token.token_type == TokenType.VAR and token.text.upper() in (
            "SELECT",
            "VALUES",
            "VALUE",
            "WITH",
            "TABLE",
        )

    def parse_partition_spec(self) -> exp.Expr:
        """PARTITION (a = 1, b)."""
        self.expect("PARTITION")
        return fx.PartitionSpec(expressions=self.wrapped(self._partition_item))

    def _partition_item(self) -> exp.Expr:
        name = self.name()
        if self._match(TokenType.EQ):
            return exp.EQ(this=name, expression=self.parse_operators(40))
        return name

    def _conflict(self) -> exp.Expr | None:
        if not self.word("ON", "CONFLICT"):
            return None
        self.expect("DO")
        return fx.ConflictAction(this=self.expect_one_of("DEDUPLICATE", "NOTHING", "ERROR"))

    def parse_update(self) -> exp.Expr:
        """UPDATE t SET a = 1, … [WHERE …]."""
        self.expect("UPDATE")
        table = self._changed_table()
        self.expect("SET")
        changes = self.commas(self._assignment)
        where = exp.Where(this=self.parse_expr()) if self.word("WHERE") else None
        return exp.Update(this=table, expressions=changes, where=where)

    def _changed_table(self) -> exp.Expr:
        table = self._named_table(self.names())
        alias = self.parse_table_alias()
        if alias is not None:
            table.set("alias", alias)
        return table

    def _assignment(self) -> exp.Expr:
        target = self.path()
        self.expect_type(TokenType.EQ, "=")
        return exp.EQ(this=target, expression=self.parse_expr())

    def parse_delete(self) -> exp.Expr:
        """DELETE FROM t [WHERE …]."""
        self.expect("DELETE", "FROM")
        table = self._changed_table()
        where = exp.Where(this=self.parse_expr()) if self.word("WHERE") else None
        return exp.Delete(this=table, where=where)

    def parse_merge(self) -> exp.Expr:
        """MERGE INTO t USING s ON … WHEN …"""
        self.expect("MERGE", "INTO")
        table = self._changed_table()
        self.expect("USING")
        source = self.parse_table_factor()
        self.expect("ON")
        condition = self.parse_expr()
        whens: list[exp.Expr] = []
        while self.word("WHEN"):
            matched = not self.word("NOT")
            self.expect("MATCHED")
            self.expect("THEN")
            whens.append(exp.When(matched=matched, then=self._merge_action(matched)))
        return exp.Merge(this=table, using=source, on=condition, whens=exp.Whens(expressions=whens))

    def _merge_action(self, matched: bool) -> exp.Expr:
        if matched:
            self.expect("UPDATE", "SET")
            return exp.Update(expressions=self.commas(self._assignment))
        self.expect("INSERT")
        columns = self.wrapped(self.path) if self.at_type(TokenType.L_PAREN) else []
        wrapped = self._match(TokenType.L_PAREN)
        self.expect("VALUES")
        values = self._row_of_values()
        if wrapped:
            self.right()
        return exp.Insert(this=exp.Tuple(expressions=columns) if columns else None, expression=values)

    def parse_truncate(self) -> exp.Expr:
        """TRUNCATE TABLE t."""
        self.expect("TRUNCATE", "TABLE")
        return fx.Utility(kind="TRUNCATE TABLE", this=self.table_name())
