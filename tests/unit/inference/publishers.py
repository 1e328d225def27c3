"""Starts publishers (publisher.py) in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from headrace.settings import PROJECT


def start_publisher(folder: Path, repository: str, dies_at: str | None = None) -> subprocess.Popen[str]:
    """A publisher that is ready and waits for a line."""
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("publisher.py")), str(folder), repository]
        + ([dies_at] if dies_at else []),
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def publish_at_once(folders: Sequence[Path], repository: str) -> list[str]:
    """What publishers of these folders say, all started at the same moment."""
    processes = [start_publisher(folder, repository) for folder in folders]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    return [process.communicate(timeout=60)[0].strip() for process in processes]


def killed_publisher(folder: Path, repository: str, dies_at: str) -> int:
    """The exit code of a publisher that dies at a file."""
    process = start_publisher(folder, repository, dies_at)
    process.communicate("\n", timeout=60)
    return process.returncode
