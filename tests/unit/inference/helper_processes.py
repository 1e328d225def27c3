"""Starts publishers (publisher.py) and workers that download (downloader.py) in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from headrace.settings import PROJECT

HERE = Path(__file__).parent


def run_at_once(script: str, arguments: Sequence[Sequence[object]]) -> list[str]:
    """What processes say that all wait first and then run at the same moment, one for each list of arguments."""
    processes = [_start(script, each) for each in arguments]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    return [process.communicate(timeout=60)[0].strip() for process in processes]


def exit_code(script: str, *arguments: object) -> int:
    """The exit code of a process."""
    process = _start(script, arguments)
    process.communicate("\n", timeout=60)
    return process.returncode


def _start(script: str, arguments: Sequence[object]) -> subprocess.Popen[str]:
    """A process that is ready and waits for a line."""
    process = subprocess.Popen(
        [sys.executable, str(HERE / script), *map(str, arguments)],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process
