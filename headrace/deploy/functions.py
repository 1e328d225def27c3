"""The Python functions which the catalog names: whether they exist, which Flink would notice only when one is first
called, and their code, which Flink's workers read when a job starts and not again.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from headrace.errors import DeployError
from headrace.names import did_you_mean
from headrace.project import Project

_PYTHON_FUNCTION = re.compile(r"\bFUNCTION\b.*\bAS\s+'([^']+)'\s+LANGUAGE\s+PYTHON\b", re.IGNORECASE | re.DOTALL)


def check_functions(project: Project) -> None:
    """Imports each Python function of the catalog.

    Raises:
        DeployError: a module or function does not exist, or its module cannot be imported.
    """
    for statement in project.catalog:
        match = _PYTHON_FUNCTION.search(statement.text)
        if match:
            _check(f"{statement.file}:{statement.line}", match.group(1))


def code_of(qualified_names: Iterable[str]) -> dict[str, str]:
    """The files that functions are made of: their modules, and what these import of their own package.

    Args:
        qualified_names: `udf.sentiment.sentiment` and the like.

    Returns:
        Each file's text, by its path in the package: `udf/sentiment.py`.
    """
    found: dict[str, str] = {}
    waiting = [name.rpartition(".")[0] for name in qualified_names]
    seen: set[str] = set()
    while waiting:
        module = waiting.pop()
        if module in seen:
            continue
        seen.add(module)
        origin = _origin(module)
        if origin is None:
            continue
        text = origin.read_text(encoding="utf-8")
        package = module.partition(".")[0]
        folder = module.split(".") if origin.name == "__init__.py" else module.split(".")[:-1]
        found["/".join([*folder, origin.name])] = text
        waiting += [name for name in _imports(text) if name.partition(".")[0] == package]
    return dict(sorted(found.items()))


def python_functions(objects: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The qualified names of the Python functions among what the catalog keeps of objects, by `kind name`."""
    return [
        content["class"]
        for key, content in objects.items()
        if key.startswith("function ") and content.get("language") == "PYTHON"
    ]


def _origin(module: str) -> Path | None:
    # A name that is imported from a module may be a module or not.
    with suppress(ImportError, ValueError):
        spec = importlib.util.find_spec(module)
        if spec and spec.origin and spec.origin.endswith(".py"):
            return Path(spec.origin)
    return None


def _imports(text: str) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names


def _check(place: str, qualified_name: str) -> None:
    module_name, _, name = qualified_name.rpartition(".")
    if not module_name:
        raise DeployError(f"{place}: '{qualified_name}' names no module. Write '<module>.<function>'.")
    try:
        module = importlib.import_module(module_name)
    except Exception as error:  # whatever the module does when it is imported, a worker would meet it too
        raise DeployError(f"{place}: module '{module_name}' cannot be imported: {error!r}") from error
    if not hasattr(module, name):
        remedy = did_you_mean(name, [word for word in vars(module) if not word.startswith("_")]) or "Define it there."
        raise DeployError(f"{place}: module '{module_name}' has no function '{name}'. {remedy}")
