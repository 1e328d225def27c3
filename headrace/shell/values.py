"""How one value of a result looks on a terminal."""

from __future__ import annotations

import json
import re
from typing import Any

NULL = "NULL"
# What a text could do to a terminal: control characters, and those that turn the direction of writing.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
_SHOWN = {"\n": "⏎", "\t": "⇥", "\r": "␍"}


def shown(value: Any, column_type: str = "") -> str:
    """One line of text for a value as the SQL gateway's JSON has it.

    Args:
        value: None, a truth value, number, text, list or mapping.
        column_type: as SQL writes it.

    >>> shown({"label": "positive", "score": 0.99})
    '(label=positive, score=0.99)'
    >>> shown("2026-11-21T12:00:00.5Z", "TIMESTAMP_LTZ(3)")
    '2026-11-21 12:00:00.5Z'
    """
    if value is None:
        return NULL
    if value is True or value is False:
        return str(value).upper()
    if isinstance(value, str):
        if column_type.startswith("TIMESTAMP"):
            value = value.replace("T", " ", 1)
        return _CONTROLS.sub(lambda found: _SHOWN.get(found[0], f"\\x{ord(found[0]):02x}"), value)
    if isinstance(value, dict):
        opening, closing = ("(", ")") if column_type.startswith("ROW") or not column_type else ("{", "}")
        return opening + ", ".join(f"{shown(key)}={shown(part)}" for key, part in value.items()) + closing
    if isinstance(value, list):
        return "[" + ", ".join(shown(part) for part in value) + "]"
    return json.dumps(value)
