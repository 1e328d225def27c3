"""Lineage as a Mermaid flowchart."""

from __future__ import annotations

from headrace.flinksql.lineage.graph import Edge, LineageGraph, Node
from headrace.flinksql.lineage.tree import served_text

_LONGEST = 60
# Characters that end or mean something in a quoted label of Mermaid.
_ENTITIES = {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "`": "#96;", "&": "#amp;", "\\": "#92;", "\n": " "}
_CLASSES = """\
  classDef source fill:#e8f1ff,stroke:#4a78b5,color:#000
  classDef view fill:#f6f6f6,stroke:#999,color:#000
  classDef feature fill:#e5f6e5,stroke:#3c8c3c,color:#000
  classDef function fill:#f6e8fb,stroke:#8e4aa8,color:#000
  classDef model fill:#e9d0f3,stroke:#8e4aa8,color:#000"""


def column_chart(graph: LineageGraph) -> str:
    """Each column a box, within its table or view, with what makes it.

    What does not make the value is dotted, and says how it counts: a condition, a filter, a window …
    """
    names = {identity: f"n{number}" for number, identity in enumerate(graph.nodes)}
    lines = ["flowchart LR"]
    relations: dict[str, list[Node]] = {}
    for node in graph.nodes.values():
        if node.relation:
            relations.setdefault(node.relation, []).extend([node] if node.kind in {"column", "field"} else [])
        else:
            lines.append(_box(names[node.id], node))
    for relation, columns in relations.items():
        name = names.setdefault(relation, f"n{len(names)}")
        if not columns:
            lines.append(_box(name, graph.nodes[relation]))
            continue
        lines.append(f'  subgraph {name}["{_quoted(relation)}"]')
        lines += [f"  {_box(names[column.id], column, _made_by(graph, column))}" for column in columns]
        lines.append("  end")
        lines.append(f"  class {name} {columns[0].role}")
    arrows = [_arrow(names, edge, _made_by(graph, graph.nodes[edge.target])) for edge in graph.edges]
    return "\n".join([*lines, *dict.fromkeys(arrows), _CLASSES]) + "\n"


def table_chart(graph: LineageGraph) -> str:
    """Each table, view, function and model a box: for whole projects."""
    nodes = [node for node in graph.nodes.values() if node.kind in {"table", "view", "function", "model"}]
    names = {node.id: f"n{number}" for number, node in enumerate(nodes)}
    arrows: dict[tuple[str, str], None] = {}
    for edge in graph.edges:
        source, target = (graph.nodes[identity].relation or identity for identity in (edge.source, edge.target))
        if source != target:
            arrows[source, target] = None
    lines = ["flowchart LR", *(_box(names[node.id], node) for node in nodes)]
    lines += [f"  {names[source]} --> {names[target]}" for source, target in arrows]
    return "\n".join([*lines, _CLASSES]) + "\n"


def _made_by(graph: LineageGraph, node: Node) -> str:
    """The one expression that makes a column; empty if there are several, or if it is another column as it is."""
    if node.kind not in {"column", "field"}:
        return ""
    edges = graph.above(node.id)
    expressions = {edge.expression for edge in edges}
    if len(expressions) != 1:
        return ""
    copied = len(edges) == 1 and _is_name(edges[0].expression)
    return "" if copied else expressions.pop()


def _is_name(expression: str) -> bool:
    return all(part.strip("`").isidentifier() for part in expression.split("."))


def _box(name: str, node: Node, made_by: str = "") -> str:
    text = node.id
    if node.kind == "column":
        text = node.column
    elif node.kind == "field":
        text = f"{node.column} {node.path}"
    elif node.kind == "function":
        text = f"{node.id.partition(':')[2]}()"
    elif node.kind == "model":
        text = f"model {node.id.partition(':')[2]}, {served_text(node)}".removesuffix(", ")
    style = node.kind if node.kind in {"function", "model"} else node.role
    shape = ('[["', '"]]') if node.kind == "function" else ('[("', '")]') if node.kind == "model" else ('["', '"]')
    second = f"<br/>= {_quoted(_short(made_by))}" if made_by else ""
    return f"  {name}{shape[0]}{_quoted(text)}{second}{shape[1]}:::{style}"


def _arrow(names: dict[str, str], edge: Edge, made_by: str) -> str:
    expression = "" if made_by or _is_name(edge.expression) or edge.kind == "rows" else edge.expression
    if edge.target.startswith("function:"):
        expression = ""
    label = expression if edge.kind == "value" else ": ".join(part for part in (edge.kind, expression) if part)
    shaft = "-->" if edge.kind == "value" else "-.->"
    text = f'|"{_quoted(_short(label))}"|' if label else ""
    return f"  {names[edge.source]} {shaft}{text} {names[edge.target]}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _quoted(text: str) -> str:
    return "".join(_ENTITIES.get(character, character) for character in text)
