"""Reads the arguments of a function whose arguments Flink does not check: strings, the last ones optional."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any


def string_columns(signature: str, columns: Sequence[Any]) -> list[list[str | None]]:
    """Each argument as a list of strings, None for NULL.

    Flink does not know how many arguments a Python function takes once one of them is optional, nor of what types. So
    a wrong call is found with the first batch; it fails the job with a message that says how to write it.

    Args:
        signature: how the function is called, `f(a STRING [, b STRING])`; begins messages.
        columns: what Flink gives: a pandas.Series for a column, the bare value for a literal.

    Raises:
        TypeError: too few or too many arguments, one that is no string, or a literal as the first one.
    """
    names = re.findall(r"(\w+) STRING", signature)
    required = len(re.findall(r"(\w+) STRING", signature.split("[")[0]))
    if not required <= len(columns) <= len(names):
        raise TypeError(
            f"{signature}: got {len(columns)} arguments. Call it with {' and '.join(names[:required])}"
            + "".join(f", or with {name} too" for name in names[required:])
            + "."
        )
    rows = len(columns[0]) if hasattr(columns[0], "tolist") else None
    if rows is None:
        raise TypeError(f"{signature}: {names[0]} is a literal. Put it into a column: (VALUES ('…')) AS t(c).")
    return [_strings(signature, name, column, rows) for name, column in zip(names, columns, strict=False)]


def _strings(signature: str, name: str, column: Any, rows: int) -> list[str | None]:
    values = column.tolist() if hasattr(column, "tolist") else [column] * rows
    for value in values:
        if value is not None and not isinstance(value, str):
            raise TypeError(
                f"{signature}: {name} is {value!r}, a {type(value).__name__}. Write CAST({name} AS STRING)."
            )
    return values
