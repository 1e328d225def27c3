"""Where a table's values are outside Flink: the topic and field of a message, the key and field in Redis."""

from __future__ import annotations

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.schema import Column, Table

# The options that name the column of one part of a Redis structure, and what people call the part.
_REDIS_PARTS = {
    "map.field-column": "field name",
    "value.column": "value",
    "zset.member-column": "member",
    "zset.score-column": "score",
}
# Formats whose value is one column, and not an object with fields.
_WHOLE_MESSAGE = frozenset({"raw"})


def table_place(table: Table) -> str:
    """`topic comments`, `Redis hash item_sentiment:<item_id>`; else the connector."""
    if table.connector == "redis":
        return f"Redis {table.options.get('structure', 'hash')} {redis_key(table)}"
    topic = table.options.get("topic", "")
    return f"topic {topic}" if topic else table.connector


def column_place(table: Table, column: Column) -> str:
    """Where a column's values are; empty for a computed column.

    Examples: `topic comments, metadata timestamp`, `topic orders, field price`, `Redis item_sentiment:<item_id>, field
    mean_score`.
    """
    if column.kind == "computed":
        return ""
    outer = f"Redis {redis_key(table)}" if table.connector == "redis" else table_place(table)
    if column.kind == "metadata":
        return f"{outer}, metadata {metadata_key(column)}"
    if table.connector == "redis":
        return f"{outer}, {_redis_part(table, column.name)}"
    if not table.options.get("topic"):
        return outer
    format_ = table.options.get("value.format", table.options.get("format", ""))
    return f"{outer}, message" if format_ in _WHOLE_MESSAGE else f"{outer}, field {column.name}"


def field_place(table: Table, path: str) -> str:
    """Where a JSON field of one of a table's columns is: `topic comments, field $.content`."""
    return f"{table_place(table)}, field {path}"


def redis_key(table: Table) -> str:
    """The pattern of a Redis table's keys (docs/redis.md): the option `key`, or its name and its primary key."""
    parts = [table.name, *(f"<{column}>" for column in table.primary_key)]
    return table.options.get("key", ":".join(parts))


def metadata_key(column: Column) -> str:
    """The key of a metadata column: what stands behind FROM, or the column's own name."""
    found = column.node.find(fx.MetadataColumn)
    literal = found.this if found is not None else None
    return str(literal.name) if literal is not None else column.name


def _redis_part(table: Table, column: str) -> str:
    parts = [part for option, part in _REDIS_PARTS.items() if table.options.get(option) == column]
    structure = table.options.get("structure", "hash")
    if structure == "hash" or parts:
        return ", ".join(parts) or f"field {column}"
    if f"<{column}>" in redis_key(table):
        return "key"
    return "value" if structure == "list" or "value.column" in table.options else f"field {column}"
