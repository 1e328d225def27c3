"""From what people type to a node: `item_sentiment.mean_score`, `comments.$.content`, `topic:comments`."""

from __future__ import annotations

from headrace.errors import LineageError
from headrace.flinksql.lineage.graph import LineageGraph
from headrace.names import likely_name, listed


def find_node(graph: LineageGraph, name: str) -> str:
    """The id of the node that a name means.

    A name may leave out what is clear: the column of a JSON field, `function:` or `model:`. A table or view comes
    before a function or model of its name.

    Raises:
        LineageError: nothing has this name, or several things have it.
    """
    wanted = name.strip().replace("`", "")
    if wanted in graph.nodes:
        return wanted
    found = [node for node in graph.nodes if _means(graph, node, wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        raise LineageError(f"{name}: it could be {listed(found)}. Write which one is meant.")
    likely = _likely(graph, wanted)
    if likely:
        raise LineageError(f"{name}: there is nothing of this name. Did you mean {likely}?")
    raise LineageError(f"{name}: there is nothing of this name. {_choice(graph, wanted)}")


def _means(graph: LineageGraph, identity: str, wanted: str) -> bool:
    node = graph.nodes[identity]
    if node.kind in {"function", "model"}:
        return wanted.lower() in {identity.lower(), identity.partition(":")[2].lower()}
    if wanted.startswith("topic:"):
        return node.kind == "table" and node.place == f"topic {wanted.partition(':')[2]}"
    if node.kind == "field":
        return wanted in {f"{node.relation}.{node.path}", node.path}
    return node.kind == "column" and wanted == node.column


def _likely(graph: LineageGraph, wanted: str) -> str:
    names = {identity: identity for identity in graph.nodes}
    for identity, node in graph.nodes.items():
        if node.kind in {"function", "model"}:
            names.setdefault(identity.partition(":")[2], identity)
        elif node.kind == "field":
            names.setdefault(f"{node.relation}.{node.path}", identity)
        elif node.kind == "table" and node.place.startswith("topic "):
            topic = node.place.replace(" ", ":", 1)
            names[topic] = topic
    table, dot, column = wanted.partition(".")
    if dot and table in graph.nodes:  # a near column of this very table first
        own = {node.column for node in graph.nodes.values() if node.kind == "column" and node.relation == table}
        near = likely_name(column, own)
        return f"{table}.{near}" if near else ""
    near = likely_name(wanted, names)
    return names.get(near, "")


def _choice(graph: LineageGraph, wanted: str) -> str:
    table = wanted.partition(".")[0]
    if "." in wanted and table in graph.nodes:
        return f"The columns of {table} are {listed(graph.nodes[column].column for column in graph.columns(table))}."
    if wanted.startswith("topic:"):
        topics = [node.place.partition(" ")[2] for node in graph.nodes.values()
                  if node.kind == "table" and node.place.startswith("topic ")]  # fmt: skip
        return f"The topics are {listed(topics, 30)}."
    kind = wanted.partition(":")[0] if wanted.startswith(("function:", "model:")) else ""
    names = [node.id for node in graph.nodes.values() if node.kind == kind or (not kind and node.kind in {
        "table", "view", "function", "model"})]  # fmt: skip
    what = f"{kind}s" if kind else "tables, views, functions and models"
    return f"The {what} are {listed(names, 30)}." if names else f"There are no {what}."
