"""Nodes of Flink SQL that sqlglot has no node for.

Wherever sqlglot has a node it is used: Create, Insert, Alter, Select, Join, Lateral, Window, Cast, Schema, ColumnDef,
Properties … The shapes that are particular:

- A type is a `FlinkType`, a DataType; `INT NOT NULL` has nullable=False (in a column, too).
- A column is a ColumnDef; its constraints: `MetadataColumn`, ComputedColumnConstraint, CommentColumnConstraint,
  PrimaryKeyColumnConstraint. A watermark is a `Watermark` beside the columns in the Schema.
- A function in FROM is a `TableFunction` (its `this` the call), behind LATERAL within a Lateral. The calls of
  TUMBLE, HOP, CUMULATE and SESSION are `WindowFunction`, which knows what its arguments mean.
- Functions are Anonymous with their name as written, unless sqlglot's class means exactly the same: COUNT, SUM, AVG,
  MIN, MAX, COALESCE, ROW_NUMBER … (see parsers/functions.py). A function of a catalog is a Dot, as in sqlglot.
- `x IS NOT NULL` and `x NOT LIKE y` are Is and Like with negate=True, as sqlglot has them. `x NOT IN (…)`, NOT BETWEEN
  and NOT SIMILAR TO are `PostfixNot`, a Not, since Flink tells them from `NOT x IN (…)`.
- Identifiers and functions have their place in `meta`: line, col, start and end, as sqlglot gives them to names.
"""

from __future__ import annotations

from sqlglot import exp


class FlinkType(exp.DataType):
    """A type as Flink spells it: `this`, `expressions` and `nullable` as in DataType (fields of a ROW are ColumnDefs).

    Args:
        spelling: the name, where Flink's tree keeps it: STRING, TIMESTAMP_LTZ, TIMESTAMP_TZ, an own type's name …
        postfix: INT ARRAY instead of ARRAY<INT>.
        parenthesized: ROW(…) instead of ROW<…>.
        zone: WITH LOCAL TIME ZONE and the like behind the precision.
        charset: CHARACTER SET's name.
        name: the identifier of a user's type, a Table.
    """

    arg_types = {
        **exp.DataType.arg_types,
        "spelling": False,
        "postfix": False,
        "parenthesized": False,
        "zone": False,
        "charset": False,
        "name": False,
    }


class TypedLiteral(exp.Cast):
    """DATE '2026-01-31', TIMESTAMP '…', TIME '…': a Cast of a string, written in another way."""


class InfixCast(exp.Cast):
    """x :: INT."""


class PostfixNot(exp.Not):
    """x NOT IN y, x NOT BETWEEN …, x NOT SIMILAR TO y: `this` is the plain predicate.

    x IS NOT NULL and x NOT LIKE y are an Is and a Like with negate=True, as in sqlglot.
    """


class RLike(exp.Expression, exp.Binary, exp.Predicate):
    """x RLIKE y."""


class BinaryWord(exp.Expression, exp.Binary, exp.Condition):
    """x OVERLAPS y, MEMBER OF, MULTISET UNION …: `operator` is the word or words between them."""

    arg_types = {"this": True, "expression": True, "operator": True}


class PostfixWord(exp.Expression, exp.Condition):
    """x FORMAT JSON: `operator` stands behind."""

    arg_types = {"this": True, "operator": True}


class PrefixWord(exp.Expression, exp.Condition):
    """UNIQUE (…), CURSOR (…), NEXT VALUE FOR s: `operator` stands before."""

    arg_types = {"this": True, "operator": True}


class PrefixedString(exp.Expression, exp.Condition):
    """_utf8'…', N'…': `charset` with its underscore, or N."""

    arg_types = {"this": True, "charset": True}


class UnicodeLiteral(exp.Expression, exp.Condition):
    """U&'…' [UESCAPE '…']; `this` is the text as written."""

    arg_types = {"this": True, "escape": False}


class CStyleString(exp.Expression, exp.Condition):
    """E'…' with escapes as in C; `this` is the text as written."""


class BinaryLiteral(exp.Expression, exp.Condition):
    """X'…'; `this` are the digits as written."""


