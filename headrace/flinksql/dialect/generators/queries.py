"""Writes queries, tables and changes of rows."""

from __future__ import annotations

from sqlglot import exp

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.dialect.generators.functions import FunctionGenerator


class QueryGenerator(FunctionGenerator):
    """Queries."""

    def with_prefix(self, expression: exp.Expr, sql: str) -> str:
        """A query with its WITH before it."""
        with_ = expression.args.get("with_")
        return f"{self.sql(with_)}{self.sep()}{sql}" if with_ else sql

    def with_sql(self, expression: exp.With) -> str:
        recursive = "RECURSIVE " if expression.args.get("recursive") else ""
        return f"WITH {recursive}{self.expressions(expression, flat=True)}"

    def cte_sql(self, expression: exp.CTE) -> str:
        return f"{self.sql(expression, 'alias')} AS {self.wrap(expression)}"

    def tablealias_sql(self, expression: exp.TableAlias) -> str:
        columns = self.items(expression.args.get("columns"))
        return f"{self.sql(expression, 'this')}{f' ({columns})' if columns else ''}"

    def select_sql(self, expression: exp.Select) -> str:
        args = expression.args
        parts = ["SELECT"]
        if args.get("hint"):
            parts.append(self.sql(args["hint"]))
        modifiers = list(args.get("operation_modifiers") or [])
        parts += [str(m.name if isinstance(m, exp.Expr) else m) for m in modifiers]
        if args.get("distinct"):
            parts.append(self.sql(args["distinct"]))
        items = self.expressions(expression)
        sql = f"{' '.join(parts)}{self.sep()}{items}"
        if args.get("from_"):
            sql += self.sql(args["from_"])
        sql += "".join(self.sql(join) for join in args.get("joins") or [])
        sql += "".join(self.sql(lateral) for lateral in args.get("laterals") or [])
        for key, word in (("where", "WHERE"), ("group", ""), ("having", "HAVING")):
            if args.get(key):
                sql += self.sql(args[key]) if not word else self._clause(word, args[key])
        if args.get("windows"):
            sql += self.seg(f"WINDOW {self.items(args['windows'])}")
        if args.get("qualify"):
            sql += self._clause("QUALIFY", args["qualify"])
        return self.with_prefix(expression, sql + self.order_and_limit(expression))

    def _clause(self, word: str, clause: exp.Expr) -> str:
        return self.seg(f"{word}{self.sep()}{self.indent(self.sql(clause, 'this'))}")

    def where_sql(self, expression: exp.Where) -> str:
        return self._clause("WHERE", expression)

    def from_sql(self, expression: exp.From) -> str:
        return self.seg(f"FROM {self.sql(expression, 'this')}")

    def group_sql(self, expression: exp.Group) -> str:
        quantifier = {True: "ALL ", False: "DISTINCT ", None: ""}[expression.args.get("all")]
        items = [*expression.expressions]
        for key in ("grouping_sets", "rollup", "cube"):
            items += expression.args.get(key) or []
        return self.seg(f"GROUP BY {quantifier}{self.items(items)}")

    def groupingsets_sql(self, expression: exp.GroupingSets) -> str:
        return f"GROUPING SETS ({self.items(expression.expressions)})"

    def rollup_sql(self, expression: exp.Rollup) -> str:
        return f"ROLLUP ({self.items(expression.expressions)})"

    def cube_sql(self, expression: exp.Cube) -> str:
        return f"CUBE ({self.items(expression.expressions)})"

    def order_and_limit(self, expression: exp.Expr) -> str:
        """ORDER BY, OFFSET, LIMIT and FETCH."""
        args = expression.args
        sql = self.sql(args.get("order"))
        limit, offset = args.get("limit"), args.get("offset")
        if isinstance(limit, exp.Limit):
            sql += self.seg(f"LIMIT {self.sql(limit, 'expression')}")
        if offset:
            sql += self.seg(f"OFFSET {self.sql(offset, 'expression')}{' ROWS' if isinstance(limit, exp.Fetch) else ''}")
        if isinstance(limit, exp.Fetch):
            sql += self.seg(f"FETCH {limit.args.get('direction') or 'NEXT'} {self.sql(limit, 'count')} ROWS ONLY")
        return sql

    def order_sql(self, expression: exp.Order, flat: bool = False) -> str:
        return self.seg(f"ORDER BY {self.items(expression.expressions)}")

    def ordered_sql(self, expression: exp.Ordered) -> str:
        desc = {True: " DESC", False: " ASC", None: ""}[expression.args.get("desc")]
        nulls = {True: " NULLS FIRST", False: " NULLS LAST", None: ""}[expression.args.get("nulls_first")]
        return f"{self.sql(expression, 'this')}{desc}{nulls}"

    def _set_operation(self, expression: exp.SetOperation, word: str) -> str:
        left = self.sql(expression, "this")
        right = self.sql(expression, "expression")
        quantifier = "" if expression.args.get("distinct", True) else " ALL"
        sql = f"{left}{self.seg(f'{word}{quantifier}')}{self.sep()}{right}"
        return self.with_prefix(expression, sql + self.order_and_limit(expression))

    def union_sql(self, expression: exp.Union) -> str:
        return self._set_operation(expression, "UNION")

    def intersect_sql(self, expression: exp.Intersect) -> str:
        return self._set_operation(expression, "INTERSECT")

    def except_sql(self, expression: exp.Except) -> str:
        return self._set_operation(expression, "EXCEPT")

    def values_sql(self, expression: exp.Values, values_as_table: bool = True) -> str:
        sql = f"VALUES {self.expressions(expression, flat=not self.pretty)}"
        alias = expression.args.get("alias")
        if alias:
            return f"({sql}) AS {self.sql(alias)}"
        return self.with_prefix(expression, sql + self.order_and_limit(expression))

    def explicittable_sql(self, expression: fx.ExplicitTable) -> str:
        return self.with_prefix(expression, f"TABLE {self.sql(expression, 'this')}{self.order_and_limit(expression)}")

    def subquery_sql(self, expression: exp.Subquery, sep: str = " AS ") -> str:
        sql = self.table_suffixes(expression, self.wrap(expression))
        return self.with_prefix(expression, sql + self.order_and_limit(expression))

    # Tables.

    def table_suffixes(self, expression: exp.Expr, sql: str) -> str:
        """What stands behind a table: pivots, alias, sample; and its joins, within parentheses."""
        args = expression.args
        sql += "".join(f" {self.sql(pivot)}" for pivot in args.get("pivots") or [])
        if args.get("alias"):
            sql += f" AS {self.sql(args['alias'])}"
        if args.get("sample"):
            sql += f" {self.sql(args['sample'])}"
        return sql + "".join(self.sql(join) for join in args.get("joins") or [])

    def table_sql(self, expression: exp.Table, sep: str = " AS ") -> str:
        args = expression.args
        sql = ".".join(self.sql(part) for part in (args.get("catalog"), args.get("db"), args.get("this")) if part)
        sql += "".join(f" {self.sql(hint)}" for hint in args.get("hints") or [])
        if args.get("version"):
            sql += f" {self.sql(args['version'])}"
        return self.table_suffixes(expression, sql)

    def version_sql(self, expression: exp.Version) -> str:
        return f"FOR SYSTEM_TIME AS OF {self.sql(expression, 'expression')}"

    def extendedtable_sql(self, expression: fx.ExtendedTable) -> str:
        keyword = " EXTEND" if expression.args.get("keyword") else ""
        sql = f"{self.sql(expression, 'this')}{keyword} ({self.items(expression.expressions)})"
        return self.table_suffixes(expression, sql)

    def tablefunction_sql(self, expression: fx.TableFunction) -> str:
        sql = self.sql(expression, "this")
        if expression.args.get("wrapped"):
            sql = f"TABLE({'SPECIFIC ' if expression.args.get('specific') else ''}{sql})"
        return self.table_suffixes(expression, sql)

    def lateral_sql(self, expression: exp.Lateral) -> str:
        return self.table_suffixes(expression, f"LATERAL {self.sql(expression, 'this')}")

    def unnest_sql(self, expression: exp.Unnest) -> str:
        ordinality = " WITH ORDINALITY" if expression.args.get("offset") else ""
        return self.table_suffixes(expression, f"UNNEST({self.items(expression.expressions)}){ordinality}")

    def join_sql(self, expression: exp.Join, join_op: str | None = None) -> str:
        args = expression.args
        this = self.sql(expression, "this")
        words = [str(args[key]) for key in ("method", "side", "kind") if args.get(key)]
        if not words and not args.get("on") and not args.get("using"):
            return f", {this}"
        sql = f"{' '.join([*words, 'JOIN'])} {this}"
        if args.get("on"):
            sql += f" ON {self.sql(args['on'])}"
        elif args.get("using"):
            sql += f" USING ({self.items(args['using'])})"
        return self.seg(sql)

    def hint_sql(self, expression: exp.Hint) -> str:
        return f"/*+ {self.items(expression.expressions)} */"

    def tablehint_sql(self, expression: fx.TableHint) -> str:
        items = expression.args.get("expressions")
        return f"{self.sql(expression, 'this')}{'' if items is None else f'({self.items(items)})'}"

    def tablesample_sql(self, expression: exp.TableSample, tablesample_keyword: str | None = None) -> str:
        method, value = self.sql(expression, "method"), self.sql(expression, "percent")
        seed = self.sql(expression, "seed")
        return f"TABLESAMPLE {method} ({value}){f' REPEATABLE ({seed})' if seed else ''}"

    def pivot_sql(self, expression: exp.Pivot) -> str:
        unpivot = expression.args.get("unpivot")
        nulls = {True: " INCLUDE NULLS", False: " EXCLUDE NULLS", None: ""}[expression.args.get("include_nulls")]
        axis = expression.args["fields"][0]
        values = f"{self.sql(axis, 'this')} IN ({self.items(axis.expressions)})"
        word = f"UNPIVOT{nulls}" if unpivot else "PIVOT"
        return f"{word} ({self.items(expression.expressions)} FOR {values})"

    def pivotalias_sql(self, expression: exp.PivotAlias) -> str:
        return f"{self.sql(expression, 'this')} AS {self.sql(expression, 'alias')}"

    # MATCH_RECOGNIZE.

    def rowpattern_sql(self, expression: fx.RowPattern) -> str:
        args = expression.args
        parts: list[str] = []
        if args.get("partition_by"):
            parts.append(f"PARTITION BY {self.items(args['partition_by'])}")
        if args.get("order"):
            parts.append(f"ORDER BY {self.items(args['order'].expressions)}")
        if args.get("measures"):
            parts.append(f"MEASURES {self.items(args['measures'])}")
        parts += [self.sql(expression, "rows"), self.sql(expression, "after")]
        start, end = "^ " if args.get("strict_start") else "", " $" if args.get("strict_end") else ""
        parts.append(f"PATTERN ({start}{self.sql(expression, 'pattern')}{end})")
        if args.get("within"):
            parts.append(f"WITHIN {self.sql(args['within'])}")
        if args.get("subset"):
            parts.append(f"SUBSET {self.items(args['subset'])}")
        definitions = (f"{self.sql(d, 'alias')} AS {self.sql(d, 'this')}" for d in args["define"])
        parts.append(f"DEFINE {', '.join(definitions)}")
        body = self.sep().join(part for part in parts if part)
        body = f"{self.sep('')}{self.indent(body)}{self.sep('')}"
        return self.table_suffixes(expression, f"{self.sql(expression, 'this')} MATCH_RECOGNIZE ({body})")

    def aftermatch_sql(self, expression: fx.AfterMatch) -> str:
        variable = self.sql(expression, "expression")
        return f"AFTER MATCH SKIP {expression.this}{f' {variable}' if variable else ''}"

    def patternalternation_sql(self, expression: fx.PatternAlternation) -> str:
        return " | ".join(self.sql(item) for item in expression.expressions)

    def patternsequence_sql(self, expression: fx.PatternSequence) -> str:
        return " ".join(self.sql(item) for item in expression.expressions)

    def patternquantifier_sql(self, expression: fx.PatternQuantifier) -> str:
        return f"{self.sql(expression, 'this')}{expression.args['quantifier']}"

    def patternexclusion_sql(self, expression: fx.PatternExclusion) -> str:
        return f"{{- {self.sql(expression, 'this')} -}}"

    def patternpermutation_sql(self, expression: fx.PatternPermutation) -> str:
        return f"PERMUTE({self.items(expression.expressions)})"

    # Changes of rows.

    def insert_sql(self, expression: exp.Insert) -> str:
        args = expression.args
        if isinstance(expression.parent, exp.When):
            columns = self.sql(expression, "this")
            return f"INSERT{f' {columns}' if columns else ''} VALUES {self.sql(expression, 'expression')}"
        verb = args.get("alternative") or "INSERT"
        sql = f"{verb} {'OVERWRITE' if args.get('overwrite') else 'INTO'} "
        this = expression.this
        columns = ""
        if isinstance(this, exp.Schema):
            this, columns = this.this, f" ({self.items(this.expressions)})"
        sql += self.sql(this)
        if args.get("partition"):
            sql += f" {self.sql(args['partition'])}"
        sql += f"{columns}{self.sep()}{self.sql(expression, 'expression')}"
        if args.get("conflict"):
            sql += self.seg(self.sql(args["conflict"]))
        return self.with_prefix(expression, sql)

    def conflictaction_sql(self, expression: fx.ConflictAction) -> str:
        return f"ON CONFLICT DO {expression.this}"

    def partitionspec_sql(self, expression: fx.PartitionSpec) -> str:
        options = expression.args.get("options")
        tail = f" WITH {self.sql(options)}" if options else ""
        return f"PARTITION ({self.items(expression.expressions)}){tail}"

    def update_sql(self, expression: exp.Update) -> str:
        table = self.sql(expression, "this")
        where = self.sql(expression, "where")
        return f"UPDATE {f'{table} ' if table else ''}SET {self.items(expression.expressions)}{where}"

    def delete_sql(self, expression: exp.Delete) -> str:
        return f"DELETE FROM {self.sql(expression, 'this')}{self.sql(expression, 'where')}"

    def merge_sql(self, expression: exp.Merge) -> str:
        whens = " ".join(self.sql(when) for when in expression.args["whens"].expressions)
        table, source = self.sql(expression, "this"), self.sql(expression, "using")
        return f"MERGE INTO {table} USING {source} ON {self.sql(expression, 'on')} {whens}"

    def when_sql(self, expression: exp.When) -> str:
        matched = "MATCHED" if expression.args.get("matched") else "NOT MATCHED"
        return f"WHEN {matched} THEN {self.sql(expression, 'then')}"
