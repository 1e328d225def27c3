"""`headrace lineage`: what a column is made of, and what depends on it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from headrace.commands.terminal import Json, command, console, say
from headrace.settings import PROJECT

if TYPE_CHECKING:
    from headrace.flinksql.lineage.features import FedFeature
    from headrace.flinksql.lineage.graph import LineageGraph, ServedVersion

app = typer.Typer()


@command(app)
def lineage(
    name: Annotated[
        str | None,
        typer.Argument(
            help="A column (table.column), a JSON field of a topic (table.$.field), a table or view, function:name or "
            "model:name.",
            show_default="the whole project",
        ),
    ] = None,
    downstream: Annotated[
        bool, typer.Option("--downstream", "-d", help="What depends on it, instead of what it depends on.")
    ] = False,
    values: Annotated[
        bool,
        typer.Option(
            "--values", help="Only what makes or chooses values; leave out what decides which rows are counted."
        ),
    ] = False,
    mermaid: Annotated[bool, typer.Option("--mermaid", help="Print a Mermaid flowchart.")] = False,
    as_json: Json = False,
    project: Annotated[
        Path, typer.Option(help="Folder that holds catalog/ and sql/.", exists=True, file_okay=False)
    ] = PROJECT,
    repository: Annotated[
        str | None,
        typer.Option(help="Folder or URL of the model repository.", show_default="the setting HEADRACE_MODELS"),
    ] = None,
) -> None:
    """Show where a column comes from, down to the fields of topics and the versions of models; or what it feeds.

    Columns that make the value come first. `condition` chooses between values. `filter`, `join`, `group`, `window` and
    `order` only decide which rows count. ◆ marks features.

    \b
    headrace lineage item_sentiment.mean_score              what makes it
    headrace lineage 'comments.$.content' --downstream      which features need this field of the topic
    headrace lineage model:sentiment --downstream           which features the model feeds
    headrace lineage item_sentiment --values --mermaid      a picture of a whole feature
    headrace lineage                                        all features, and what feeds them
    """
    from headrace.flinksql.lineage.names import find_node
    from headrace.flinksql.lineage.project_lineage import read_lineage
    from headrace.project import read_project

    graph = read_lineage(read_project(project), lambda model: _served(repository, model))
    if name is None:
        _show_project(graph, mermaid, as_json)
        return
    start = find_node(graph, name)
    if as_json or mermaid:
        _print(graph, start, downstream, values, as_json)
        return
    from headrace.flinksql.lineage.features import fed_features
    from headrace.flinksql.lineage.tree import LineageTree

    tree = LineageTree(graph, rows=not values)
    console.print(tree.downstream(start) if downstream else tree.upstream(start))
    if downstream:
        _show_features(fed_features(graph, start), start)
    _show_untraced(graph.downstream(start) if downstream else graph.upstream(start))


def _served(repository: str | None, model: str) -> tuple[ServedVersion, ...]:
    from headrace.flinksql.lineage.graph import ServedVersion
    from headrace.inference.repository import ModelRepository

    route = ModelRepository(repository).route(model)
    return tuple(ServedVersion(version, route.share(version)) for version in route.serving)


def _print(graph: LineageGraph, start: str, downstream: bool, values: bool, as_json: bool) -> None:
    from headrace.flinksql.lineage.document import as_document
    from headrace.flinksql.lineage.features import fed_features
    from headrace.flinksql.lineage.mermaid import column_chart

    found = graph.downstream(start, not values) if downstream else graph.upstream(start, not values)
    if as_json:
        features = fed_features(graph, start) if downstream else []
        document = as_document(found, "downstream" if downstream else "upstream", start, features)
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(column_chart(found))


def _show_project(graph: LineageGraph, mermaid: bool, as_json: bool) -> None:
    from headrace.flinksql.lineage.document import as_document
    from headrace.flinksql.lineage.features import feeding_sources
    from headrace.flinksql.lineage.mermaid import table_chart

    if as_json:
        sys.stdout.write(json.dumps(as_document(graph, "whole"), ensure_ascii=False) + "\n")
        return
    if mermaid:
        sys.stdout.write(table_chart(graph))
        return
    table = Table("feature", "job", "tables", "views", "functions", "models", box=None)
    for each in feeding_sources(graph):
        table.add_row(
            each.feature, each.job, ", ".join(each.tables), ", ".join(each.views), ", ".join(each.functions),
            ", ".join(each.models),
        )  # fmt: skip
    console.print(table)
    say("One column: headrace lineage <table>.<column>. What something feeds: headrace lineage <name> --downstream")
    _show_untraced(graph)


def _show_features(features: list[FedFeature], start: str) -> None:
    if not features:
        say(f"{start} feeds no feature.")
        return
    table = Table("feature", "job", "makes the value of", "decides which rows count", box=None)
    for each in features:
        grouped = ", ".join(each.grouped)
        table.add_row(
            each.feature, each.job, ", ".join(each.values), "of the whole feature" if each.rows else f"for {grouped}"
            if grouped else "",
        )  # fmt: skip
    console.print()
    console.print(table)


def _show_untraced(graph: LineageGraph) -> None:
    for each in graph.untraced:
        say(f"not traced: {each.file}:{each.line}: {each.fact}")