class StringParts(exp.Expression, exp.Condition):
    """'one' 'two', which is one string in several lines; `expressions` are its parts."""

    arg_types = {"expressions": True}


class IntervalField(exp.Expression):
    """DAY(3), SECOND(2, 6): a unit of an interval with its precision."""

    arg_types = {"this": True, "expressions": True}


class Default(exp.Expression, exp.Condition):
    """DEFAULT as an argument or value."""

    arg_types = {}


class RowConstructor(exp.Expression, exp.Func):
    """ROW(…)."""

    arg_types = {"expressions": False}
    is_var_len_args = True


class MapConstructor(exp.Expression, exp.Func):
    """MAP[k, v, …] or, parenthesized, MAP(…)."""

    arg_types = {"expressions": False, "parenthesized": False}


class MultisetConstructor(exp.Expression, exp.Func):
    """MULTISET[…] or, parenthesized, MULTISET(query)."""

    arg_types = {"expressions": False, "parenthesized": False}


class PeriodConstructor(exp.Expression, exp.Func):
    """PERIOD(start, end)."""

    arg_types = {"expressions": True}


class CaseValues(exp.Expression):
    """WHEN 1, 2 THEN: several values of one branch."""

    arg_types = {"expressions": True}


class ContextVariable(exp.Expression, exp.Func):
    """CURRENT_TIMESTAMP, CURRENT_DATE, LOCALTIME, USER …: functions without parentheses; `this` is the name."""


class KeywordCall(exp.Expression, exp.Func):
    """A call with words between its arguments: SUBSTRING(x FROM 1 FOR 2), CEIL(x TO DAY), OVERLAY(…), POSITION(a IN b).

    Args:
        this: the function's name.
        expressions: the arguments.
        separators: what stands before the second, third … argument: a word, or a comma.
    """

    arg_types = {"this": True, "expressions": True, "separators": True}


class AllArgument(exp.Expression):
    """ALL before the argument of an aggregate."""

    arg_types = {"expressions": True}


class SeparatorArgument(exp.Expression):
    """SEPARATOR ',' as the last argument of an aggregate."""


class OrderArgument(exp.Expression):
    """ORDER BY among the arguments of an aggregate; `this` is the Order."""


class NullsArgument(exp.Expression):
    """IGNORE NULLS or RESPECT NULLS among the arguments of an aggregate; `this` is IGNORE or RESPECT."""


class WithinDistinct(exp.Expression):
    """aggregate(…) WITHIN DISTINCT (…)."""

    arg_types = {"this": True, "expressions": True}


class RunningFinal(exp.Expression, exp.Condition):
    """RUNNING LAST(x), FINAL LAST(x); `kind` is RUNNING or FINAL."""

    arg_types = {"this": True, "kind": True}


class JdbcCall(exp.Expression, exp.Condition):
    """{fn ABS(1)}."""


class JsonCall(exp.Expression, exp.Func):
    """JSON_VALUE, JSON_QUERY, JSON_EXISTS, JSON_OBJECT, JSON_ARRAY and their aggregates.

    Args:
        this: the function's name.
        expressions: the arguments; for objects `JsonPair`s.
        passing: Aliases.
        returning: a type.
        returning_format: of RETURNING … FORMAT JSON.
        wrapper: WITH ARRAY WRAPPER and the like, as text.
        behaviors: list of `JsonBehavior`.
        nulls: NULL or ABSENT (ON NULL).
        order: of an aggregate.
    """

    arg_types = {
        "this": True,
        "expressions": False,
        "passing": False,
        "returning": False,
        "returning_format": False,
        "wrapper": False,
        "behaviors": False,
        "nulls": False,
        "order": False,
    }


class JsonPair(exp.Expression):
    """KEY 'k' VALUE v; `separator` is VALUE or a colon, `keyword` whether KEY stands there."""

    arg_types = {"this": True, "expression": True, "keyword": False, "separator": True}


class JsonBehavior(exp.Expression):
    """NULL ON EMPTY, DEFAULT 1 ON ERROR: `this` is the word, `default` the value of DEFAULT, `on` EMPTY or ERROR."""

    arg_types = {"this": True, "default": False, "on": True}


