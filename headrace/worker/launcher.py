"""The `python.executable` of a cluster: Python, but a worker that it runs ends with its TaskManager.

A TaskManager that is killed leaves its Python workers behind: they wait for ever on the other side of a connection that
nobody will use again, half a gigabyte each.
"""

from __future__ import annotations

import os
import runpy
import select
import sys
import threading
from pathlib import Path

WORKER_MODULE = "pyflink.fn_execution.beam.beam_boot"


def main() -> None:
    """Runs Python with the arguments of this process, Flink's Python workers under watch."""
    arguments = sys.argv[1:]
    if arguments[:2] != ["-m", WORKER_MODULE]:
        os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606  (Flink asks Python for its version, say)
    # Flink runs its workers by a shell script, which would outlive the TaskManager as the worker does.
    end_with(_parent(os.getppid()))
    sys.argv = arguments[1:]
    runpy.run_module(WORKER_MODULE, run_name="__main__", alter_sys=True)


def end_with(process_id: int) -> threading.Thread:
    """Ends this process as soon as another one has ended."""
    descriptor = os.pidfd_open(process_id)

    def watch() -> None:
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        poll.poll()
        # At once: what an orderly end would flush, nobody reads.
        os._exit(1)

    thread = threading.Thread(target=watch, daemon=True, name="task-manager-watch")
    thread.start()
    return thread


def _parent(process_id: int) -> int:
    """The parent of a process; field 4 of /proc/<pid>/stat, after the name in parentheses (proc(5))."""
    stat = Path("/proc", str(process_id), "stat").read_text()
    return int(stat.rpartition(")")[2].split()[1])
