"""Lineage as JSON, for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Literal

from headrace.flinksql.lineage.features import FedFeature
from headrace.flinksql.lineage.graph import LineageGraph

Direction = Literal["upstream", "downstream", "whole"]


def as_document(
    graph: LineageGraph, direction: Direction, start: str | None = None, features: list[FedFeature] | None = None
) -> dict[str, Any]:
    """A graph as plain dictionaries and lists; its shape is in docs/lineage.md.

    Args:
        graph: what to show.
        direction: of the question; `whole` for all of a project.
        start: the node that was asked for.
        features: the features below it.
    """
    return {
        "direction": direction,
        "start": start,
        "nodes": [asdict(node) for node in graph.nodes.values()],
        "edges": [asdict(edge) for edge in graph.edges],
        "features": [asdict(feature) for feature in features or ()],
        "cut": sorted(graph.cut),
        "untraced": [asdict(each) for each in graph.untraced],
    }
