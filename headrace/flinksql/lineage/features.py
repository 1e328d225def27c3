"""Which features something feeds, and what a feature is fed by."""

from __future__ import annotations

from dataclasses import dataclass

from headrace.flinksql.lineage.graph import LineageGraph


@dataclass(frozen=True)
class FedFeature:
    """A feature below something.

    Attributes:
        feature: its table.
        job: the jobs that write it.
        place: where its rows are: `Redis hash item_sentiment:<item_id>`.
        values: the columns whose value it makes or chooses.
        grouped: further columns that depend on it only by the rows that they are counted from.
        rows: whether it decides which rows the feature has.
    """

    feature: str
    job: str
    place: str
    values: tuple[str, ...]
    grouped: tuple[str, ...]
    rows: bool


def fed_features(graph: LineageGraph, start: str) -> list[FedFeature]:
    """The features below a node, in the order of their names."""
    reached = graph.downstream(start).nodes
    valued = graph.downstream(start, rows=False).nodes
    found = []
    for feature in feature_names(graph):
        if feature == graph.nodes[start].relation:
            continue
        columns = [column for column in graph.columns(feature) if column in reached]
        if columns or feature in reached:
            found.append(
                FedFeature(
                    feature,
                    graph.nodes[feature].job,
                    graph.nodes[feature].place,
                    tuple(graph.nodes[column].column for column in columns if column in valued),
                    tuple(graph.nodes[column].column for column in columns if column not in valued),
                    feature in reached,
                )
            )
    return found


@dataclass(frozen=True)
class FeedingSources:
    """What a feature is fed by: tables that no job writes, or that other jobs do; functions, models, views."""

    feature: str
    job: str
    tables: tuple[str, ...]
    views: tuple[str, ...]
    functions: tuple[str, ...]
    models: tuple[str, ...]


def feeding_sources(graph: LineageGraph) -> list[FeedingSources]:
    """What each feature of a project is fed by."""
    found = []
    for feature in feature_names(graph):
        above = graph.upstream(feature).nodes.values()
        relations = {node.relation for node in above if node.relation} - {feature}
        found.append(
            FeedingSources(
                feature,
                graph.nodes[feature].job,
                tuple(sorted(name for name in relations if graph.nodes[name].kind == "table")),
                tuple(sorted(name for name in relations if graph.nodes[name].kind == "view")),
                tuple(sorted(node.id.partition(":")[2] for node in above if node.kind == "function")),
                tuple(sorted(node.id.partition(":")[2] for node in above if node.kind == "model")),
            )
        )
    return found


def feature_names(graph: LineageGraph) -> list[str]:
    """The tables that jobs write."""
    return sorted(node.id for node in graph.nodes.values() if node.kind == "table" and node.role == "feature")
