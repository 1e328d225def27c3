"""Reads what Python functions say of themselves: their kind and the types of their results.

Flink's client imports a function's module to plan a query; so is it here, in a process of its own, for a module may do
anything when it is imported.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from headrace.flinksql.schema import function_cache
from headrace.flinksql.schema.function_cache import FunctionDescription
from headrace.settings import PROJECT

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


def describe_functions(root: Path, class_names: Iterable[str]) -> dict[str, FunctionDescription]:
    """Imports functions as Flink's client does, with a project's folder on the path.

    What was imported once is kept in `cache/functions` of the home folder, until one of the files that the import read
    is another.

    Args:
        root: the project.
        class_names: `module.function`, as CREATE FUNCTION names them.

    Returns:
        A description for each name; one that cannot be imported has an `error`.
    """
    homes = {name: _home(root.resolve(), name) for name in sorted(set(class_names))}
    found = {name: kept for name, home in homes.items() if (kept := function_cache.read(home, name)) is not None}
    for home in sorted(set(homes.values())):
        missing = [name for name, its_home in homes.items() if its_home == home and name not in found]
        if missing:
            found |= _import(home, missing)
    return found


def _home(root: Path, class_name: str) -> Path:
    """The folder that holds a function's module: the project, or else Headrace itself."""
    module = Path(*class_name.split(".")[:-1])
    for folder in (root, PROJECT):
        if (folder / module).with_suffix(".py").is_file() or (folder / module / "__init__.py").is_file():
            return folder
    return root


def _import(home: Path, names: list[str]) -> dict[str, FunctionDescription]:
    path = os.pathsep.join(dict.fromkeys([str(home), str(PROJECT), os.environ.get("PYTHONPATH", "")]))
    try:
        result = subprocess.run(
            [sys.executable, "-c", f"from {__name__} import main; main()", *names],
            cwd=home,
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
        return {name: FunctionDescription(error=reason) for name in names}
    descriptions = {name: FunctionDescription(**found["functions"][name]) for name in names}
    for name, description in descriptions.items():
        if not description.error:
            function_cache.write(home, name, description, [Path(file) for file in found["files"]])
    return descriptions


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


def main() -> None:
    """Describes the functions that the command line names, and says which files of Python were read for it."""
    before = set(sys.modules)
    functions = {name: asdict(describe(name)) for name in sys.argv[1:]}
    installed = (sys.prefix, sys.base_prefix)
    read = [module for name, module in list(sys.modules.items()) if name not in before]
    files = [str(getattr(module, "__file__", None) or "") for module in read]
    own = sorted({file for file in files if file.endswith(".py") and not file.startswith(installed)})
    print(json.dumps({"functions": functions, "files": own}))  # noqa: T201  (for its caller)
