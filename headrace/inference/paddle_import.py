"""Imports Paddle without its advice."""

from __future__ import annotations

import importlib
import warnings


def import_paddle() -> None:
    """Import Paddle, which takes seconds; afterwards `from paddle import …` is at hand, and says nothing.

    It is called where Paddle is used and not at a module's top: Flink's client imports the modules of SQL functions to
    read their signatures, and needs no Paddle for that.
    """
    with warnings.catch_warnings():
        # Paddle would like to compile extensions of its own; nobody here does.
        warnings.filterwarnings("ignore", message="No ccache found")
        importlib.import_module("paddle")
