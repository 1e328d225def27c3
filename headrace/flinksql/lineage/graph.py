"""The lineage of a project: nodes and edges, and what lies above and below a node."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from headrace.flinksql.lineage.influence import VALUE_KINDS, Kind

NodeKind = Literal["table", "view", "column", "field", "function", "model"]


@dataclass(frozen=True)
class ServedVersion:
    """A version of a model that serves, and its share of the rows, 0 to 1."""

    version: int
    share: float


@dataclass(frozen=True)
class Node:
    """A table or view (its rows), a column, a JSON field of a column, a function or a model.

    Attributes:
        id: `table`, `table.column`, `table.column.$.path`, `function:name` or `model:name`.
        kind: which of these.
        relation: the table or view that it belongs to.
        column: likewise.
        path: of a JSON field in its column.
        type: of a column.
        role: of what belongs to a table or view: source (only read), feature (a job writes it) or view.
        job: the jobs that write the table, with commas.
        place: for a table, column or field, where it is outside Flink: `topic comments, metadata timestamp`, `Redis
            item_sentiment:<item_id>, field mean_score`.
        expression: what makes a column, where one expression does.
        file, line: where it is defined.
        versions: of a model.
    """

    id: str
    kind: NodeKind
    relation: str = ""
    column: str = ""
    path: str = ""
    type: str = ""
    role: str = ""
    job: str = ""
    place: str = ""
    expression: str = ""
    file: str = ""
    line: int = 0
    versions: tuple[ServedVersion, ...] = ()


@dataclass(frozen=True)
class Edge:
    """That `target` depends on `source`.

    Attributes:
        source, target: ids of nodes. A target that is a table or view stands for its rows, all its columns with them.
        kind: how (`KINDS`).
        expression: the SQL that says so.
        file, line: where it stands.
    """

    source: str
    target: str
    kind: Kind
    expression: str
    file: str
    line: int


@dataclass(frozen=True)
class Untraced:
    """Something that could not be followed."""

    file: str
    line: int
    fact: str


@dataclass
class LineageGraph:
    """Nodes by their ids, and the edges between them.

    Attributes:
        cut: the nodes from which it would go on, had it not been limited in depth.
    """

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    untraced: list[Untraced] = field(default_factory=list)
    cut: set[str] = field(default_factory=set)
    _above: dict[str, list[Edge]] = field(default_factory=dict)
    _below: dict[str, list[Edge]] = field(default_factory=dict)
    _columns: dict[str, list[str]] = field(default_factory=dict)
    _fields: dict[str, list[str]] = field(default_factory=dict)

    def add_node(self, node: Node) -> None:
        """Adds a node; the first one of an id stays."""
        if node.id in self.nodes:
            return
        self.nodes[node.id] = node
        if node.kind == "column":
            self._columns.setdefault(node.relation, []).append(node.id)
        elif node.kind == "field":
            self._fields.setdefault(f"{node.relation}.{node.column}", []).append(node.id)

    def add_edge(self, edge: Edge) -> None:
        """Adds an edge between nodes; the same one only once."""
        if edge in self._above.setdefault(edge.target, []):
            return
        self.edges.append(edge)
        self._above[edge.target].append(edge)
        self._below.setdefault(edge.source, []).append(edge)

    def above(self, node: str) -> list[Edge]:
        """The edges that end in a node."""
        return self._above.get(node, [])

    def below(self, node: str) -> list[Edge]:
        """The edges that begin at a node, or at one of its JSON fields."""
        return [edge for each in (node, *self.fields(node)) for edge in self._below.get(each, [])]

    def columns(self, relation: str) -> list[str]:
        """The columns of a table or view."""
        return self._columns.get(relation, [])

    def fields(self, column: str) -> list[str]:
        """The JSON fields of a column that are read somewhere."""
        return self._fields.get(column, [])

    def is_source(self, node: str) -> bool:
        """Whether people ask what depends on a node, rather than what it depends on."""
        found = self.nodes[node]
        made = found.kind not in {"function", "model"} and any(self.above(each) for each in self.starts(node))
        return found.role == "source" or not made

    def starts(self, node: str) -> list[str]:
        """Where to begin for a node: a table or view is its columns and its rows."""
        kind = self.nodes[node].kind
        return [*self.columns(node), node] if kind in {"table", "view"} else [node]

    def upstream(self, start: str, rows: bool = True, depth: int | None = None) -> LineageGraph:
        """What a node depends on.

        Args:
            start: its id.
            rows: whether also what decides which rows its table has.
            depth: how many steps to go; None: to the end.
        """
        starts = self.starts(start)
        node = self.nodes[start]
        if rows and node.kind in {"column", "field"}:
            starts.append(node.relation)
        return self._reached(
            starts, lambda at: [e for e in self.above(at) if rows or e.kind in VALUE_KINDS], lambda e: e.source, depth
        )

    def downstream(self, start: str, rows: bool = True, depth: int | None = None) -> LineageGraph:
        """What depends on a node; without `rows` only what it makes or chooses the value of."""
        return self._reached(
            self.starts(start),
            lambda at: [e for e in self.below(at) if rows or e.kind in VALUE_KINDS],
            lambda e: e.target,
            depth,
        )

    def _reached(
        self, starts: list[str], edges: Callable[[str], list[Edge]], end: Callable[[Edge], str], depth: int | None
    ) -> LineageGraph:
        found = LineageGraph()
        waiting = deque((start, 0) for start in starts)
        seen = set()
        while waiting:
            at, steps = waiting.popleft()
            if at in seen:
                continue
            seen.add(at)
            found.add_node(self.nodes[at])
            if steps == depth:
                found.cut |= {at} if edges(at) else set()
                continue
            for edge in edges(at):
                found.add_edge(edge)
                waiting.append((end(edge), steps + 1))
        for edge in found.edges:
            found.add_node(self.nodes[edge.source])
            found.add_node(self.nodes[edge.target])
        files = {edge.file for edge in found.edges} | {node.file for node in found.nodes.values()}
        found.untraced = [each for each in self.untraced if each.file in files]
        return found
