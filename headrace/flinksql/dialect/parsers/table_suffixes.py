"""What may stand behind a table: hints, TABLESAMPLE, PIVOT and UNPIVOT."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.dialect.parsers.queries import QueryParser


class TableSuffixParser(QueryParser):
    """Reads what stands behind a table's name."""

    # Hints.

    def parse_hints(self) -> exp.Hint | None:
        """/*+ … */, if it comes next."""
        if not self._match(TokenType.BLOCK_START):
            return None
        hints = self.commas(self._hint)
        self.expect_type(TokenType.BLOCK_END, "*/")
        return exp.Hint(expressions=hints)

    def _hint(self) -> exp.Expr:
        name = self.name()
        if not self.at_type(TokenType.L_PAREN):
            return fx.TableHint(this=name)
        return fx.TableHint(this=name, expressions=self.wrapped_or_empty(self._hint_option))

    def _hint_option(self) -> exp.Expr:
        key: exp.Expr = self.name() if self.at_name() else self._hint_literal()
        if self._match(TokenType.EQ):
            return exp.EQ(this=key, expression=self._hint_literal())
        return key

    def _hint_literal(self) -> exp.Expr:
        if self._match(TokenType.DASH):
            return exp.Neg(this=self.number())
        return self.parse_literal() or self.fail("Expected a literal")

    # TABLESAMPLE, PIVOT, UNPIVOT.

    def parse_sample(self) -> exp.Expr:
        """BERNOULLI (10) REPEATABLE (1), after TABLESAMPLE."""
        method = self.expect_one_of("BERNOULLI", "SYSTEM", "SUBSTITUTE")
        self.left()
        value: exp.Expr = self._string_parts() if method == "SUBSTITUTE" else self.number()
        self.right()
        sample = exp.TableSample(method=exp.Var(this=method), percent=value)
        if self.word("REPEATABLE"):
            self.left()
            seed: exp.Expr = exp.Neg(this=self.number()) if self._match(TokenType.DASH) else self.number()
            sample.set("seed", seed)
            self.right()
        return sample

    def parse_pivot(self) -> exp.Expr:
        """PIVOT (…), after the word."""
        self.left()
        aggregates = self.commas(self._pivot_aggregate)
        self.expect("FOR")
        axes = self._names_or_list()
        self.expect("IN")
        values = self.wrapped_or_empty(self._pivot_value)
        self.right()
        return exp.Pivot(expressions=aggregates, fields=[exp.In(this=axes, expressions=values)], unpivot=False)

    def _pivot_aggregate(self) -> exp.Expr:
        return self.aliased(self.parse_operand())

    def _pivot_value(self) -> exp.Expr:
        return self.aliased(self.parse_expr())

    def _names_or_list(self) -> exp.Expr:
        if self.at_type(TokenType.L_PAREN):
            return exp.Tuple(expressions=self.wrapped_names())
        return self.name()

    def parse_unpivot(self) -> exp.Expr:
        """UNPIVOT …"""
        self.expect("UNPIVOT")
        nulls = self.one_of("INCLUDE", "EXCLUDE")
        if nulls:
            self.expect("NULLS")
        self.left()
        measures = self._names_or_list()
        self.expect("FOR")
        axes = self._names_or_list()
        self.expect("IN")
        values = self.wrapped(self._unpivot_value)
        self.right()
        return exp.Pivot(
            expressions=[measures],
            fields=[exp.In(this=axes, expressions=values)],
            unpivot=True,
            include_nulls={"INCLUDE": True, "EXCLUDE": False, None: None}[nulls],
        )

    def _unpivot_value(self) -> exp.Expr:
        columns = self._names_or_list()
        return exp.PivotAlias(this=columns, alias=self.parse_expr()) if self.word("AS") else columns
