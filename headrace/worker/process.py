"""Processes as descriptors (pidfd_open(2)): unlike a number, a descriptor never comes to mean another process."""

from __future__ import annotations

import os
import select
import signal
import threading
from collections.abc import Sequence

PATIENCE = 10.0


def parent_of(process_id: int) -> int:
    """The parent of a process; field 4 of /proc/<pid>/stat, after the name in parentheses (proc(5))."""
    with open(f"/proc/{process_id}/stat") as file:  # noqa: PTH123  (pathlib costs each start 10 ms)
        return int(file.read().rpartition(")")[2].split()[1])


def kill(process: int, number: int = signal.SIGKILL) -> None:
    """Sends a signal to the process of a pidfd; one that has ended already does not mind."""
    try:
        signal.pidfd_send_signal(process, number)
    except ProcessLookupError:
        return


def has_ended(process: int) -> bool:
    """Whether the process of a pidfd has ended."""
    return bool(await_first([process], 0))


def await_first(descriptors: Sequence[int], seconds: float | None = None) -> list[int]:
    """Waits until at least one of some pidfds or connections is readable: a process has ended, the other end spoke.

    Returns:
        Those that are; none when none is after so many seconds.
    """
    poll = select.poll()
    for descriptor in descriptors:
        poll.register(descriptor, select.POLLIN)
    return [descriptor for descriptor, _ in poll.poll(None if seconds is None else round(seconds * 1000))]


def end_with(processes: Sequence[int], script: int, patience: float = PATIENCE) -> threading.Thread:
    """Ends this process as soon as one of some others has ended.

    Args:
        processes: pidfds of processes without which this one has nothing to do.
        script: pidfd of the shell script that Flink runs its worker by. When Flink has no more use for a worker it ends
            the script and the connection to the worker, which ends by itself then, or hangs in a function for ever.
        patience: for how many seconds it may go on after the script has ended.
    """

    def watch() -> None:
        await_first([*processes, script])
        if not await_first(processes, 0):
            await_first(processes, patience)
        # At once: what an orderly end would flush, nobody reads.
        os._exit(1)

    thread = threading.Thread(target=watch, daemon=True, name="task-manager-watch")
    thread.start()
    return thread


def other_threads() -> list[str]:
    """The names of this process' threads beside its first; those that no Python code has started among them."""
    names = []
    for thread in os.listdir("/proc/self/task"):  # noqa: PTH208
        if int(thread) != os.getpid():
            with open(f"/proc/self/task/{thread}/comm") as name:  # noqa: PTH123
                names.append(name.read().strip())
    return sorted(names)
