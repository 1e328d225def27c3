"""CREATE and DROP."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.dialect.parsers.columns import ColumnParser

_KINDS = ("CATALOG", "DATABASE", "TABLE", "VIEW", "FUNCTION", "MODEL", "CONNECTION")


class DefinitionParser(ColumnParser):
    """Reads CREATE into exp.Create, DROP into exp.Drop."""

    def parse_create(self) -> exp.Expr:
        """CREATE [OR REPLACE | OR ALTER] [TEMPORARY [SYSTEM]] kind …; also REPLACE TABLE."""
        token = self._curr
        verb = self.expect_one_of("CREATE", "REPLACE")
        replace = "REPLACE" if verb == "REPLACE" else None
        if self.word("OR"):
            replace = f"OR {self.expect_one_of('REPLACE', 'ALTER')}"
        properties: list[exp.Expr] = []
        if self.word("TEMPORARY"):
            properties.append(exp.TemporaryProperty())
        if self.word("SYSTEM"):
            properties.append(exp.TemporaryProperty(this="SYSTEM"))
        kind = self._kind()
        exists = self.word("IF", "NOT", "EXISTS")
        target: exp.Expr = self.table_name()
        expression: exp.Expr | None = None
        if kind == "FUNCTION":
            expression = self._function_body(properties)
        else:
            target = self._schema(kind, target, properties)
            properties += self.parse_table_properties()
            if self.word("AS"):
                expression = self.parse_query()
        node = exp.Create(
            this=target,
            kind=kind,
            expression=expression,
            exists=exists,
            properties=exp.Properties(expressions=properties) if properties else None,
            replace=replace is not None,
        )
        if replace in ("REPLACE", "OR ALTER"):
            # Flink tells REPLACE TABLE and CREATE OR ALTER from CREATE OR REPLACE.
            node.set("clone", exp.Var(this=replace))
        return self.expression(node, token)

    def _kind(self) -> str:
        if self.word("MATERIALIZED", "TABLE"):
            return "MATERIALIZED TABLE"
        return self.expect_one_of(*_KINDS)

    def _schema(self, kind: str, target: exp.Expr, properties: list[exp.Expr]) -> exp.Expr:
        if kind == "MODEL":
            for word in ("INPUT", "OUTPUT"):
                if self.word(word):
                    columns = self.wrapped(self.parse_column)
                    properties.append(fx.ModelSchema(kind=word, expressions=columns))
        elif kind == "VIEW" and self.at_type(TokenType.L_PAREN):
            return exp.Schema(this=target, expressions=self.wrapped_names())
        elif self.at_type(TokenType.L_PAREN):
            return exp.Schema(this=target, expressions=self.wrapped_or_empty(self.parse_schema_element))
        return target

    def _function_body(self, properties: list[exp.Expr]) -> exp.Expr | None:
        """AS 'class' [LANGUAGE …] [USING JAR '…', …] [WITH (…)]."""
        body = self.parse_string_literal() if self.word("AS") else None
        if self.word("LANGUAGE"):
            properties.append(exp.LanguageProperty(this=exp.Var(this=self.word_text().upper())))
        if self.word("USING"):
            properties.append(fx.Resources(expressions=self.commas(self._resource)))
        properties += self.parse_table_properties()
        return body

    def _resource(self) -> exp.Expr:
        kind = self.expect_one_of("JAR", "FILE", "ARCHIVE", "ARTIFACT")
        return fx.Resource(kind=kind, this=self.parse_string_literal())

    def parse_drop(self) -> exp.Expr:
        """DROP [TEMPORARY [SYSTEM]] kind [IF EXISTS] name [RESTRICT | CASCADE]."""
        token = self._curr
        self.expect("DROP")
        temporary = self.word("TEMPORARY")
        system = self.word("SYSTEM")
        kind = self._kind()
        node = exp.Drop(
            kind=f"SYSTEM {kind}" if system else kind,
            temporary=temporary,
            exists=self.word("IF", "EXISTS"),
            tables=[self.table_name()],
        )
        behavior = self.one_of("RESTRICT", "CASCADE")
        if behavior:
            node.set(behavior.lower(), True)
        return self.expression(node, token)
