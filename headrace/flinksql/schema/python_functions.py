"""Reads what Python functions say of themselves: their kind and the types of their results.

Flink's client imports a function's module to plan a query; so is it here, in a process of its own, for a module may do
anything when it is imported. `python -m headrace.flinksql.schema.python_functions <class name> …` prints JSON.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

_TIMEOUT_SECONDS = 120
_SIMPLE = {
    "VarCharType": "VARCHAR",
    "CharType": "CHAR",
    "VarBinaryType": "VARBINARY",
    "BinaryType": "BINARY",
    "BooleanType": "BOOLEAN",
    "TinyIntType": "TINYINT",
    "SmallIntType": "SMALLINT",
    "IntType": "INT",
    "BigIntType": "BIGINT",
    "FloatType": "FLOAT",
    "DoubleType": "DOUBLE",
    "DateType": "DATE",
    "TimeType": "TIME",
    "TimestampType": "TIMESTAMP",
    "LocalZonedTimestampType": "TIMESTAMP_LTZ",
    "DecimalType": "DECIMAL",
    "YearMonthIntervalType": "INTERVAL YEAR TO MONTH",
    "DayTimeIntervalType": "INTERVAL DAY TO SECOND",
}


@dataclass(frozen=True)
class FunctionDescription:
    """What a Python function says: kind, result type as text, pandas, deterministic; or why it could not be read.

    `model` is the name of the model that it runs: the attribute `model` of the function, or of the object or function
    that was given to udf(…); empty if there is none.
    """

    kind: str = "scalar"
    result: str = ""
    pandas: bool = False
    deterministic: bool = True
    model: str = ""
    error: str = ""


def describe_functions(root: Path, class_names: Iterable[str]) -> dict[str, FunctionDescription]:
    """Imports functions as Flink's client does, with a project's folder on the path.

    Args:
        root: the project.
        class_names: `module.function`, as CREATE FUNCTION names them.

    Returns:
        A description for each name; one that cannot be imported has an `error`.
    """
    names = tuple(sorted(set(class_names)))
    return dict(_describe(root, names, _fingerprint(root, names))) if names else {}


def _fingerprint(root: Path, names: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """What tells that a module was edited: the files of the packages that are named, with their times."""
    folders = {root / name.split(".")[0] for name in names}
    files = [file for folder in folders for file in (folder.rglob("*.py") if folder.is_dir() else ())]
    return tuple(sorted((str(file), file.stat().st_mtime_ns) for file in files))


@cache
def _describe(
    root: Path, names: tuple[str, ...], fingerprint: tuple[tuple[str, int], ...]
) -> tuple[tuple[str, FunctionDescription], ...]:
    headrace = Path(__file__).resolve().parents[3]
    path = os.pathsep.join(dict.fromkeys([str(root.resolve()), str(headrace), os.environ.get("PYTHONPATH", "")]))
    command = [sys.executable, "-m", __name__, *names]
    try:
        result = subprocess.run(
            command,
            cwd=root,
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )
        last = result.stdout.strip().splitlines()[-1:]
        found = json.loads(last[0]) if last and result.returncode == 0 else None
        reason = (result.stderr.strip().splitlines() or ["its import ended the process"])[-1]
    except subprocess.TimeoutExpired:
        found, reason = None, f"its import takes more than {_TIMEOUT_SECONDS} s"
    if found is None:
        return tuple((name, FunctionDescription(error=reason)) for name in names)
    return tuple((name, FunctionDescription(**found[name])) for name in names)


def describe(class_name: str) -> FunctionDescription:
    """Imports one function into this process and describes it."""
    from pyflink.table.udf import UserDefinedFunctionWrapper

    module_name, _, attribute = class_name.rpartition(".")
    try:
        function = getattr(importlib.import_module(module_name), attribute)
    except BaseException as error:  # a module may raise anything, SystemExit too
        return FunctionDescription(error=f"{type(error).__name__}: {error}")
    if not isinstance(function, UserDefinedFunctionWrapper):
        return FunctionDescription(
            error=f"{class_name} is a {type(function).__name__}, not a function made by udf(…), udtf(…) or udaf(…)"
        )
    kinds = {
        "UserDefinedTableFunctionWrapper": "table",
        "UserDefinedAggregateFunctionWrapper": "aggregate",
    }
    kind = kinds.get(type(function).__name__, "scalar")
    if getattr(function, "_is_table_aggregate", False):
        kind = "table aggregate"
    return FunctionDescription(
        kind=kind,
        result=_result_type(function),
        pandas=getattr(function, "_func_type", "") == "pandas",
        deterministic=bool(getattr(function, "_deterministic", True)),
        model=str(getattr(function, "model", "") or getattr(function._func, "model", "")),
    )


def _result_type(function: Any) -> str:
    several = getattr(function, "_result_types", None)
    if several is not None:
        kinds = [_type_text(kind) for kind in (several if isinstance(several, (list, tuple)) else [several])]
        return f"ROW<{', '.join(f'f{number} {kind}' for number, kind in enumerate(kinds))}>"
    return _type_text(getattr(function, "_result_type", None))


def _type_text(kind: Any) -> str:
    """A PyFlink type, or its text, as Flink writes it."""
    if kind is None or isinstance(kind, str):
        return kind or ""
    name = type(kind).__name__
    null = "" if kind._nullable else " NOT NULL"
    if name in {"ArrayType", "MultisetType"}:
        return f"{name.removesuffix('Type').upper()}<{_type_text(kind.element_type)}>{null}"
    if name == "MapType":
        return f"MAP<{_type_text(kind.key_type)}, {_type_text(kind.value_type)}>{null}"
    if name == "RowType":
        fields = ", ".join(f"`{field.name}` {_type_text(field.data_type)}" for field in kind.fields)
        return f"ROW<{fields}>{null}"
    root = _SIMPLE.get(name, "")
    if root in {"TIMESTAMP", "TIMESTAMP_LTZ", "TIME"}:
        root += f"({kind.precision})"
    elif root == "DECIMAL":
        root += f"({kind.precision}, {kind.scale})"
    elif root in {"VARCHAR", "CHAR", "VARBINARY", "BINARY"}:
        root += f"({kind.length})"
    return f"{root}{null}" if root else ""


if __name__ == "__main__":
    print(json.dumps({name: asdict(describe(name)) for name in sys.argv[1:]}))  # noqa: T201  (for its caller)
