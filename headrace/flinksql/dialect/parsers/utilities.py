"""SHOW, DESCRIBE, USE, EXPLAIN, SET and the other statements about statements, jobs and sessions."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.dialect.parsers.alterations import AlterationParser

_DETAILS = ("ESTIMATED_COST", "CHANGELOG_MODE", "JSON_EXECUTION_PLAN", "PLAN_ADVICE")
_SHOWN = (
    *("CURRENT CATALOG", "CURRENT DATABASE", "USER FUNCTIONS", "FULL MODULES", "MATERIALIZED TABLES", "CATALOGS"),
    *("DATABASES", "TABLES", "VIEWS", "FUNCTIONS", "MODELS", "MODULES", "JARS", "JOBS", "PROCEDURES", "CONNECTIONS"),
    *("COLUMNS", "PARTITIONS", "CREATE MATERIALIZED TABLE", "CREATE TABLE", "CREATE VIEW", "CREATE CATALOG"),
    *("CREATE MODEL", "CREATE CONNECTION", "CREATE DATABASE", "CREATE FUNCTION"),
)
_DESCRIBED = ("CATALOG", "DATABASE", "FUNCTION", "MODEL", "CONNECTION")


class UtilityParser(AlterationParser):
    """Reads statements that neither define nor change nor query."""

    def parse_statement(self) -> exp.Expr:
        """Any statement."""
        raise NotImplementedError

    def parse_show(self) -> exp.Expr:
        """SHOW …"""
        self.expect("SHOW")
        for kind in _SHOWN:
            if self.word(*kind.split()):
                return self._show(f"SHOW {kind}")
        return self.fail("Expected what to show: TABLES, CATALOGS, FUNCTIONS, CREATE TABLE, …")

    def _show(self, kind: str) -> exp.Expr:
        clauses: list[exp.Expr] = []
        this = self.table_name() if self.at_name() and not self.at("FROM") else None
        preposition = self.one_of("FROM", "IN")
        if preposition:
            clauses.append(fx.UtilityClause(words=preposition, this=self.table_name()))
        if self.at("PARTITION"):
            clauses.append(fx.UtilityClause(words="", this=self.parse_partition_spec()))
        negated = "NOT " if self.word("NOT") else ""
        like = self.one_of("LIKE", "ILIKE")
        if like:
            clauses.append(fx.UtilityClause(words=f"{negated}{like}", this=self.parse_string_literal()))
        return fx.Utility(kind=kind, this=this, clauses=clauses)

    def parse_describe(self) -> exp.Expr:
        """DESCRIBE [kind] [EXTENDED] name."""
        self.expect_one_of("DESCRIBE", "DESC")
        if self.word("JOB"):
            return fx.Utility(kind="DESCRIBE JOB", this=self.parse_string_literal())
        for kind in _DESCRIBED:
            if self.at(kind) and self._next.token_type in (TokenType.VAR, TokenType.IDENTIFIER):
                self._advance()
                extended = " EXTENDED" if self.word("EXTENDED") else ""
                return fx.Utility(kind=f"DESCRIBE {kind}{extended}", this=self.table_name())
        if self.word("STATEMENT"):
            return fx.DescribeStatement(this=self.parse_statement(), keyword=True)
        table = self.at("TABLE")
        if (
            (self.at_query() and not table)
            or self.at_type(TokenType.L_PAREN)
            or self.at_any("INSERT", "UPDATE", "DELETE", "MERGE")
        ):
            return fx.DescribeStatement(this=self.parse_statement())
        kind = "DESCRIBE TABLE" if self.word("TABLE") else "DESCRIBE EXTENDED" if self.word("EXTENDED") else "DESCRIBE"
        node = fx.Utility(kind=kind, this=self.table_name())
        if kind != "DESCRIBE EXTENDED" and self.at_name():
            node.set("expressions", [self.name()])
        return node

    def parse_use(self) -> exp.Expr:
        """USE CATALOG c, USE MODULES m, n, USE d."""
        token = self._curr
        self.expect("USE")
        if self.word("CATALOG"):
            return self.expression(exp.Use(kind="CATALOG", this=self.table_name()), token)
        if self.word("MODULES"):
            return self.expression(exp.Use(kind="MODULES", expressions=self.commas(self.name)), token)
        return self.expression(exp.Use(this=self.table_name()), token)

    def parse_module(self) -> exp.Expr:
        """LOAD MODULE m [WITH (…)], UNLOAD MODULE m."""
        verb = self.expect_one_of("LOAD", "UNLOAD")
        self.expect("MODULE")
        node = fx.Utility(kind=f"{verb} MODULE", this=self.path())
        if self.word("WITH"):
            node.set("clauses", [fx.UtilityClause(words="WITH", this=self.parse_options())])
        return node

    def parse_jar(self) -> exp.Expr:
        """ADD JAR '…', REMOVE JAR '…'."""
        verb = self.expect_one_of("ADD", "REMOVE")
        self.expect("JAR")
        return fx.Utility(kind=f"{verb} JAR", this=self.parse_string_literal())

    def parse_stop(self) -> exp.Expr:
        """STOP JOB '…' [WITH SAVEPOINT] [WITH DRAIN]."""
        self.expect("STOP", "JOB")
        node = fx.Utility(kind="STOP JOB", this=self.parse_string_literal())
        clauses: list[exp.Expr] = []
        while self.word("WITH"):
            clauses.append(fx.UtilityClause(words=f"WITH {self.expect_one_of('SAVEPOINT', 'DRAIN')}"))
        node.set("clauses", clauses)
        return node

    def parse_analyze(self) -> exp.Expr:
        """ANALYZE TABLE t [PARTITION (…)] COMPUTE STATISTICS [FOR COLUMNS … | FOR ALL COLUMNS]."""
        self.expect("ANALYZE", "TABLE")
        node = fx.Utility(kind="ANALYZE TABLE", this=self.table_name())
        clauses: list[exp.Expr] = []
        if self.at("PARTITION"):
            clauses.append(fx.UtilityClause(words="", this=self.parse_partition_spec()))
        self.expect("COMPUTE", "STATISTICS")
        clauses.append(fx.UtilityClause(words="COMPUTE STATISTICS"))
        if self.word("FOR", "ALL", "COLUMNS"):
            clauses.append(fx.UtilityClause(words="FOR ALL COLUMNS"))
        elif self.word("FOR", "COLUMNS"):
            clauses.append(fx.UtilityClause(words="FOR COLUMNS", expressions=self.commas(self.name)))
        node.set("clauses", clauses)
        return node

    def parse_call_statement(self) -> exp.Expr:
        """CALL procedure(…)."""
        self.expect("CALL")
        return fx.Call(this=self._name_operand())

    # Plans.

    def parse_explain(self) -> exp.Expr:
        """EXPLAIN [PLAN … FOR | details] statement."""
        token = self._curr
        self.expect("EXPLAIN")
        node = fx.Explain()
        if self.at("PLAN"):
            words = []
            while not self.at("FOR"):
                words.append(self.word_text().upper())
            self._advance()
            node.set("plan", " ".join(words))
        elif self.at_any(*_DETAILS):
            node.set("details", self.commas(lambda: self.expect_one_of(*_DETAILS)))
        node.set("this", self.parse_statement())
        return self.expression(node, token)

    def parse_compile(self) -> exp.Expr:
        """COMPILE [AND EXECUTE] PLAN 'path' [IF NOT EXISTS] FOR statement."""
        self.expect("COMPILE")
        execute = self.word("AND", "EXECUTE")
        self.expect("PLAN")
        path = self.parse_string_literal()
        exists = self.word("IF", "NOT", "EXISTS")
        self.expect("FOR")
        return fx.CompilePlan(this=path, expression=self.parse_statement(), execute=execute, exists=exists)

    def parse_execute(self) -> exp.Expr:
        """EXECUTE PLAN 'path', EXECUTE statement."""
        self.expect("EXECUTE")
        if self.at("PLAN") and self.at_type(TokenType.STRING, 1):
            self._advance()
            return fx.Utility(kind="EXECUTE PLAN", this=self.parse_string_literal())
        return fx.ExecuteStatement(this=self.parse_statement())

    def parse_statement_set(self) -> exp.Expr:
        """STATEMENT SET BEGIN …; …; END."""
        self.expect("STATEMENT", "SET", "BEGIN")
        inserts: list[exp.Expr] = []
        while not self.word("END"):
            inserts.append(self.parse_statement())
            while self._match(TokenType.SEMICOLON):
                pass
        return fx.StatementSet(expressions=inserts)

    def parse_begin(self) -> exp.Expr:
        """BEGIN STATEMENT SET."""
        self.expect("BEGIN", "STATEMENT", "SET")
        return fx.Utility(kind="BEGIN STATEMENT SET")

    # SET.

    def parse_set_or_reset(self, scope: str | None = None) -> exp.Expr:
        """SET, SET 'key' = 'value', SET key = value; RESET, RESET 'key'."""
        verb = self.expect_one_of("SET", "RESET")
        key = self._option_text("=") if self._index < self._tokens_size else None
        if verb == "RESET":
            return fx.ResetOption(this=key, scope=scope)
        if key is None:
            return fx.SetOption(scope=scope)
        self.expect_type(TokenType.EQ, "=")
        return fx.SetOption(this=key, expression=self._option_text(""), scope=scope)

    def _option_text(self, end: str) -> exp.Expr:
        """A string, or what is written up to the next =, as the client takes it."""
        if self.at_type(TokenType.STRING):
            return self.parse_string_literal()
        start = self._curr
        text = ""
        while self._index < self._tokens_size and not (end and self.at_type(TokenType.EQ)):
            if text and not self._is_connected():
                self.fail("Expected one word; put it into '…'")
            text += self.sql[self._curr.start : self._curr.end + 1] or self._curr.text
            self._advance()
        if not text:
            self._retreat(self._index)
            self.fail("Expected a key or value")
        return self.expression(exp.Var(this=text), start)
