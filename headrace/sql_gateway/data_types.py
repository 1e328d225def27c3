"""Types of result columns, as SQL writes them."""

from __future__ import annotations

from typing import Any

MAX_LENGTH = 2147483647
# The gateway's names for what SQL writes otherwise.
_NAMES = {
    "INTEGER": "INT",
    "TIMESTAMP_WITHOUT_TIME_ZONE": "TIMESTAMP",
    "TIMESTAMP_WITH_LOCAL_TIME_ZONE": "TIMESTAMP_LTZ",
    "TIMESTAMP_WITH_TIME_ZONE": "TIMESTAMP_TZ",
    "TIME_WITHOUT_TIME_ZONE": "TIME",
}
_UNLIMITED = {"VARCHAR": "STRING", "VARBINARY": "BYTES"}
_NUMBERS = ("TINYINT", "SMALLINT", "INT", "BIGINT", "FLOAT", "DOUBLE", "DECIMAL")


def sql_type(logical: str | dict[str, Any]) -> str:
    """The SQL of a logical type in the JSON of Flink's SQL gateway.

    >>> sql_type({"type": "VARCHAR", "nullable": True, "length": 2147483647})
    'STRING'
    >>> sql_type({"type": "ARRAY", "nullable": True, "elementType": {"type": "DECIMAL", "precision": 5, "scale": 2}})
    'ARRAY<DECIMAL(5, 2)>'
    """
    if isinstance(logical, str):
        return logical.removesuffix(" NOT NULL")
    name = _NAMES.get(logical["type"], str(logical["type"]))
    if name in {"ARRAY", "MULTISET"}:
        return f"{name}<{sql_type(logical['elementType'])}>"
    if name == "MAP":
        return f"MAP<{sql_type(logical['keyType'])}, {sql_type(logical['valueType'])}>"
    if name == "ROW":
        fields = (f"`{field['name']}` {sql_type(field['fieldType'])}" for field in logical["fields"])
        return f"ROW<{', '.join(fields)}>"
    if name in _UNLIMITED and logical.get("length") == MAX_LENGTH:
        return _UNLIMITED[name]
    if name == "DECIMAL":
        return f"DECIMAL({logical['precision']}, {logical['scale']})"
    argument = logical.get("length", logical.get("precision"))
    return name if argument is None else f"{name}({argument})"


def is_number(column_type: str) -> bool:
    """Whether values of a type stand right-aligned."""
    return column_type.split("(")[0] in _NUMBERS
