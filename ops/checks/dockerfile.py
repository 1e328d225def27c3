"""Dockerfile, by hadolint."""

from __future__ import annotations

from collections.abc import Iterator

from ops.checks.tools import FindingError, run


def check() -> Iterator[FindingError]:
    """Raises what hadolint finds."""
    run("hadolint", "--failure-threshold", "info", "Dockerfile")
    yield from ()
