"""Statements: which part of the parser reads what, and where one ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from sqlglot import exp
from sqlglot.tokenizer_core import Token, TokenType

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.dialect.parsers.characters import foreign_character, remedy_for
from headrace.flinksql.dialect.parsers.utilities import UtilityParser

_CLIENT_COMMANDS = ("QUIT", "EXIT", "CLEAR", "HELP")


class FlinkParser(UtilityParser):
    """Flink SQL's parser."""

    def parse_statement(self) -> exp.Expr:
        """Any statement; what is none is read as an expression, for sqlglot's own builders."""
        word = self._curr.text.upper() if self._curr.token_type == TokenType.VAR else ""
        reader = self.READERS.get(word)
        if reader is not None and not (word == "REPLACE" and self.at_type(TokenType.L_PAREN, 1)):
            return reader(self)
        if self.at("STATEMENT", "SET"):
            return self.parse_statement_set()
        if self.at_query() or self._at_query_in_parentheses():
            return self.parse_query()
        if self._tokens_size == 1 and word in (*_CLIENT_COMMANDS, "END"):
            self._advance()
            return fx.Utility(kind=word)
        return self.aliased(self.parse_item(), explicit=True)

    READERS: ClassVar[dict[str, Callable[[FlinkParser], exp.Expr]]] = {
        "CREATE": lambda self: self.parse_create(),
        "REPLACE": lambda self: self.parse_create(),
        "DROP": lambda self: self.parse_drop(),
        "ALTER": lambda self: self.parse_alter(),
        "INSERT": lambda self: self.parse_insert(),
        "UPSERT": lambda self: self.parse_insert(),
        "UPDATE": lambda self: self.parse_update(),
        "DELETE": lambda self: self.parse_delete(),
        "MERGE": lambda self: self.parse_merge(),
        "TRUNCATE": lambda self: self.parse_truncate() if self.at("TRUNCATE", "TABLE") else self.parse_item(),
        "SHOW": lambda self: self.parse_show(),
        "DESCRIBE": lambda self: self.parse_describe(),
        "DESC": lambda self: self.parse_describe(),
        "USE": lambda self: self.parse_use(),
        "LOAD": lambda self: self.parse_module(),
        "UNLOAD": lambda self: self.parse_module(),
        "ADD": lambda self: self.parse_jar(),
        "REMOVE": lambda self: self.parse_jar(),
        "STOP": lambda self: self.parse_stop(),
        "ANALYZE": lambda self: self.parse_analyze(),
        "CALL": lambda self: self.parse_call_statement(),
        "EXPLAIN": lambda self: self.parse_explain(),
        "COMPILE": lambda self: self.parse_compile(),
        "EXECUTE": lambda self: self.parse_execute(),
        "BEGIN": lambda self: self.parse_begin(),
        "SET": lambda self: self.parse_set_or_reset(),
        "RESET": lambda self: self.parse_set_or_reset(),
    }

    # sqlglot's doors.

    def _parse_statement(self) -> exp.Expr | None:
        return self.parse_statement() if self._index < self._tokens_size else None

    def _parse_expression(self) -> exp.Expr | None:
        return self.aliased(self.parse_item())

    def _parse_types(
        self,
        check_func: bool = False,
        schema: bool = False,
        allow_identifiers: bool = True,
        with_collation: bool = False,
    ) -> exp.Expr | None:
        return self.parse_type_with_nullability()

    EXPRESSION_PARSERS: ClassVar = {
        exp.Column: lambda self: self.parse_operand(),
        exp.ColumnDef: lambda self: self.parse_column(),
        exp.Condition: lambda self: self.parse_expr(),
        exp.DataType: lambda self: self.parse_type_with_nullability(),
        exp.Expr: lambda self: self.aliased(self.parse_item()),
        exp.From: lambda self: exp.From(this=self.parse_table_factor()) if self.word("FROM") else None,
        exp.Identifier: lambda self: self.name(),
        exp.Join: lambda self: self._join(),
        exp.Order: lambda self: self.parse_order(),
        exp.Ordered: lambda self: self.parse_ordered(),
        exp.Select: lambda self: self.parse_query(),
        exp.Table: lambda self: self.parse_table_factor(),
        exp.TableAlias: lambda self: self.parse_table_alias(),
        exp.Where: lambda self: exp.Where(this=self.parse_expr()) if self.word("WHERE") else None,
        exp.With: lambda self: self.parse_with(),
    }

    def _parse(
        self,
        parse_method: Callable[..., exp.Expr | None],
        raw_tokens: list[Token],
        sql: str | None = None,
    ) -> list[exp.Expr | None]:
        """As sqlglot's, but a semicolon within STATEMENT SET BEGIN … END ends no statement."""
        self.reset()
        self.sql = sql or ""
        self._chunks = split_tokens(raw_tokens) or [[]]
        foreign = foreign_character(raw_tokens, self.sql)
        if foreign is not None:
            raise self.error_at(remedy_for(self.sql[foreign]), foreign, foreign + 1)
        return self._parse_batch_statements(parse_method=parse_method, sep_first_statement=False)

    def _parse_batch_statements(
        self, parse_method: Callable[..., exp.Expr | None], sep_first_statement: bool = True
    ) -> list[exp.Expr | None]:
        expressions: list[exp.Expr | None] = []
        while self._chunk_index < len(self._chunks):
            self._advance_chunk()
            expressions.append(parse_method(self))
            if self._index < self._tokens_size:
                self.fail_rest()
            self.check_errors()
        return expressions


def split_tokens(tokens: list[Token]) -> list[list[Token]]:
    """The tokens of each statement, without the semicolons between them; empty statements are left out.

    STATEMENT SET BEGIN … END is one statement.
    """
    statements: list[list[Token]] = []
    current: list[Token] = []
    inside = False
    for token in tokens:
        word = token.text.upper() if token.token_type == TokenType.VAR else ""
        if token.token_type == TokenType.SEMICOLON and not inside:
            if current:
                statements.append(current)
            current = []
            continue
        behind_semicolon = bool(current) and current[-1].token_type == TokenType.SEMICOLON
        if inside and word == "END" and (behind_semicolon or _words(current, 3) == ["STATEMENT", "SET", "BEGIN"]):
            inside = False
        current.append(token)
        if _words(current, 3) == ["STATEMENT", "SET", "BEGIN"]:
            inside = True
    if current:
        statements.append(current)
    return statements


def _words(tokens: list[Token], number: int) -> list[str]:
    return [token.text.upper() for token in tokens[-number:]]
