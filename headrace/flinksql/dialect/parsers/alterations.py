"""ALTER."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.dialect.parsers.definitions import DefinitionParser


class AlterationParser(DefinitionParser):
    """Reads ALTER into exp.Alter; its actions are AlterAction."""

    def parse_alter(self) -> exp.Expr:
        """ALTER kind [IF EXISTS] name action."""
        token = self._curr
        self.expect("ALTER")
        words = [word for word in (self.one_of("TEMPORARY"), self.one_of("SYSTEM")) if word]
        if not words and self.at_any("SESSION", "SYSTEM") is False and self.at_any("SET", "RESET"):
            self.fail("Expected TABLE, VIEW, …")
        if words == ["SYSTEM"] and self.at_any("SET", "RESET"):
            return self.parse_set_or_reset("SYSTEM")
        if self.at("SESSION"):
            self._advance()
            return self.parse_set_or_reset("SESSION")
        kind = self._kind()
        exists = self.word("IF", "EXISTS")
        name = self.table_name()
        partition = self.parse_partition_spec() if self.at("PARTITION") else None
        action = self._function_change() if kind == "FUNCTION" else self._action(kind)
        node = exp.Alter(
            this=name,
            kind=" ".join((*words, kind)),
            exists=exists,
            actions=[action],
            options=[partition] if partition else None,
        )
        return self.expression(node, token)

    def parse_set_or_reset(self, scope: str | None = None) -> exp.Expr:
        """SET and RESET."""
        raise NotImplementedError

    def _function_change(self) -> exp.Expr:
        properties: list[exp.Expr] = []
        body = self._function_body(properties)
        return fx.AlterAction(this="AS", expressions=[body, *properties])

    def _action(self, kind: str) -> exp.Expr:
        if self.word("RENAME"):
            return self._rename()
        if self.word("SET"):
            return self._set()
        if self.word("RESET"):
            return fx.AlterAction(this="RESET", tail=self.parse_option_keys())
        if self.word("ADD"):
            return self._add("ADD")
        if self.word("MODIFY"):
            return self._add("MODIFY")
        if self.word("DROP"):
            return self._drop()
        if self.word("AS"):
            return fx.AlterAction(this="AS", tail=self.parse_query())
        if self.word("COMMENT"):
            return fx.AlterAction(this="COMMENT", tail=self.parse_string_literal())
        if self.word("SUSPEND"):
            return fx.AlterAction(this="SUSPEND")
        if self.word("COMPACT"):
            return fx.AlterAction(this="COMPACT")
        if self.word("RESUME"):
            return fx.AlterAction(this="RESUME WITH" if self.word("WITH") else "RESUME", tail=self._resume_options())
        if self.word("REFRESH"):
            tail = self.parse_partition_spec() if self.at("PARTITION") else None
            return fx.AlterAction(this="REFRESH", tail=tail)
        return self.fail(f"Expected what to alter of the {kind.lower()}")

    def _resume_options(self) -> exp.Expr | None:
        return self.parse_options() if self._prev.text.upper() == "WITH" else None

    def _rename(self) -> exp.Expr:
        if self.word("TO"):
            return exp.AlterRename(this=self.table_name())
        column = self.path()
        self.expect("TO")
        return exp.RenameColumn(this=column, to=self.path())

    def _set(self) -> exp.Expr:
        if self.at_type(TokenType.L_PAREN):
            return fx.AlterAction(this="SET", tail=self.parse_options())
        found = self._table_property()
        if not found:
            self.fail("Expected options in parentheses")
        return fx.AlterAction(this="SET", tail=found[0])

    def _add(self, verb: str) -> exp.Expr:
        if self.word("DISTRIBUTION"):
            return fx.AlterAction(this=f"{verb} DISTRIBUTION", tail=self.parse_distribution())
        exists = "IF NOT EXISTS" if self.word("IF", "NOT", "EXISTS") else None
        if self.at("PARTITION"):
            specs = [self._partition_with_options()]
            while self.at("PARTITION"):
                specs.append(self._partition_with_options())
            return fx.AlterAction(this=verb, exists=exists, expressions=specs, parenthesized="SPACES")
        if self.at_type(TokenType.L_PAREN):
            return fx.AlterAction(this=verb, expressions=self.wrapped(self._added), parenthesized="YES")
        return fx.AlterAction(this=verb, expressions=[self._added()])

    def _partition_with_options(self) -> exp.Expr:
        spec = self.parse_partition_spec()
        if self.word("WITH"):
            spec.set("options", self.parse_options())
        return spec

    def _added(self) -> exp.Expr:
        element = self.parse_schema_element()
        if self.word("FIRST"):
            return fx.AlterAction(this="", expressions=[element], tail=fx.ColumnPlace())
        if self.word("AFTER"):
            return fx.AlterAction(this="", expressions=[element], tail=fx.ColumnPlace(this=self.path()))
        return element

    def _drop(self) -> exp.Expr:
        for words in ("PRIMARY KEY", "WATERMARK", "DISTRIBUTION"):
            if self.word(*words.split()):
                return fx.AlterAction(this=f"DROP {words}")
        if self.word("CONSTRAINT"):
            return fx.AlterAction(this="DROP CONSTRAINT", tail=self.name())
        exists = "IF EXISTS" if self.word("IF", "EXISTS") else None
        if self.at("PARTITION"):
            specs = self.commas(self.parse_partition_spec)
            return fx.AlterAction(this="DROP", exists=exists, expressions=specs)
        if self.at_type(TokenType.L_PAREN):
            return fx.AlterAction(this="DROP", expressions=self.wrapped(self.path), parenthesized="YES")
        return fx.AlterAction(this="DROP", expressions=[self.path()])
