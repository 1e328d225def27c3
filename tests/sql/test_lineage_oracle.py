"""Flink's planner and `headrace lineage` name the same columns of tables, for each column of each query."""

from __future__ import annotations

from pathlib import Path

import pytest

from headrace.flinksql.lineage import LineageGraph, read_lineage
from headrace.flinksql.lineage.influence import VALUE_KINDS
from headrace.flinksql.schema import ProjectSchema, parsed
from headrace.flinksql.schema.names import table_name
from headrace.project import Project, read_project
from headrace.settings import PROJECT, settings
from headrace.testing.flink_lineage import FlinkLineage

SHOP = PROJECT / "tests" / "flinksql" / "lineage" / "shop"


class Both:
    """A project as both read it."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.project: Project = read_project(root)
        self.schema = ProjectSchema.of_statements(PROJECT, self.project.catalog)
        self.graph: LineageGraph = read_lineage(self.project, lambda model: (), self.schema)
        self.flink = FlinkLineage(settings(), self.project.catalog, folder)

    def differences(self, relation: str, columns: list[str], query: str) -> dict[str, object]:
        """Where they differ: by column, what only one of them names, for values and for all influences."""
        found = self.flink.of_query(query)
        rows = self.base_columns(relation, rows=True)
        differences: dict[str, object] = {}
        for column, flinks in zip(columns, found.columns, strict=True):
            node = f"{relation}.{column}"
            values = self.base_columns(node, rows=False) ^ flinks.values
            influences = (self.base_columns(node, rows=True) | rows) ^ (flinks.all | found.rows)
            if values or influences:
                differences[column] = {"values": values, "influences": influences}
        return differences

    def base_columns(self, start: str, rows: bool) -> set[str]:
        """The columns of tables that are reached, without going through a table that a job writes."""
        found: set[str] = set()
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            at = waiting.pop()
            if at in seen:
                continue
            seen.add(at)
            node = self.graph.nodes[at]
            above = [edge for edge in self.graph.above(at) if rows or edge.kind in VALUE_KINDS]
            if node.kind in {"column", "field"} and at != start and self._is_base(node.relation, node.column):
                found.add(f"{node.relation}.{node.column}")
                continue
            counted = {"table", "view"} if not rows else set()
            waiting += [edge.source for edge in above if self.graph.nodes[edge.source].kind not in counted]
        return found

    def _is_base(self, relation: str, column: str) -> bool:
        table = self.schema.tables.get(relation)
        found = table.column(column) if table else None
        return found is not None and found.kind != "computed"


@pytest.fixture(scope="module", params=[PROJECT, SHOP], ids=["headrace", "shop"])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Both:
    return Both(request.param, tmp_path_factory.mktemp("flink"))


def test_inserts_have_the_origins_that_flink_names(both: Both) -> None:
    inserts = [insert for job in both.project.jobs for insert in job.inserts]
    assert inserts
    differences = {}
    for insert in inserts:
        tree = parsed(insert).tree
        assert tree is not None
        table = both.schema.tables[table_name(tree.this)]
        columns = [column.name for column in table.columns if column.writable]
        differences[table.name] = both.differences(table.name, columns, insert.text)
    assert not {name: found for name, found in differences.items() if found}


def test_views_have_the_origins_that_flink_names(both: Both) -> None:
    differences = {}
    for name in both.schema.views:
        columns = [column.name for column in both.schema.columns_of(name).columns]
        differences[name] = both.differences(name, columns, f"SELECT * FROM {name}")  # noqa: S608
    assert len(differences) > 4
    assert not {name: found for name, found in differences.items() if found}
