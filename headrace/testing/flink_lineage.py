"""What Flink itself says that a query's columns and rows depend on: the oracle for our lineage.

Flink parses and validates the query: views and `*` are expanded, names looked up, computed columns written out. What is
left is Calcite's tree of relational operators over table scans, whose columns are known by their numbers. This module
reads off that tree which columns of tables each number is made of. (Calcite's own RelMdColumnOrigins does not know
window functions, watermarks and lookups, and gives up on every feature that has one.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from py4j.java_gateway import get_field  # type: ignore[import-untyped]
from pyflink.common import Configuration
from pyflink.java_gateway import get_gateway

from headrace.flinksql.statements import Statement
from headrace.settings import Settings
from headrace.testing.mini_cluster import refused, start_java, table_environment

_NOTHING: frozenset[str] = frozenset()
_STRING = re.compile(r"'(?:[^']|'')*'")
_DESCRIPTOR = re.compile(r"DESCRIPTOR\([^']*'([^']+)'")
# `$3`, and `$cor0.name` of the row beside.
_COLUMN = re.compile(r"(?<![\w$])\$(?:(\d+)|(cor\d+)\.([\w$]+))")


@dataclass(frozen=True)
class Origins:
    """The columns of tables (`table.column`) that something depends on.

    Attributes:
        values: what makes or chooses the value.
        rows: what only decides which rows count.
    """

    values: frozenset[str] = _NOTHING
    rows: frozenset[str] = _NOTHING

    @property
    def all(self) -> frozenset[str]:
        """Both."""
        return self.values | self.rows


@dataclass(frozen=True)
class QueryOrigins:
    """The origins of each column of a query, in order, and of its rows."""

    columns: tuple[Origins, ...]
    rows: frozenset[str]


class FlinkLineage:
    """A session of Flink's planner with a project's catalog; nothing is run, and nothing needs to be there."""

    def __init__(self, settings: Settings, catalog: Iterable[Statement], folder: Path) -> None:
        """Creates the catalog's objects.

        Args:
            settings: where Flink's jars are.
            catalog: CREATE statements.
            folder: for Flink's log.

        Raises:
            CaseError: Flink refuses a statement.
        """
        start_java(settings, folder)
        configuration = Configuration()
        configuration.set_string("table.catalog-store.kind", "generic_in_memory")
        self._session = table_environment(configuration)
        self._session.execute_sql("CREATE CATALOG headrace WITH ('type' = 'generic_in_memory')")
        self._session.execute_sql("USE CATALOG headrace")
        self._catalog = self._session._j_tenv.getCatalog("headrace").get()
        self._tables: set[str] = set()
        # By table and key: scans name metadata columns by their keys.
        self._metadata_names: dict[tuple[str, str], str] = {}
        for statement in catalog:
            try:
                self._session.execute_sql(statement.text)
            except Exception as error:
                raise refused(f"{statement.file}:{statement.line}", error) from error
            self._fill_placeholders()

    def of_query(self, query: str) -> QueryOrigins:
        """The origins of a query, or of the query of an INSERT.

        Raises:
            CaseError: Flink refuses it.
        """
        try:
            operation = self._session._j_tenv.getPlanner().getParser().parse(query).get(0)
        except Exception as error:
            raise refused(query, error) from error
        if operation.getClass().getSimpleName() == "SinkModifyOperation":
            operation = operation.getChild()
        return _Tree(self._metadata_names).of(operation.getCalciteTree())

    def _fill_placeholders(self) -> None:
        """Options with ${…} are left out, so that the planner makes sources of the tables in views."""
        catalog = get_gateway().jvm.org.apache.flink.table.catalog
        for name in set(self._catalog.listTables("default")) - self._tables:
            self._tables.add(name)
            path = catalog.ObjectPath("default", name)
            table = self._catalog.getTable(path)
            if table.getTableKind().toString() != "TABLE":
                continue
            options = {key: value for key, value in dict(table.getOptions()).items() if "${" not in value}
            needed = {"kafka": ("properties.bootstrap.servers", "localhost:1"), "redis": ("url", "redis://localhost:1")}
            if options.get("connector") in needed:
                options.setdefault(*needed[options["connector"]])
            schema = table.getUnresolvedSchema()
            for column in schema.getColumns():
                if column.getClass().getSimpleName() == "UnresolvedMetadataColumn":
                    self._metadata_names[name, column.getMetadataKey() or column.getName()] = column.getName()
            filled = catalog.CatalogTable.newBuilder().schema(schema).options(options).build()
            self._catalog.alterTable(path, filled, False)


class _Tree:
    """Reads one tree of relational operators (RelNode).

    Their expressions (RexNode) are read as Flink writes them, `CASE(>($4, 5), $2, null)`: one call into the JVM each.
    """

    def __init__(self, metadata_names: Mapping[tuple[str, str], str]) -> None:
        self._metadata_names = metadata_names
        self._correlated: dict[str, dict[str, Origins]] = {}

    def of(self, node: Any) -> QueryOrigins:
        kind = node.getRelTypeName().removeprefix("Logical")
        if kind == "Correlate":
            return self._correlate(node)
        inputs = [self.of(each) for each in node.getInputs()]
        found: QueryOrigins = getattr(self, f"_{kind.lower()}")(node, *inputs)
        return found

    def _tablescan(self, node: Any) -> QueryOrigins:
        table = node.getTable().getQualifiedName().get(2)
        names = [name.removeprefix("$metadata$") for name in _names(node)]
        names = [self._metadata_names.get((table, name), name) for name in names]
        return QueryOrigins(tuple(Origins(frozenset({f"{table}.{name}"})) for name in names), _NOTHING)

    def _project(self, node: Any, source: QueryOrigins) -> QueryOrigins:
        for each in node.getVariablesSet():
            self._beside(each, node.getInput(), source)
        text = _without_strings(node.getProjects().toString())
        expressions = list(node.getProjects()) if "{" in text else _split(text[1:-1])
        return QueryOrigins(tuple(self._rex(each, source.columns) for each in expressions), source.rows)

    def _filter(self, node: Any, source: QueryOrigins) -> QueryOrigins:
        for each in node.getVariablesSet():
            self._beside(each, node.getInput(), source)
        return QueryOrigins(source.columns, source.rows | self._rex(node.getCondition(), source.columns).all)

    def _watermarkassigner(self, node: Any, source: QueryOrigins) -> QueryOrigins:
        return source

    def _snapshot(self, node: Any, source: QueryOrigins) -> QueryOrigins:
        return QueryOrigins(source.columns, source.rows | self._rex(node.getPeriod(), source.columns).all)

    def _values(self, node: Any) -> QueryOrigins:
        return QueryOrigins(tuple(Origins() for _ in _names(node)), _NOTHING)

    def _sort(self, node: Any, source: QueryOrigins) -> QueryOrigins:
        keys = [source.columns[each.getFieldIndex()].all for each in node.getCollation().getFieldCollations()]
        limited = any(get_field(node, part) is not None for part in ("fetch", "offset"))
        return QueryOrigins(source.columns, source.rows.union(*keys) if limited else source.rows)

    def _aggregate(self, node: Any, source: QueryOrigins) -> QueryOrigins:
        groups = [source.columns[number] for number in _numbers(node.getGroupSet())]
        columns = list(groups)
        for call in node.getAggCallList():
            number = get_field(call, "filterArg")
            filters = [source.columns[number].all] if number >= 0 else []
            made = _together(source.columns[number] for number in _numbers(call.getArgList()))
            columns.append(Origins(made.values, made.rows.union(*filters)))
        return QueryOrigins(tuple(columns), source.rows.union(*(group.all for group in groups)))

    def _join(self, node: Any, left: QueryOrigins, right: QueryOrigins) -> QueryOrigins:
        columns = left.columns + right.columns
        rows = left.rows | right.rows | self._rex(node.getCondition(), columns).all
        return QueryOrigins(columns if node.getJoinType().projectsRight() else left.columns, rows)

    def _correlate(self, node: Any) -> QueryOrigins:
        left = self.of(node.getLeft())
        self._beside(node.getCorrelationId(), node.getLeft(), left)
        right = self.of(node.getRight())
        columns = left.columns + (right.columns if node.getJoinType().projectsRight() else ())
        return QueryOrigins(columns, left.rows | right.rows)

    def _beside(self, correlation: Any, node: Any, source: QueryOrigins) -> None:
        """Notes what `$cor0.name` stands for in what follows."""
        name = correlation.getName().removeprefix("$")
        self._correlated[name] = dict(zip(_names(node), source.columns, strict=True))

    def _uncollect(self, node: Any, source: QueryOrigins) -> QueryOrigins:
        made = _together(source.columns)
        return QueryOrigins(tuple(made for _ in _names(node)), source.rows | made.all)

    def _tablefunctionscan(self, node: Any, *sources: QueryOrigins) -> QueryOrigins:
        """A window function, or a table function over the row beside it."""
        width = len(_names(node))
        if not sources:
            made = self._rex(node.getCall(), ())
            return QueryOrigins(tuple(made for _ in range(width)), made.all)
        source = sources[0]
        names = _names(node.getInput(0))
        described = _DESCRIPTOR.search(node.getCall().toString())
        time = source.columns[names.index(described.group(1))] if described else Origins()
        partition = self._rex(node.getCall(), source.columns)
        columns = source.columns + (time,) * (width - len(source.columns))
        return QueryOrigins(columns, source.rows | time.all | partition.all)

    def _union(self, node: Any, *sources: QueryOrigins) -> QueryOrigins:
        columns = tuple(_together(each) for each in zip(*(source.columns for source in sources), strict=True))
        rows = _NOTHING.union(*(source.rows for source in sources))
        return QueryOrigins(columns, rows if get_field(node, "all") else rows | _together(columns).all)

    def _minus(self, node: Any, *sources: QueryOrigins) -> QueryOrigins:
        compared = [column.all for source in sources for column in source.columns]
        return QueryOrigins(sources[0].columns, _NOTHING.union(*(source.rows for source in sources), *compared))

    _intersect = _minus

    def _match(self, node: Any, source: QueryOrigins) -> QueryOrigins:
        """MATCH_RECOGNIZE with ONE ROW PER MATCH: the columns of PARTITION BY, then the measures."""
        keys = [source.columns[number] for number in _numbers(node.getPartitionKeys())]
        order = [source.columns[each.getFieldIndex()] for each in node.getOrderKeys().getFieldCollations()]
        defined = [self._rex(each, source.columns) for each in node.getPatternDefinitions().values()]
        measures = dict(node.getMeasures())
        names = _names(node)
        columns = [self._rex(measures[name], source.columns) if name in measures else keys[names.index(name)]
                   for name in names]  # fmt: skip
        return QueryOrigins(tuple(columns), source.rows | _together([*keys, *order, *defined]).all)

    def _rex(self, node: Any, columns: tuple[Origins, ...]) -> Origins:
        """An expression, as a node or as its text without strings."""
        text = node if isinstance(node, str) else _without_strings(node.toString())
        if "{" in text:
            made = _together(self._rex(each, columns) for each in node.getOperands())
            if node.getClass().getSimpleName() != "RexSubQuery":
                return made
            inner = self.of(get_field(node, "rel"))
            if node.getOperator().getName() != "EXISTS":
                made = _together([made, *inner.columns])
            return Origins(made.values, made.rows | inner.rows)
        values, decides = _over(text)
        made = _together(self._named(found, columns) for found in _COLUMN.finditer(values))
        rows = _together(self._named(found, columns) for found in _COLUMN.finditer(decides)).all
        return Origins(made.values, made.rows | rows)

    def _named(self, found: re.Match[str], columns: tuple[Origins, ...]) -> Origins:
        number, variable, name = found.groups()
        return columns[int(number)] if number else self._correlated[variable][name]


def _names(node: Any) -> list[str]:
    """The columns of an operator."""
    return str(node.getRowType().getFieldNames().toString())[1:-1].split(", ")


def _numbers(numbers: Any) -> list[int]:
    """The numbers of columns in a list or a set of bits."""
    return [int(number) for number in re.findall(r"\d+", numbers.toString())]


def _without_strings(text: str) -> str:
    return _STRING.sub("''", text)


def _split(text: str) -> list[str]:
    """The items of a list, which may have commas in parentheses."""
    items, depth = [""], 0
    for character in text:
        depth += (character in "([") - (character in ")]")
        if character == "," and depth == 0:
            items.append("")
        else:
            items[-1] += character
    return items


def _over(text: str) -> tuple[str, str]:
    """An expression without what stands in the parentheses of OVER, and that."""
    values, decides = "", ""
    while " OVER (" in text:
        before, _, after = text.partition(" OVER (")
        depth, end = 1, 0
        while depth:
            depth += (after[end] == "(") - (after[end] == ")")
            end += 1
        values, decides, text = values + before, f"{decides} {after[:end]}", after[end:]
    return values + text, decides


def _together(origins: Iterable[Origins]) -> Origins:
    found = list(origins)
    return Origins(_NOTHING.union(*(each.values for each in found)), _NOTHING.union(*(each.rows for each in found)))
