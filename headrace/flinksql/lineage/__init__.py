"""What each column is made of, and what depends on it: from JSON fields of topics to columns of features."""

from headrace.flinksql.lineage.graph import Edge, LineageGraph, Node, ServedVersion, Untraced
from headrace.flinksql.lineage.project_lineage import read_lineage

__all__ = ["Edge", "LineageGraph", "Node", "ServedVersion", "Untraced", "read_lineage"]