class FrameSpec(exp.WindowSpec):
    """A window's frame; without `end` it has no BETWEEN. `partial` is ALLOW or DISALLOW (PARTIAL)."""

    arg_types = {**exp.WindowSpec.arg_types, "partial": False}


class Descriptor(exp.Expression, exp.Func):
    """DESCRIPTOR(ts): its `expressions` are Identifiers, since they are names of columns and not values."""

    arg_types = {"expressions": False}
    is_var_len_args = True


class TableArgument(exp.Expression):
    """TABLE t [PARTITION BY …] [ORDER BY …], or a query instead of the table, as an argument.

    Args:
        this: a Table, or a query.
        keyword: whether TABLE stands before it.
        partition_by: list of expressions.
        partition_parentheses: whether they stood in parentheses.
        order: an Order.
        order_parentheses: whether its items stood in parentheses.
    """

    arg_types = {
        "this": True,
        "keyword": False,
        "partition_by": False,
        "partition_parentheses": False,
        "order": False,
        "order_parentheses": False,
    }


class ModelArgument(exp.Expression):
    """MODEL m as an argument; `this` is an Identifier, or a Dot of several."""


class WindowFunction(exp.Expression, exp.Func):
    """TUMBLE, HOP, CUMULATE or SESSION over a table, in FROM.

    `this` is the name, `expressions` the arguments as written, named ones as Kwarg. The properties find them in either
    way of writing.

    >>> import sqlglot, headrace.flinksql.dialect
    >>> query = sqlglot.parse_one(
    ...     "SELECT * FROM HOP(TABLE t, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '5' MINUTE)", dialect="flink")
    >>> window = query.find(WindowFunction)
    >>> window.name, window.table.sql("flink"), window.time_column.name, window.argument("SIZE").sql("flink")
    ('HOP', 't', 'ts', "INTERVAL '5' MINUTE")
    """

    arg_types = {"this": True, "expressions": True}

    # Flink's names of the arguments, in their order.
    PARAMETERS = {
        "TUMBLE": ("DATA", "TIMECOL", "SIZE", "OFFSET"),
        "HOP": ("DATA", "TIMECOL", "SLIDE", "SIZE", "OFFSET"),
        "CUMULATE": ("DATA", "TIMECOL", "STEP", "SIZE", "OFFSET"),
        "SESSION": ("DATA", "TIMECOL", "GAP"),
    }

    @property
    def name(self) -> str:
        """TUMBLE, HOP, CUMULATE or SESSION."""
        return str(self.args["this"]).upper()

    def argument(self, name: str) -> exp.Expr | None:
        """One argument's value by Flink's name for it: DATA, TIMECOL, SIZE, SLIDE, STEP, GAP or OFFSET."""
        for position, argument in enumerate(self.expressions):
            if isinstance(argument, exp.Kwarg):
                if argument.this.name.upper() == name:
                    value: exp.Expr = argument.expression
                    return value
            elif self.PARAMETERS[self.name][position : position + 1] == (name,):
                positional: exp.Expr = argument
                return positional
        return None

    @property
    def table(self) -> exp.Expr | None:
        """The table or query whose rows are put into windows."""
        data = self.argument("DATA")
        return data.this if isinstance(data, TableArgument) else data

    @property
    def time_column(self) -> exp.Expr | None:
        """The column of the descriptor, an Identifier."""
        descriptor = self.argument("TIMECOL")
        return descriptor.expressions[0] if isinstance(descriptor, Descriptor) else None

    @property
    def partition_by(self) -> list[exp.Expr]:
        """What sessions are kept apart by."""
        data = self.argument("DATA")
        return (data.args.get("partition_by") or []) if isinstance(data, TableArgument) else []


class TableFunction(exp.Expression, exp.UDTF):
    """A function in FROM: f(…), or wrapped in TABLE(…) or even TABLE(SPECIFIC …).

    Args:
        this: the call: `WindowFunction`, Anonymous, or a Dot to it.
        wrapped: TABLE( … ) stands around it.
        alias: TableAlias.
    """

    arg_types = {
        "this": True,
        "wrapped": False,
        "specific": False,
        "alias": False,
        "joins": False,
        "pivots": False,
        "sample": False,
    }


