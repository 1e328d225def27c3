"""Dockerfile, by hadolint."""

from __future__ import annotations

from collections.abc import Iterator

from ops.checks.tools import Finding, run


def check() -> Iterator[Finding]:
    """Raises what hadolint finds."""
    run("hadolint", "--failure-threshold", "info", "Dockerfile")
    yield from ()
