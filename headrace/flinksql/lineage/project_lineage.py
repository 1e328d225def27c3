"""Builds the lineage of a project from its catalog and its jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from sqlglot import exp

from headrace.errors import HeadraceError
from headrace.flinksql.lineage.expressions import json_document
from headrace.flinksql.lineage.graph import Edge, LineageGraph, Node, ServedVersion, Untraced
from headrace.flinksql.lineage.influence import Influence, QueryLineage, ResultColumn, Source, distinct
from headrace.flinksql.lineage.places import column_place, field_place, table_place
from headrace.flinksql.lineage.queries import QueryWalk
from headrace.flinksql.parsing import place
from headrace.flinksql.schema import (
    Column,
    Origin,
    ProjectSchema,
    Relation,
    RelationColumn,
    Resolution,
    Table,
    View,
    parsed,
)
from headrace.flinksql.schema.definitions import computed_expression, name_node
from headrace.flinksql.schema.names import table_name
from headrace.flinksql.schema.resolver import Resolver
from headrace.flinksql.statements import Statement
from headrace.project import Project

ServedVersions = Callable[[str], tuple[ServedVersion, ...]]


def read_lineage(project: Project, served: ServedVersions, schema: ProjectSchema | None = None) -> LineageGraph:
    """The lineage of all tables, views, functions and models of a project.

    What cannot be read or followed is in `untraced`; nothing is raised for it.

    Args:
        project: catalog and jobs.
        served: gives the versions of a model that serve; may raise a HeadraceError.
        schema: of the project, if it has been read already.
    """
    return _Builder(project, served, schema or ProjectSchema.read(project)).build()


class _Builder:
    def __init__(self, project: Project, served: ServedVersions, schema: ProjectSchema) -> None:
        self.project = project
        self.served = served
        self.schema = schema
        self.graph = LineageGraph()
        self.inserts: list[tuple[str, Statement, exp.Expr]] = []
        self.jobs: dict[str, list[str]] = {}
        self.copies: dict[str, list[tuple[Influence, str]]] = {}  # by table.column, with the file
        self.fields: list[Source] = []

    def build(self) -> LineageGraph:
        self._read_inserts()
        for each in self.schema.catalog:
            if each.error is not None:
                self._untraced(each.statement, each.statement.line, f"it cannot be read: {_first_line(each.error)}")
        for table in self.schema.tables.values():
            self._table(table)
        for name in self.schema.views:
            self._view_nodes(self.schema.views[name])
        self._functions()
        for table in self.schema.tables.values():
            self._computed_columns(table)
        for view in self.schema.views.values():
            resolution = self.schema.view_resolution(view.name)
            names = [column.name for column in self.schema.columns_of(view.name).columns]
            self._query(view.statement, view.name, names, view.query, resolution)
        for table_name_, statement, tree in self.inserts:
            self._insert(table_name_, statement, tree)
        for source in self.fields:
            self._trace_field(source)
        return self.graph

    def _untraced(self, statement: Statement, line: int, fact: str) -> None:
        found = Untraced(statement.file, line, fact)
        if found not in self.graph.untraced:
            self.graph.untraced.append(found)

    # Nodes.

    def _read_inserts(self) -> None:
        for job in self.project.jobs:
            for statement in job.inserts:
                found = parsed(statement)
                if found.tree is None:
                    self._untraced(statement, statement.line, f"it cannot be read: {_first_line(found.error)}")
                    continue
                target = table_name(found.tree.this)
                self.jobs.setdefault(target, [])
                if job.name not in self.jobs[target]:
                    self.jobs[target].append(job.name)
                self.inserts.append((target, statement, found.tree))

    def _table(self, table: Table) -> None:
        role = "feature" if table.name in self.jobs else "source"
        base = Node(
            table.name, "table", table.name, role=role, job=", ".join(self.jobs.get(table.name, ())),
            place=table_place(table),
            file=table.statement.file, line=_line(table.statement, name_node(table.tree)),
        )  # fmt: skip
        self.graph.add_node(base)
        for column in table.columns:
            node = _column_node(base, column)
            line = _line(table.statement, column.node)
            self.graph.add_node(replace(node, line=line, place=column_place(table, column)))

    def _view_nodes(self, view: View) -> None:
        base = Node(view.name, "view", view.name, role="view", file=view.statement.file,
                    line=_line(view.statement, name_node(view.tree)))  # fmt: skip
        self.graph.add_node(base)
        found = self.schema.columns_of(view.name)
        for column in found.columns:
            self.graph.add_node(_column_node(base, column))

    def _functions(self) -> None:
        for function in self.schema.functions.values():
            statement = function.statement
            node = Node(f"function:{function.name}", "function", place=function.class_name, file=statement.file,
                        line=_line(statement, name_node(function.tree)), type=str(function.result or ""))  # fmt: skip
            self.graph.add_node(node)
            if function.error:
                self._untraced(statement, statement.line, f"which model it runs is not known: {function.error}")
            if not function.model:
                continue
            model = f"model:{function.model}"
            if model not in self.graph.nodes:
                self.graph.add_node(Node(model, "model", versions=self._versions(function.model, statement)))
            self.graph.add_edge(Edge(model, node.id, "value", function.class_name, statement.file, node.line))

    def _versions(self, model: str, statement: Statement) -> tuple[ServedVersion, ...]:
        try:
            return self.served(model)
        except HeadraceError as error:
            self._untraced(statement, statement.line, f"which versions serve is not known: {_first_line(error)}")
            return ()

    # Edges.

    def _computed_columns(self, table: Table) -> None:
        columns = tuple(RelationColumn(column.name, column.type, plain=Origin(table.name, column.name))
                        for column in table.columns)  # fmt: skip
        relation = Relation(table.name, "table", columns, object=table)
        for column in table.columns:
            expression = computed_expression(column.node) if column.kind == "computed" else None
            if expression is None:
                continue
            resolver = Resolver(self.schema, expression)
            resolver.resolve_expression(expression, relation)
            walk = QueryWalk(self.schema, table.statement, resolver.resolution)
            made = ResultColumn(
                column.name,
                distinct(walk.explained(expression, "value")),
                expression,
                is_copy=isinstance(json_document(expression), exp.Column),
            )
            self._column_edges(table.statement, f"{table.name}.{column.name}", made)
            self._notes(table.statement, walk, resolver.resolution)

    def _insert(self, target: str, statement: Statement, tree: exp.Expr) -> None:
        table = self.schema.tables.get(target)
        if table is None:
            self._untraced(statement, statement.line, f"there is no table {target}")
            return
        listed = tree.this.expressions if isinstance(tree.this, exp.Schema) else []
        names = [column.name for column in listed] or [column.name for column in table.columns if column.writable]
        self._query(statement, target, names, tree.args["expression"], self.schema.resolve(tree))

    def _query(
        self, statement: Statement, target: str, names: list[str], query: exp.Expr, resolution: Resolution
    ) -> None:
        walk = QueryWalk(self.schema, statement, resolution)
        found: QueryLineage = walk.query(query)
        for name, column in zip(names, found.columns, strict=False):
            self._column_edges(statement, f"{target}.{name}", column)
        self._add(statement, target, found.rows)
        self._notes(statement, walk, resolution)
        if not found.columns or not resolution.complete:
            self._untraced(statement, statement.line, f"not all columns of {target} are known")

    def _column_edges(self, statement: Statement, target: str, column: ResultColumn) -> None:
        if target not in self.graph.nodes:
            return
        if column.expression is not None and not self.graph.nodes[target].expression:
            node = self.graph.nodes[target]
            self.graph.nodes[target] = replace(node, expression=column.expression.sql("flink"))
        self._add(statement, target, column.influences)
        if column.is_copy and len(column.influences) == 1 and column.influences[0].source.kind == "column":
            self.copies.setdefault(target, []).append((column.influences[0], statement.file))

    def _add(self, statement: Statement, target: str, influences: Iterable[Influence]) -> None:
        for each in influences:
            source = self._source(each.source)
            if source in self.graph.nodes and source != target:
                self.graph.add_edge(Edge(source, target, each.kind, each.expression, statement.file, each.line))

    def _notes(self, statement: Statement, walk: QueryWalk, resolution: Resolution) -> None:
        for problem in resolution.problems:
            self._untraced(statement, _line(statement, problem.node), f"{problem.fact}. {problem.remedy}")
        for line, fact in walk.untraced:
            self._untraced(statement, line, fact)

    # JSON fields.

    def _source(self, source: Source) -> str:
        if source.kind == "function":
            return f"function:{source.name}"
        if source.kind == "rows":
            return source.name
        column = f"{source.name}.{source.column}"
        if not source.path or column not in self.graph.nodes:
            return column
        identity = f"{column}.{source.path}"
        if identity not in self.graph.nodes:
            table = self.schema.tables.get(source.name)
            node = replace(self.graph.nodes[column], id=identity, kind="field", path=source.path, type="")
            place_ = field_place(table, source.path) if table is not None and node.place else ""
            self.graph.add_node(replace(node, place=place_, expression=""))
            self.fields.append(source)
        return identity

    def _trace_field(self, source: Source) -> None:
        """Where a column is a copy of another one, its field is the other one's; where it is made, what makes it."""
        column = f"{source.name}.{source.column}"
        target = f"{column}.{source.path}"
        copied: set[tuple[str, str, int]] = set()
        for influence, file in self.copies.get(column, ()):
            above = self._source(replace(influence.source, path=source.path))
            self.graph.add_edge(Edge(above, target, "value", influence.expression, file, influence.line))
            copied.add((self._source(influence.source), file, influence.line))
        for edge in self.graph.above(column):
            if (edge.source, edge.file, edge.line) not in copied:
                self.graph.add_edge(replace(edge, target=target))


def _column_node(base: Node, column: Column | RelationColumn) -> Node:
    """The node of a column of the table or view that `base` stands for."""
    return replace(
        base,
        id=f"{base.id}.{column.name}",
        kind="column",
        column=column.name,
        type=str(column.type) if column.type else "",
    )


def _line(statement: Statement, node: exp.Expr) -> int:
    found = place(node, statement.text)
    return statement.line + (found[0] - 1 if found else 0)


def _first_line(error: object) -> str:
    return str(error).splitlines()[0]
