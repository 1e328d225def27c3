"""Lineage as a tree for the terminal."""

from __future__ import annotations

from rich.text import Text
from rich.tree import Tree

from headrace.flinksql.lineage.graph import Edge, LineageGraph, Node
from headrace.flinksql.lineage.influence import VALUE_KINDS

_LONGEST = 100
_STYLES = {"table": "bold", "view": "bold", "column": "cyan", "field": "green", "function": "magenta",
           "model": "bold magenta"}  # fmt: skip


class LineageTree:
    """Draws what lies above or below a node. What has been drawn is not drawn again: it is marked."""

    def __init__(self, graph: LineageGraph, rows: bool = True) -> None:
        """Use a graph; without `rows` only what makes or chooses values is drawn."""
        self.graph = graph
        self.rows = rows
        self._drawn: set[str] = set()

    # Above.

    def upstream(self, start: str) -> Tree:
        """What a node depends on."""
        node = self.graph.nodes[start]
        if node.kind in {"table", "view"}:
            tree = Tree(self._label(node))
            for column in self.graph.columns(start):
                self._above(tree, column)
        else:
            place = f"  {node.place}" if node.role == "feature" and node.place else ""
            tree = Tree(self._defined(node).append(place, style="dim"))
            self._drawn.add(start)
            self._sources(tree, start)
        if self.rows and node.relation and self.graph.above(node.relation):
            rows = tree.add(Text(f"which rows {node.relation} has", style="bold"))
            self._row_influences(rows, node.relation)
        return tree

    def _above(self, tree: Tree, node: str, prefix: str = "") -> None:
        label = Text(prefix, style="yellow") + self._defined(self.graph.nodes[node])
        if node in self._drawn and self.graph.above(node):
            tree.add(label + Text("  (see above)", style="dim"))
            return
        self._drawn.add(node)
        self._sources(tree.add(self._marked(label, node)), node)

    def _sources(self, tree: Tree, node: str) -> None:
        edges = [edge for edge in self.graph.above(node) if self.rows or edge.kind in VALUE_KINDS]
        ways = list(dict.fromkeys((edge.expression, edge.file, edge.line) for edge in edges))
        for way in ways:
            # Several expressions make it: UNION, or several INSERTs.
            under = tree.add(_expression(*way)) if len(ways) > 1 else tree
            for edge in edges:
                if (edge.expression, edge.file, edge.line) == way:
                    self._source(under, edge)

    def _source(self, tree: Tree, edge: Edge) -> None:
        source = self.graph.nodes[edge.source]
        if source.kind in {"table", "view"}:
            tree.add(Text("the rows of ", style="yellow") + self._label(source))
        else:
            self._above(tree, edge.source, "" if edge.kind == "value" else f"{edge.kind}: ")

    def _row_influences(self, tree: Tree, relation: str) -> None:
        edges = self.graph.above(relation)
        ways = dict.fromkeys(
            (edge.kind, edge.expression, edge.file, edge.line) for edge in edges if edge.kind != "rows"
        )
        for way in ways:
            under = tree.add(Text(f"{way[0]}: ", style="yellow") + _expression(*way[1:]))
            for edge in edges:
                if (edge.kind, edge.expression, edge.file, edge.line) == way:
                    self._above(under, edge.source)
        for edge in edges:
            if edge.kind == "rows":
                self._rows_of(tree, edge)

    def _rows_of(self, tree: Tree, edge: Edge) -> None:
        label = Text(f"{_short(edge.expression)} ", style="yellow") + self._label(self.graph.nodes[edge.source])
        if edge.source in self._drawn and self.graph.above(edge.source):
            tree.add(label + Text("  (see above)", style="dim"))
            return
        self._drawn.add(edge.source)
        self._row_influences(tree.add(self._marked(label, edge.source)), edge.source)

    # Below.

    def downstream(self, start: str) -> Tree:
        """What depends on a node."""
        node = self.graph.nodes[start]
        tree = Tree(self._label(node))
        self._drawn.add(start)
        if node.kind in {"table", "view"}:
            for column in self.graph.columns(start):
                if self.graph.below(column):
                    self._targets(tree.add(self._label(self.graph.nodes[column])), column)
        self._targets(tree, start)
        return tree

    def _targets(self, tree: Tree, node: str) -> None:
        edges = [edge for edge in self.graph.below(node) if self.rows or edge.kind in VALUE_KINDS]
        for edge in dict.fromkeys(edges):
            target = self.graph.nodes[edge.target]
            label = self._target_label(edge, target)
            if edge.target in self._drawn and self.graph.below(edge.target):
                tree.add(label + Text("  (see above)", style="dim"))
                continue
            self._drawn.add(edge.target)
            self._targets(tree.add(self._marked(label, edge.target)), edge.target)

    def _target_label(self, edge: Edge, target: Node) -> Text:
        label = Text()
        if target.kind in {"table", "view"}:
            label.append("rows of ", style="yellow")
        label.append_text(self._name(target))
        label.append("" if edge.kind in {"value", "rows"} else f"  {edge.kind}", style="yellow")
        if target.kind not in {"function", "model"}:
            copied = edge.expression.split(".")[-1] == self.graph.nodes[edge.source].column
            label.append_text(Text("  ") + _expression("" if copied else edge.expression, edge.file, edge.line))
        return label

    # Labels.

    def _marked(self, label: Text, node: str) -> Text:
        return label.append("  …", style="dim") if node in self.graph.cut else label

    def _name(self, node: Node) -> Text:
        label = Text(node.id, style=_STYLES[node.kind])
        if node.role == "feature":
            label.append(" ◆", style="green")
        return label

    def _label(self, node: Node) -> Text:
        """A node and what it is."""
        label = self._name(node)
        facts = [node.type if node.kind == "column" else ""]
        facts.append(f"feature of job {node.job}" if node.role == "feature" and node.kind == "table" else "")
        facts.append(node.place)
        facts.append(served_text(node) if node.kind == "model" else "")
        text = ", ".join(fact for fact in facts if fact)
        return label.append(f"  {text}" if text else "", style="dim")

    def _defined(self, node: Node) -> Text:
        """A node and what makes it."""
        edges = self.graph.above(node.id)
        if node.kind in {"function", "model"}:
            return self._label(node)
        ways = list(dict.fromkeys((edge.expression, edge.file, edge.line) for edge in edges))
        if len(ways) != 1:
            made = f" = {_short(node.expression)}" if not ways and node.expression else ""
            return self._label(node).append(made)
        copied = len(edges) == 1 and ways[0][0].split(".")[-1] == self.graph.nodes[edges[0].source].column
        expression = "" if copied else ways[0][0]
        return self._name(node) + Text(" = " if expression else "  ") + _expression(expression, *ways[0][1:])


def served_text(model: Node) -> str:
    """The versions of a model: `version 3: 80 %, version 2: 20 %`."""
    return ", ".join(f"version {each.version}: {100 * each.share:.4g} %" for each in model.versions)


def _expression(text: str, file: str, line: int) -> Text:
    label = Text(_short(text))
    return label.append(f"  {file}:{line}" if text else f"{file}:{line}", style="dim")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