class ExplicitTable(exp.Expression):
    """TABLE t, as a query."""

    arg_types = {"this": True, "with_": False, "order": False, "limit": False, "offset": False}


class TableHint(exp.Expression):
    """One hint: OPTIONS('k' = 'v'), BROADCAST(t), …; `expressions` is absent if it has no parentheses."""

    arg_types = {"this": True, "expressions": False}


class ExtendedTable(exp.Expression):
    """t EXTEND (x INT): columns that the table's schema does not tell."""

    arg_types = {
        "this": True,
        "expressions": True,
        "keyword": False,
        "alias": False,
        "joins": False,
        "pivots": False,
        "sample": False,
        "version": False,
    }


class RowPattern(exp.MatchRecognize, exp.DerivedTable):
    """t MATCH_RECOGNIZE (…) AS alias.

    Args:
        this: the table.
        partition_by, order, measures: as in MatchRecognize (measures are Aliases).
        rows: ONE ROW PER MATCH or ALL ROWS PER MATCH.
        after: `AfterMatch`.
        pattern: a tree of `PatternAlternation`, `PatternSequence`, `PatternQuantifier`, `PatternExclusion`,
            `PatternPermutation` and Identifiers.
        strict_start, strict_end: ^ and $.
        within: an interval.
        subset: list of EQ, of a name and a Tuple.
        define: list of Alias, of a condition and a name.
    """

    arg_types = {
        **exp.MatchRecognize.arg_types,
        "this": True,
        "within": False,
        "subset": False,
        "strict_start": False,
        "strict_end": False,
        "joins": False,
        "pivots": False,
        "sample": False,
    }


class AfterMatch(exp.Expression):
    """AFTER MATCH SKIP …: `this` says where to, `expression` is the variable of TO FIRST, TO LAST and TO."""

    arg_types = {"this": True, "expression": False}


class PatternAlternation(exp.Expression):
    """A | B."""

    arg_types = {"expressions": True}


class PatternSequence(exp.Expression):
    """A B."""

    arg_types = {"expressions": True}


class PatternQuantifier(exp.Expression):
    """A*, A+?, A{2,3}: `quantifier` is the text behind."""

    arg_types = {"this": True, "quantifier": True}


class PatternExclusion(exp.Expression):
    """{- A -}."""


class PatternPermutation(exp.Expression):
    """PERMUTE(A, B)."""

    arg_types = {"expressions": True}


class Watermark(exp.Expression):
    """WATERMARK FOR ts AS ts - INTERVAL '5' SECOND: `this` is the column, `expression` the watermark."""

    arg_types = {"this": True, "expression": True}


class MetadataColumn(exp.Expression, exp.ColumnConstraintKind):
    """METADATA [FROM 'key'] [VIRTUAL]."""

    arg_types = {"this": False, "virtual": False}


class NamedConstraint(exp.Expression, exp.ColumnConstraintKind):
    """[CONSTRAINT name] PRIMARY KEY | UNIQUE [(columns)] [NOT] [ENFORCED], of a column or a table.

    Args:
        this: the name.
        kind: PRIMARY KEY or UNIQUE.
        expressions: the columns, for a table's constraint.
        enforced: ENFORCED or NOT ENFORCED, as text.
    """

    arg_types = {"this": False, "kind": True, "expressions": False, "enforced": False}


class Distribution(exp.Property):
    """DISTRIBUTED BY HASH(a) INTO 4 BUCKETS: `kind` is HASH or RANGE, `expressions` the columns, `buckets` a number."""

    arg_types = {"kind": False, "expressions": False, "buckets": False}


class LikeTable(exp.Property):
    """LIKE t (INCLUDING ALL EXCLUDING OPTIONS …): `expressions` are texts, one an option."""

    arg_types = {"this": True, "expressions": False}


class Freshness(exp.Property):
    """FRESHNESS = INTERVAL '1' MINUTE."""

    arg_types = {"this": True}


