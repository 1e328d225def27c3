"""What trees of other dialects may hold and Flink SQL cannot say: it is reported, never left out in silence."""

from __future__ import annotations

from sqlglot import exp

_QUERY = (
    *("cluster", "connect", "distribute", "for_", "format", "locks", "match", "options", "prewhere"),
    *("settings", "sort"),
)
_SET_OPERATION = (*_QUERY, "by_name", "kind", "side", "on", "where", "group", "having", "joins")

# A node's arguments that have no words in Flink SQL.
_UNWRITTEN: dict[type[exp.Expr], tuple[str, ...]] = {
    exp.Alter: ("cascade", "check", "cluster", "iceberg", "not_valid", "only"),
    exp.Bracket: ("safe", "json_access"),
    exp.CTE: ("key_expressions", "materialized", "scalar"),
    exp.Cast: ("default", "format"),
    exp.TryCast: ("default", "format"),
    exp.ColumnDef: ("default", "exists", "output", "position"),
    exp.Count: ("expressions",),
    exp.Max: ("count", "expressions"),
    exp.Min: ("count", "expressions"),
    exp.Create: ("begin", "clustered", "concurrently", "indexes", "no_schema_binding", "refresh", "unique", "with_"),
    exp.Delete: ("cluster", "hint", "limit", "order", "returning", "tables", "using", "with_"),
    exp.Distinct: ("on",),
    exp.Drop: ("cluster", "concurrently", "constraints", "expressions", "iceberg", "materialized", "purge", "sync"),
    exp.Except: _SET_OPERATION,
    exp.Intersect: _SET_OPERATION,
    exp.Union: _SET_OPERATION,
    exp.Group: ("totals",),
    exp.In: ("field", "unnest"),
    exp.Insert: (
        *("by_name", "default", "exists", "hint", "ignore", "is_function", "returning", "settings", "source"),
        *("stored", "using", "where"),
    ),
    exp.JSON: ("unique", "with_"),
    exp.Join: ("directed", "global_", "hint", "match_condition", "nearest", "pivots"),
    exp.Lateral: ("cross_apply", "ordinality", "outer", "view"),
    exp.Limit: ("limit_options", "expressions", "offset"),
    exp.Fetch: ("limit_options",),
    exp.Merge: ("returning", "using_cond", "with_"),
    exp.Order: ("siblings",),
    exp.Ordered: ("with_fill",),
    exp.Pivot: ("columns", "default_on_null", "group", "into", "using", "with_"),
    exp.PrimaryKey: ("include", "this"),
    exp.Select: (*_QUERY, "exclude", "into", "kind", "pivots", "sample"),
    exp.Subquery: (*_QUERY, "group", "having", "laterals", "qualify", "where", "windows"),
    exp.Table: (
        *("changes", "format", "indexed", "laterals", "only", "ordinality", "partition", "pattern", "rows_from"),
        *("system_time", "when"),
    ),
    exp.TableSample: ("bucket_denominator", "bucket_field", "bucket_numerator", "expressions", "rows", "size"),
    exp.Trim: ("collation",),
    exp.Unnest: ("explode_array",),
    exp.Update: ("from_", "hint", "limit", "options", "order", "returning", "with_"),
    exp.When: ("condition", "source"),
    exp.Window: ("first",),
    exp.With: ("cycle", "search", "udfs"),
}


def unwritten(node: exp.Expr) -> list[str]:
    """The arguments of a node that Flink SQL has no words for."""
    return [name for name in _UNWRITTEN.get(type(node), ()) if node.args.get(name)]
