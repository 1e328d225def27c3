"""Finds what stands one in a file: a new rule is a new file, and no list names it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from types import ModuleType
from typing import Any


def one_per_file(package: ModuleType, base: type) -> dict[str, Any]:
    """An object of the class that each file of a package holds.

    Args:
        package: the folder.
        base: what the classes are made from; a file holds one such class of its own.

    Returns:
        The objects by the names of their files, sorted.

    Raises:
        TypeError: a file holds none, or several.
    """
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return {name: _only_class(f"{package.__name__}.{name}", base)() for name in names}


def _only_class(module_name: str, base: type) -> type:
    module = importlib.import_module(module_name)
    found = [
        value
        for value in vars(module).values()
        if inspect.isclass(value) and issubclass(value, base) and value.__module__ == module_name
    ]
    if len(found) != 1:
        raise TypeError(f"{module_name}: it holds {len(found)} classes of {base.__name__}, and a file is one.")
    return found[0]
