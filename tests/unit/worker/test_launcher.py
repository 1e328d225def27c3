"""A Python worker ends with its TaskManager, also when that one is killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

WATCHING = """
import sys, threading
from headrace.worker.launcher import end_with
end_with(int(sys.argv[1]))
print("watching", flush=True)
threading.Event().wait()
"""


@pytest.fixture
def task_manager() -> Iterator[subprocess.Popen[bytes]]:
    """Some process that stays until it is killed."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


def test_worker_ends_when_its_task_manager_is_killed(task_manager: subprocess.Popen[bytes]) -> None:
    command = [sys.executable, "-c", WATCHING, str(task_manager.pid)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "watching\n"
        assert worker.poll() is None
        task_manager.kill()
        assert worker.wait(30) == 1


def test_other_arguments_run_python_as_they_are() -> None:
    launcher = "from headrace.worker.launcher import main; main()"
    result = subprocess.run(
        [sys.executable, "-c", launcher, "-c", "import sys; print(sys.argv)", "a"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout == "['-c', 'a']\n"
