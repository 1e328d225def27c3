"""The small project `shop` in tests/flinksql/lineage: each view is a case, and its lineage is expected as a file.

`python tests/unit/flinksql/lineage/lineage_cases.py` writes the files anew; read what changes before it is committed.
"""

from __future__ import annotations

from functools import cache

from headrace.flinksql.lineage import LineageGraph, ServedVersion, read_lineage
from headrace.flinksql.schema import ProjectSchema
from headrace.project import Project, read_project
from headrace.settings import PROJECT

CASES = PROJECT / "tests" / "flinksql" / "lineage"
SHOP = CASES / "shop"
EXPECTED = CASES / "expected"


@cache
def shop() -> Project:
    """The project, as its files say."""
    return read_project(SHOP)


@cache
def shop_lineage() -> LineageGraph:
    """Its lineage; its functions are those of Headrace itself."""
    schema = ProjectSchema.of_statements(PROJECT, shop().catalog)
    versions = (ServedVersion(3, 0.8), ServedVersion(2, 0.2))
    return read_lineage(shop(), lambda model: versions, schema)


def case_text(graph: LineageGraph, relation: str) -> str:
    """What each column of a table or view, and its rows, directly depend on."""
    lines = []
    for node in (*graph.columns(relation), relation):
        lines.append("rows" if node == relation else graph.nodes[node].column)
        found = [f"  {edge.kind} {edge.source}: {edge.expression}" for edge in graph.above(node)]
        lines += found or [f"  = {graph.nodes[node].expression}"]
    lines += [f"untraced: {each.fact}" for each in graph.untraced if each.file.endswith(f"/{relation}.sql")]
    return "\n".join(lines) + "\n"


def case_names() -> list[str]:
    """The views, the feature, and the sources with computed columns."""
    return [node.id for node in shop_lineage().nodes.values() if node.kind in {"table", "view"}]


if __name__ == "__main__":
    for name in case_names():
        (EXPECTED / f"{name}.txt").write_text(case_text(shop_lineage(), name), encoding="utf-8")
