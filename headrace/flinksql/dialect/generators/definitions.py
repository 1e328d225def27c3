"""Writes CREATE, ALTER, DROP and the statements about statements, jobs and sessions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.dialect.generators.queries import QueryGenerator

# The order of a table's clauses in Flink's grammar.
_CLAUSES = (
    *(exp.LanguageProperty, fx.Resources, fx.ModelSchema, exp.SchemaCommentProperty, fx.Distribution),
    *(exp.PartitionedByProperty, exp.Property, fx.Freshness, fx.RefreshMode, fx.StartMode, fx.LikeTable),
)


class FlinkGenerator(QueryGenerator):
    """Flink SQL's generator."""

    def create_sql(self, expression: exp.Create) -> str:
        args = expression.args
        properties = list(args["properties"].expressions) if args.get("properties") else []
        variant = args.get("clone")
        words = ["CREATE"]
        if variant is not None:
            words = ["REPLACE"] if variant.name == "REPLACE" else ["CREATE", variant.name]
        elif args.get("replace"):
            words.append("OR REPLACE")
        for item in properties:
            if isinstance(item, exp.TemporaryProperty):
                words.append(str(item.args.get("this") or "TEMPORARY"))
        words.append(str(args["kind"]))
        if args.get("exists"):
            words.append("IF NOT EXISTS")
        sql = f"{' '.join(words)} {self.sql(expression, 'this')}"
        body = args.get("expression")
        if args["kind"] == "FUNCTION" and body:
            sql += f" AS {self.sql(body)}"
        sql += self.clauses(properties)
        if args["kind"] != "FUNCTION" and body:
            sql += f"{self.seg('AS')}{self.sep()}{self.sql(body)}"
        return sql

    def clauses(self, properties: list[exp.Expr]) -> str:
        """A table's clauses, in the order of Flink's grammar."""
        sql = ""
        for kind in _CLAUSES:
            found = [item for item in properties if type(item) is kind]
            if kind is exp.Property:
                if found:
                    sql += self.seg(f"WITH ({self.sep('')}{self._list(found)}{self.sep('')})")
                elif any(isinstance(item, fx.Options) for item in properties):
                    sql += self.seg("WITH ()")
            else:
                sql += "".join(self.seg(self.sql(item)) for item in found)
        return sql

    def _list(self, items: Sequence[exp.Expr]) -> str:
        return self.indent(f",{self.sep()}".join(self.sql(item) for item in items))

    def schema_sql(self, expression: exp.Schema) -> str:
        this = self.sql(expression, "this")
        items = f"({self.sep('')}{self._list(expression.expressions)}{self.sep('')})"
        return f"{this} {items}" if this else items

    def columndef_sql(self, expression: exp.ColumnDef, sep: str = " ") -> str:
        parts = [self.sql(expression, "this"), self.sql(expression, "kind")]
        parts += [self.sql(constraint, "kind") for constraint in expression.args.get("constraints") or []]
        if isinstance(expression.parent, fx.FlinkType):
            # A field's comment has no word before it.
            parts = [part.removeprefix("COMMENT ") if index > 1 else part for index, part in enumerate(parts)]
        return " ".join(part for part in parts if part)

    def computedcolumnconstraint_sql(self, expression: exp.ComputedColumnConstraint) -> str:
        return f"AS {self.sql(expression, 'this')}"

    def commentcolumnconstraint_sql(self, expression: exp.CommentColumnConstraint) -> str:
        return f"COMMENT {self.sql(expression, 'this')}"

    def metadatacolumn_sql(self, expression: fx.MetadataColumn) -> str:
        key = self.sql(expression, "this")
        virtual = " VIRTUAL" if expression.args.get("virtual") else ""
        return f"METADATA{f' FROM {key}' if key else ''}{virtual}"

    def namedconstraint_sql(self, expression: fx.NamedConstraint) -> str:
        name = self.sql(expression, "this")
        columns = self.items(expression.expressions)
        parts = [f"CONSTRAINT {name}" if name else "", expression.args["kind"], f"({columns})" if columns else ""]
        return " ".join(part for part in (*parts, self.sql(expression, "enforced")) if part)

    def primarykey_sql(self, expression: exp.PrimaryKey) -> str:
        options = "".join(f" {option}" for option in expression.args.get("options") or [])
        return f"PRIMARY KEY ({self.items(expression.expressions)}){options}"

    def watermark_sql(self, expression: fx.Watermark) -> str:
        return f"WATERMARK FOR {self.sql(expression, 'this')} AS {self.sql(expression, 'expression')}"

    # Clauses.

    def schemacommentproperty_sql(self, expression: exp.SchemaCommentProperty) -> str:
        return f"COMMENT {self.sql(expression, 'this')}"

    def partitionedbyproperty_sql(self, expression: exp.PartitionedByProperty) -> str:
        return f"PARTITIONED BY ({self.items(expression.this.expressions)})"

    def property_sql(self, expression: exp.Property) -> str:
        return f"{self.sql(expression, 'this')} = {self.sql(expression, 'value')}"

    def languageproperty_sql(self, expression: exp.LanguageProperty) -> str:
        return f"LANGUAGE {self.sql(expression, 'this')}"

    def distribution_sql(self, expression: fx.Distribution) -> str:
        return f"DISTRIBUTED {self.distribution_body(expression)}"

    def distribution_body(self, expression: fx.Distribution) -> str:
        """What follows DISTRIBUTED or DISTRIBUTION."""
        parts: list[str] = []
        if expression.expressions:
            kind = expression.args.get("kind") or ""
            parts.append(f"BY {kind}({self.items(expression.expressions)})")
        if expression.args.get("buckets"):
            parts.append(f"INTO {self.sql(expression, 'buckets')} BUCKETS")
        return " ".join(parts)

    def liketable_sql(self, expression: fx.LikeTable) -> str:
        options = " ".join(expression.expressions)
        return f"LIKE {self.sql(expression, 'this')}{f' ({options})' if options else ''}"

    def freshness_sql(self, expression: fx.Freshness) -> str:
        return f"FRESHNESS = {self.sql(expression, 'this')}"

    def refreshmode_sql(self, expression: fx.RefreshMode) -> str:
        return f"REFRESH_MODE = {self.sql(expression, 'this')}"

    def startmode_sql(self, expression: fx.StartMode) -> str:
        argument = self.sql(expression, "expression")
        return f"START_MODE = {self.sql(expression, 'this')}{f'({argument})' if argument else ''}"

    def resources_sql(self, expression: fx.Resources) -> str:
        return f"USING {self.items(expression.expressions)}"

    def resource_sql(self, expression: fx.Resource) -> str:
        return f"{expression.args['kind']} {self.sql(expression, 'this')}"

    def modelschema_sql(self, expression: fx.ModelSchema) -> str:
        return f"{expression.args['kind']} ({self.items(expression.expressions)})"

    def options_sql(self, expression: fx.Options) -> str:
        return f"({self.items(expression.expressions)})"

    def optionkeys_sql(self, expression: fx.OptionKeys) -> str:
        return f"({self.items(expression.expressions)})"

    # DROP and ALTER.

    def drop_sql(self, expression: exp.Drop) -> str:
        args = expression.args
        words = ["DROP"]
        words += ["TEMPORARY"] if args.get("temporary") else []
        words += [str(args["kind"])]
        words += ["IF EXISTS"] if args.get("exists") else []
        words += [self.items(args["tables"])]
        words += [word.upper() for word in ("restrict", "cascade") if args.get(word)]
        return " ".join(words)

    def alter_sql(self, expression: exp.Alter) -> str:
        args = expression.args
        exists = "IF EXISTS " if args.get("exists") else ""
        partition = "".join(f" {self.sql(item)}" for item in args.get("options") or [])
        name = self.sql(expression, "this")
        return f"ALTER {args['kind']} {exists}{name}{partition} {self.items(args['actions'])}"

    def alterrename_sql(self, expression: exp.AlterRename, include_to: bool = True) -> str:
        return f"RENAME TO {self.sql(expression, 'this')}"

    def renamecolumn_sql(self, expression: exp.RenameColumn) -> str:
        return f"RENAME {self.sql(expression, 'this')} TO {self.sql(expression, 'to')}"

    def alteraction_sql(self, expression: fx.AlterAction) -> str:
        args = expression.args
        items = args.get("expressions") or []
        parts = [str(args["this"]), self.sql(expression, "exists")]
        if args["this"] == "AS" and items:
            body, *properties = items
            return f"AS {self.sql(body)}{self.clauses(properties)}"
        if args.get("parenthesized") == "SPACES":
            parts.append(" ".join(self.sql(item) for item in items))
        elif items:
            parts.append(f"({self.items(items)})" if args.get("parenthesized") else self.items(items))
        tail = args.get("tail")
        if isinstance(tail, fx.Distribution) and "DISTRIBUTION" in parts[0]:
            parts.append(self.distribution_body(tail))
        elif tail is not None:
            parts.append(self.sql(tail))
        return " ".join(part for part in parts if part)

    def columnplace_sql(self, expression: fx.ColumnPlace) -> str:
        return f"AFTER {self.sql(expression, 'this')}" if expression.args.get("this") else "FIRST"

    # Utilities.

    def utility_sql(self, expression: fx.Utility) -> str:
        parts = [str(expression.args["kind"]), self.sql(expression, "this"), self.items(expression.expressions)]
        parts += [self.sql(clause) for clause in expression.args.get("clauses") or []]
        return " ".join(part for part in parts if part)

    def utilityclause_sql(self, expression: fx.UtilityClause) -> str:
        parts = (str(expression.args["words"]), self.sql(expression, "this"), self.items(expression.expressions))
        return " ".join(part for part in parts if part)

    def use_sql(self, expression: exp.Use) -> str:
        words = ("USE", self.sql(expression, "kind"), self.sql(expression, "this"), self.items(expression.expressions))
        return " ".join(word for word in words if word)

    def setoption_sql(self, expression: fx.SetOption) -> str:
        key, value = self.sql(expression, "this"), self.sql(expression, "expression")
        return f"{self._scope(expression)}SET{f' {key} = {value}' if key else ''}"

    def maybe_comment(
        self,
        sql: str,
        expression: exp.Expr | None = None,
        comments: list[str] | None = None,
        separated: bool = False,
    ) -> str:
        """A node's text with its comments, except in SET and RESET without quotes: Flink reads them before it knows
        comments."""
        option = expression.parent if isinstance(expression, exp.Var) else expression
        if isinstance(option, (fx.SetOption, fx.ResetOption)) and any(
            isinstance(option.args.get(key), exp.Var) for key in ("this", "expression")
        ):
            return sql
        return super().maybe_comment(sql, expression, comments, separated)

    def resetoption_sql(self, expression: fx.ResetOption) -> str:
        key = self.sql(expression, "this")
        return f"{self._scope(expression)}RESET{f' {key}' if key else ''}"

    def _scope(self, expression: exp.Expr) -> str:
        scope = expression.args.get("scope")
        return f"ALTER {scope} " if scope else ""

    def call_sql(self, expression: fx.Call) -> str:
        return f"CALL {self.sql(expression, 'this')}"

    def explain_sql(self, expression: fx.Explain) -> str:
        words = "EXPLAIN"
        if expression.args.get("plan"):
            words += f" {expression.args['plan']} FOR"
        elif expression.args.get("details"):
            words += f" {', '.join(expression.args['details'])}"
        return f"{words}{self.sep()}{self.sql(expression, 'this')}"

    def describestatement_sql(self, expression: fx.DescribeStatement) -> str:
        keyword = "STATEMENT " if expression.args.get("keyword") else ""
        return f"DESCRIBE {keyword}{self.sql(expression, 'this')}"

    def executestatement_sql(self, expression: fx.ExecuteStatement) -> str:
        return f"EXECUTE {self.sql(expression, 'this')}"

    def statementset_sql(self, expression: fx.StatementSet) -> str:
        inserts = "".join(f"{self.sql(insert)};{self.sep()}" for insert in expression.expressions)
        return f"STATEMENT SET BEGIN{self.sep()}{inserts}END"

    def compileplan_sql(self, expression: fx.CompilePlan) -> str:
        execute = "AND EXECUTE " if expression.args.get("execute") else ""
        exists = " IF NOT EXISTS" if expression.args.get("exists") else ""
        statement = self.sql(expression, "expression")
        return f"COMPILE {execute}PLAN {self.sql(expression, 'this')}{exists} FOR {statement}"