class RefreshMode(exp.Property):
    """REFRESH_MODE = CONTINUOUS | FULL."""

    arg_types = {"this": True}


class StartMode(exp.Property):
    """START_MODE = FROM_NOW(INTERVAL …) …: `this` is the word, `expression` its argument."""

    arg_types = {"this": True, "expression": False}


class Resources(exp.Property):
    """USING JAR '…', ARTIFACT '…' of a function: `expressions` are `Resource`s."""

    arg_types = {"expressions": True}


class Resource(exp.Expression):
    """JAR '…': `kind` and path."""

    arg_types = {"this": True, "kind": True}


class ModelSchema(exp.Property):
    """INPUT (…) or OUTPUT (…) of a model: `kind`, and ColumnDefs."""

    arg_types = {"kind": True, "expressions": True}


class Options(exp.Expression):
    """WITH (…), SET (…): `expressions` are Property nodes of two literals."""

    arg_types = {"expressions": False}


class OptionKeys(exp.Expression):
    """RESET (…): literals."""

    arg_types = {"expressions": False}


class ColumnPlace(exp.Expression):
    """FIRST, or AFTER column (`this`)."""

    arg_types = {"this": False}


class AlterAction(exp.Expression):
    """What ALTER does, when it is words and at most a list.

    Args:
        this: the words: ADD, MODIFY, DROP, SET, RESET, RENAME TO, DROP PRIMARY KEY, ADD PARTITION …
        expressions: what they apply to.
        parenthesized: whether the list stands in parentheses.
        exists: IF EXISTS or IF NOT EXISTS, as text, behind the words.
        tail: what follows the list, a node.
    """

    arg_types = {"this": True, "expressions": False, "parenthesized": False, "exists": False, "tail": False}


class PartitionSpec(exp.Expression):
    """PARTITION (a = 1, b): EQs, or Identifiers; `options` of WITH."""

    arg_types = {"expressions": True, "options": False}


class Utility(exp.Expression):
    """A statement that is words with at most a name, a list and options.

    Args:
        kind: its words in capitals: SHOW TABLES, USE CATALOG, LOAD MODULE, ADD JAR, DESCRIBE JOB, EXECUTE PLAN …
        this: what it names: a Table, an Identifier or a literal.
        expressions: a list (USE MODULES).
        clauses: list of `UtilityClause`.
    """

    arg_types = {"kind": True, "this": False, "expressions": False, "clauses": False}


class UtilityClause(exp.Expression):
    """A part of a Utility: `words` and what follows them, a node or several."""

    arg_types = {"words": True, "this": False, "expressions": False, "parenthesized": False}


class SetOption(exp.Expression):
    """SET, SET 'key' = 'value', and Calcite's SET key = value: `this` and `expression` are absent in a bare SET."""

    arg_types = {"this": False, "expression": False, "scope": False}


class ResetOption(exp.Expression):
    """RESET, RESET 'key'."""

    arg_types = {"this": False, "scope": False}


class StatementSet(exp.Expression):
    """STATEMENT SET BEGIN …; …; END, within EXECUTE, EXPLAIN or COMPILE PLAN: `expressions` are Inserts."""

    arg_types = {"expressions": True}


class ExecuteStatement(exp.Expression):
    """EXECUTE statement, EXECUTE STATEMENT SET BEGIN … END: `this` is the statement."""


class Explain(exp.Expression):
    """EXPLAIN [details | PLAN FOR] statement: `details` are words, `plan` the words PLAN … FOR."""

    arg_types = {"this": True, "details": False, "plan": False}


class CompilePlan(exp.Expression):
    """COMPILE [AND EXECUTE] PLAN 'path' [IF NOT EXISTS] FOR statement."""

    arg_types = {"this": True, "expression": True, "execute": False, "exists": False}


class Call(exp.Expression):
    """CALL procedure(…): `this` is the call."""


class DescribeStatement(exp.Expression):
    """DESCRIBE [STATEMENT] statement."""

    arg_types = {"this": True, "keyword": False}


class ConflictAction(exp.Expression):
    """ON CONFLICT DO DEDUPLICATE | NOTHING | ERROR: `this` is the word."""
