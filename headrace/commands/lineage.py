"""`headrace lineage`: what a column is made of, and what depends on it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from headrace.commands.terminal import Json, command, console, say
from headrace.errors import LineageError
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
            help="A column (table.column), a JSON field of a topic (table.$.field), a table or view, topic:name, "
            "function:name or model:name.",
            show_default="the whole project",
        ),
    ] = None,
    upstream: Annotated[bool, typer.Option("--upstream", "-u", help="What it depends on.")] = False,
    downstream: Annotated[bool, typer.Option("--downstream", "-d", help="What depends on it.")] = False,
    model: Annotated[
        str | None, typer.Option(help="Which features a model feeds: short for model:NAME --downstream.")
    ] = None,
    values: Annotated[
        bool,
        typer.Option(
            "--values", help="Only what makes or chooses values; leave out what decides which rows are counted."
        ),
    ] = False,
    depth: Annotated[int | None, typer.Option(min=1, help="How many steps to go.", show_default="to the end")] = None,
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

    Without --upstream or --downstream: what depends on it for sources, functions and models, else what it depends on.
    Columns that make the value come first. `condition` chooses between values. `filter`, `join`, `group`, `window` and
    `order` only decide which rows count. ◆ marks features.

    \b
    headrace lineage item_sentiment.mean_score     what makes it
    headrace lineage 'comments.$.content'          which features need this field of the topic
    headrace lineage --model sentiment             which features the model feeds
    headrace lineage item_sentiment --mermaid      a picture of a whole feature
    headrace lineage                               all features, and what feeds them
    """
    from headrace.flinksql.lineage.document import as_document
    from headrace.flinksql.lineage.features import fed_features
    from headrace.flinksql.lineage.mermaid import column_chart
    from headrace.flinksql.lineage.names import find_node
    from headrace.flinksql.lineage.project_lineage import read_lineage
    from headrace.flinksql.lineage.tree import LineageTree
    from headrace.project import read_project

    if name is not None and model is not None:
        raise LineageError(f"{name} and --model {model}: two questions. Ask one of them.")
    if upstream and downstream:
        raise LineageError("--upstream and --downstream: two directions. Ask for one of them.")
    graph = read_lineage(read_project(project), lambda each: _served(repository, each))
    asked = f"model:{model}" if model is not None else name
    if asked is None:
        _show_project(graph, mermaid, as_json)
        return
    start = find_node(graph, asked)
    down = downstream or (not upstream and graph.is_source(start))
    found = graph.downstream(start, not values, depth) if down else graph.upstream(start, not values, depth)
    features = fed_features(graph, start) if down else []
    if as_json:
        document = as_document(found, "downstream" if down else "upstream", start, features)
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    elif mermaid:
        sys.stdout.write(column_chart(found))
    else:
        tree = LineageTree(found, rows=not values)
        console.print(tree.downstream(start) if down else tree.upstream(start))
        if down:
            _show_features(features, start)
        _show_untraced(found)


def _served(repository: str | None, model: str) -> tuple[ServedVersion, ...]:
    from headrace.flinksql.lineage.graph import ServedVersion
    from headrace.inference.repository import ModelRepository

    route = ModelRepository(repository).route(model)
    return tuple(ServedVersion(version, route.share(version)) for version in route.serving)


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
    say("One column: headrace lineage <table>.<column>. What something feeds: headrace lineage <name> -d")
    _show_untraced(graph)


def _show_features(features: list[FedFeature], start: str) -> None:
    if not features:
        say(f"{start} feeds no feature.")
        return
    table = Table("feature", "job", "kept in", "makes or chooses the value of", "decides which rows count", box=None)
    for each in features:
        grouped = f"for {', '.join(each.grouped)}" if each.grouped else ""
        decides = "of the whole feature" if each.rows else grouped
        table.add_row(each.feature, each.job, each.place, ", ".join(each.values), decides)
    console.print()
    console.print(table)


def _show_untraced(graph: LineageGraph) -> None:
    for each in graph.untraced:
        say(f"not traced: {each.file}:{each.line}: {each.fact}")
