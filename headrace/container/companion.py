"""Runs a program with a companion beside it: `python companion.py COMPANION … -- PROGRAM …`.

The program is what counts: signals go to it, and this process ends when it ends, as it ended. The companion is started
again whenever it ends, and is ended with the program. Standard library alone: this process only waits.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Sequence

PASSED_ON = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGUSR1, signal.SIGUSR2)
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
PATIENCE = 5.0


def main() -> None:
    """Runs what the arguments of this process name, and ends as the program ended."""
    arguments = sys.argv[1:]
    place = arguments.index("--")
    sys.exit(run_with_companion(arguments[place + 1 :], arguments[:place]))


def run_with_companion(program: Sequence[str], companion: Sequence[str]) -> int:
    """Runs a program to its end.

    Returns:
        Its exit status; 128 and the signal's number where a signal ended it, as shells say it.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, (*PASSED_ON, signal.SIGCHLD))
    main, beside = _start(program), _start(companion)
    pause, due = FIRST_PAUSE, 0.0
    while True:
        for process, status in _ended():
            if process == main:
                _end(beside)
                return _exit_status(status)
            if process == beside:
                beside = 0
                due = time.monotonic() + pause
                pause = min(2 * pause, LONGEST_PAUSE)
        if not beside and time.monotonic() >= due:
            beside = _start(companion)
        wait = LONGEST_PAUSE if beside else max(0.0, due - time.monotonic())
        received = signal.sigtimedwait((*PASSED_ON, signal.SIGCHLD), wait)
        if received and received.si_signo != signal.SIGCHLD:
            os.kill(main, received.si_signo)


def _start(command: Sequence[str]) -> int:
    return os.posix_spawn(command[0], list(command), os.environ, setsigmask=())


def _ended() -> list[tuple[int, int]]:
    """Children that have ended, with their status; those of others too, where this is a container's first process."""
    found: list[tuple[int, int]] = []
    while True:
        try:
            process, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return found
        if not process:
            return found
        found.append((process, status))


def _end(process: int) -> None:
    """Ends a child, in time or by force."""
    if not process:
        return
    os.kill(process, signal.SIGTERM)
    limit = time.monotonic() + PATIENCE
    while process not in [ended for ended, _ in _ended()]:
        if not signal.sigtimedwait((signal.SIGCHLD,), max(0.0, limit - time.monotonic())):
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            return


def _exit_status(status: int) -> int:
    code = os.waitstatus_to_exitcode(status)
    return 128 - code if code < 0 else code


if __name__ == "__main__":
    main()
