"""Lets the time functions of a compiled plan say a given time.

What they say is exchanged in the plan: CURRENT_TIMESTAMP, NOW(), LOCALTIMESTAMP, CURRENT_DATE, CURRENT_TIME, LOCALTIME,
CURRENT_ROW_TIMESTAMP(), UNIX_TIMESTAMP(), and PROCTIME() where its value is read. Processing time itself goes on as the
clock does: windows, OVER and joins in processing time, and the time to live of state.
"""

from __future__ import annotations

import datetime
import json
from typing import Any

_FUNCTIONS = {
    f"${name}$1"
    for name in (
        *("CURRENT_TIMESTAMP", "NOW", "LOCALTIMESTAMP", "CURRENT_DATE", "CURRENT_TIME", "LOCALTIME"),
        *("CURRENT_ROW_TIMESTAMP", "UNIX_TIMESTAMP", "PROCTIME_MATERIALIZE"),
    )
}


def with_time(plan: str, now: datetime.datetime) -> str:
    """A compiled plan, as JSON, in which it is always the same time."""
    return json.dumps(_exchanged(json.loads(plan), int(now.timestamp() * 1000)), ensure_ascii=False)


def _exchanged(value: Any, milliseconds: int) -> Any:
    if isinstance(value, list):
        return [_exchanged(inner, milliseconds) for inner in value]
    if not isinstance(value, dict):
        return value
    name = value.get("internalName")
    if value.get("kind") != "CALL" or name not in _FUNCTIONS:
        return {key: _exchanged(inner, milliseconds) for key, inner in value.items()}
    if name == "$UNIX_TIMESTAMP$1":
        return value if value.get("operands") else _literal(milliseconds // 1000, value["type"])
    time = {
        "kind": "CALL",
        "internalName": "$TO_TIMESTAMP_LTZ$1",
        "operands": [_literal(milliseconds, "BIGINT NOT NULL"), _literal(3, "INT NOT NULL")],
        "type": "TIMESTAMP(3) WITH LOCAL TIME ZONE",
    }
    return {"kind": "CALL", "internalName": "$CAST$1", "operands": [time], "type": value["type"]}


def _literal(value: int, type_: str) -> dict[str, Any]:
    return {"kind": "LITERAL", "value": value, "type": type_}
