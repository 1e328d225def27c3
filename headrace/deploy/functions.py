"""Checks that the Python functions which the catalog names exist: Flink would notice only when one is first called."""

from __future__ import annotations

import difflib
import importlib
import re

from headrace.errors import DeployError
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


def _check(place: str, qualified_name: str) -> None:
    module_name, _, name = qualified_name.rpartition(".")
    if not module_name:
        raise DeployError(f"{place}: '{qualified_name}' names no module. Write '<module>.<function>'.")
    try:
        module = importlib.import_module(module_name)
    except Exception as error:  # whatever the module does when it is imported, a worker would meet it too
        raise DeployError(f"{place}: module '{module_name}' cannot be imported: {error!r}") from error
    if not hasattr(module, name):
        near = difflib.get_close_matches(name, [word for word in vars(module) if not word.startswith("_")], n=1)
        raise DeployError(
            f"{place}: module '{module_name}' has no function '{name}'."
            + (f" Did you mean '{near[0]}'?" if near else "")
        )
