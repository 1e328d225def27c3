"""A Python worker ends with its TaskManager, also when that one is killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

WATCHING = """
import os, sys, threading
from headrace.worker.process import end_with
manager, script = (os.pidfd_open(int(number)) for number in sys.argv[1:])
end_with([manager], script, patience=0.1)
print("watching", flush=True)
threading.Event().wait()
"""


@pytest.fixture
def others() -> Iterator[list[subprocess.Popen[bytes]]]:
    """Two processes that stay until they are killed."""
    processes = [subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) for _ in range(2)]
    yield processes
    for process in processes:
        process.kill()
        process.wait()
        assert process.stdin is not None
        process.stdin.close()


@pytest.mark.parametrize("killed", [0, 1], ids=["TaskManager", "script"])
def test_worker_ends_when_another_is_killed(others: list[subprocess.Popen[bytes]], killed: int) -> None:
    command = [sys.executable, "-c", WATCHING, *(str(process.pid) for process in others)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "watching\n"
        assert worker.poll() is None
        others[killed].kill()
        assert worker.wait(30) == 1
