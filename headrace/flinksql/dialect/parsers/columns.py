"""The parts of CREATE TABLE and ALTER TABLE: columns, constraints, watermarks, options, distribution."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.dialect.parsers.changes import ChangeParser


class ColumnParser(ChangeParser):
    """Reads what stands between a table's parentheses and behind them."""

    def parse_schema_element(self) -> exp.Expr:
        """A column, a constraint or a watermark."""
        if self.at("WATERMARK"):
            return self.parse_watermark()
        if self.at_any("CONSTRAINT", "PRIMARY", "UNIQUE"):
            return self.parse_constraint()
        return self.parse_column()

    def parse_watermark(self) -> exp.Expr:
        """WATERMARK FOR ts AS …"""
        token = self._curr
        self.expect("WATERMARK", "FOR")
        column = self.path()
        self.expect("AS")
        return self.expression(fx.Watermark(this=column, expression=self.parse_expr()), token)

    def parse_constraint(self) -> exp.Expr:
        """[CONSTRAINT c] PRIMARY KEY | UNIQUE (columns) [[NOT] ENFORCED]."""
        name = self.name() if self.word("CONSTRAINT") else None
        kind = self._unique_kind()
        columns = self.wrapped_names()
        enforced = self._enforced()
        if kind == "PRIMARY KEY" and name is None:
            return exp.PrimaryKey(expressions=columns, options=[enforced] if enforced else [])
        return fx.NamedConstraint(this=name, kind=kind, expressions=columns, enforced=enforced)

    def _unique_kind(self) -> str:
        if self.word("UNIQUE"):
            return "UNIQUE"
        self.expect("PRIMARY", "KEY")
        return "PRIMARY KEY"

    def _enforced(self) -> str | None:
        if self.word("NOT", "ENFORCED"):
            return "NOT ENFORCED"
        return "ENFORCED" if self.word("ENFORCED") else None

    def parse_column(self) -> exp.Expr:
        """A physical, metadata or computed column; or, in CREATE TABLE … AS, a bare name."""
        name: exp.Expr = self.path()
        column = exp.ColumnDef(this=name)
        constraints: list[exp.Expr] = []
        if self.word("AS"):
            constraints.append(exp.ComputedColumnConstraint(this=self.parse_expr()))
        elif not self._at_column_end():
            column.set("kind", self.parse_type_with_nullability())
            constraints += self._column_constraints()
        if self.word("COMMENT"):
            constraints.append(exp.CommentColumnConstraint(this=self.parse_string_literal()))
        column.set("constraints", [exp.ColumnConstraint(kind=constraint) for constraint in constraints])
        column.meta.update((name.this if isinstance(name, exp.Dot) else name).meta)
        return column

    def _at_column_end(self) -> bool:
        return (
            self._index >= self._tokens_size
            or self._curr.token_type in (TokenType.COMMA, TokenType.R_PAREN)
            or self.at("COMMENT")
        )

    def _column_constraints(self) -> list[exp.Expr]:
        if self.word("METADATA"):
            key = self.parse_string_literal() if self.word("FROM") else None
            return [fx.MetadataColumn(this=key, virtual=self.word("VIRTUAL") or None)]
        if self.at_any("CONSTRAINT", "PRIMARY", "UNIQUE"):
            name = self.name() if self.word("CONSTRAINT") else None
            kind = self._unique_kind()
            enforced = self._enforced()
            return [fx.NamedConstraint(this=name, kind=kind, enforced=enforced)]
        return []

    # Options.

    def parse_options(self) -> exp.Expr:
        """('key' = 'value', …)."""
        return fx.Options(expressions=self.wrapped_or_empty(self._option))

    def _option(self) -> exp.Expr:
        key = self.parse_string_literal()
        self.expect_type(TokenType.EQ, "=")
        return exp.Property(this=key, value=self.parse_string_literal())

    def parse_option_keys(self) -> exp.Expr:
        """('key', …)."""
        return fx.OptionKeys(expressions=self.wrapped_or_empty(self.parse_string_literal))

    # Clauses behind a table's columns, as properties, in any order of Flink's.

    def parse_table_properties(self, stop: Sequence[str] = ()) -> list[exp.Expr]:
        """COMMENT, DISTRIBUTED, PARTITIONED BY, WITH, LIKE, FRESHNESS, REFRESH_MODE, START_MODE, LANGUAGE, USING …"""
        properties: list[exp.Expr] = []
        while True:
            found = self._table_property()
            if found is None:
                return properties
            properties += found

    def _table_property(self) -> list[exp.Expr] | None:
        if self.word("COMMENT"):
            return [exp.SchemaCommentProperty(this=self.parse_string_literal())]
        if self.at_any("DISTRIBUTED"):
            self._advance()
            return [self.parse_distribution()]
        if self.word("PARTITIONED", "BY"):
            return [exp.PartitionedByProperty(this=exp.Schema(expressions=self.wrapped_names()))]
        if self.word("WITH"):
            options: list[exp.Expr] = self.wrapped_or_empty(self._option)
            return options or [fx.Options(expressions=[])]
        if self.word("LIKE"):
            return [self._like()]
        if self.word("FRESHNESS"):
            self.expect_type(TokenType.EQ, "=")
            return [fx.Freshness(this=self.parse_interval())]
        if self.word("REFRESH_MODE"):
            self.expect_type(TokenType.EQ, "=")
            return [fx.RefreshMode(this=exp.Var(this=self.expect_one_of("FULL", "CONTINUOUS")))]
        if self.word("START_MODE"):
            self.expect_type(TokenType.EQ, "=")
            return [self._start_mode()]
        return None

    def _start_mode(self) -> exp.Expr:
        word = self.expect_one_of(
            *("FROM_NOW", "FROM_BEGINNING", "FROM_TIMESTAMP"),
            *("RESUME_OR_FROM_NOW", "RESUME_OR_FROM_BEGINNING", "RESUME_OR_FROM_TIMESTAMP"),
        )
        argument = None
        if self._match(TokenType.L_PAREN):
            argument = self.parse_expr()
            self.right()
        return fx.StartMode(this=exp.Var(this=word), expression=argument)

    def parse_distribution(self) -> exp.Expr:
        """Behind DISTRIBUTED or DISTRIBUTION: [BY [HASH | RANGE] (columns)] [INTO n BUCKETS]."""
        node = fx.Distribution()
        if self.word("BY"):
            node.set("kind", self.one_of("HASH", "RANGE"))
            node.set("expressions", list(self.wrapped_names()))
        if self.word("INTO"):
            node.set("buckets", self.number())
            self.expect("BUCKETS")
        return node

    def _like(self) -> exp.Expr:
        table = self.table_name()
        options: list[str] = []
        if self._match(TokenType.L_PAREN):
            while not self._match(TokenType.R_PAREN):
                strategy = self.expect_one_of("INCLUDING", "EXCLUDING", "OVERWRITING")
                feature = self.expect_one_of(
                    *("ALL", "CONSTRAINTS", "DISTRIBUTION", "GENERATED", "METADATA", "OPTIONS"),
                    *("PARTITIONS", "WATERMARKS"),
                )
                options.append(f"{strategy} {feature}")
        return fx.LikeTable(this=table, expressions=options)
