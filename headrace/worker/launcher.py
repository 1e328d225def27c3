"""The `python.executable` of a cluster: Python, but a worker that it runs starts warm and ends with its TaskManager.

Warm: forked from a process that has imported everything already (headrace/worker/template.py), where the environment
variable HEADRACE_WORKER_SOCKET names its socket. Without it, or when it does not answer soon or is not what this worker
needs, the worker starts cold, in this process; a line on standard error says why.

With its TaskManager: one that is killed leaves its Python workers behind; they would wait for ever on the other side of
a connection that nobody will use again, half a gigabyte each.
"""

from __future__ import annotations

import os
import resource
import signal
import socket
import sys
from typing import NoReturn

from headrace.worker.channel import MAX_BYTES, SOCKET, ColdStart, Handover, Request, connect, send
from headrace.worker.fingerprint import fingerprint
from headrace.worker.process import await_first, end_with, kill, parent_of
from headrace.worker.run import run_module

WORKER_MODULE = "pyflink.fn_execution.beam.beam_boot"
# A fork takes some 20 ms; a cold start takes seconds, so waiting longer would not lose much, but not gain either.
ANSWER_SECONDS = 3.0
STATUS_SECONDS = 5.0
PASSED_ON = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGUSR1, signal.SIGUSR2)


def main() -> None:
    """Runs Python with the arguments of this process, Flink's Python workers warm and under watch."""
    arguments = sys.argv[1:]
    if arguments[:2] != ["-m", WORKER_MODULE]:
        os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606  (Flink asks Python for its version, say)
    run_worker(WORKER_MODULE, arguments[2:])


def run_worker(module: str, arguments: list[str]) -> None:
    """Runs a module as `python -m` does, warm if it can be; ends this process as the module ended.

    The parent of this process is the shell script that Flink runs its workers by; its parent is the TaskManager.
    """
    shell = os.getppid()
    owner, script = os.pidfd_open(parent_of(shell)), os.pidfd_open(shell)
    if path := os.environ.get(SOCKET):
        try:
            worker, connection = _start_warm(path, module, arguments, owner, script)
        except ColdStart as reason:
            sys.stderr.write(f"headrace-python: this worker starts cold: {reason}\n")
            sys.stderr.flush()
        else:
            _end_as(*_await_end(worker, connection, owner))
    end_with([owner], script)
    run_module(module, arguments)


def _start_warm(path: str, module: str, arguments: list[str], owner: int, script: int) -> tuple[int, socket.socket]:
    """Has a worker forked.

    Returns:
        The worker's pidfd, and the connection over which the server will say how it ended.

    Raises:
        ColdStart: there is no worker.
    """
    connection = connect(path, ANSWER_SECONDS)
    try:
        return _hand_over(connection, module, arguments, owner, script), connection
    except OSError as error:
        connection.close()
        raise ColdStart(f"{path}: {error}") from error
    except ColdStart:
        connection.close()
        raise


def _hand_over(connection: socket.socket, module: str, arguments: list[str], owner: int, script: int) -> int:
    variables = dict(os.environ)
    request = Request(module, arguments, variables, os.getcwd(), _umask(), fingerprint(variables))  # noqa: PTH109
    handover = Handover(request.write(), 0, 1, 2, os.pidfd_open(os.getpid()), owner, script)
    send(connection, handover)
    os.close(handover.request)
    os.close(handover.launcher)
    answer, descriptors, _, _ = socket.recv_fds(connection, MAX_BYTES, 1, socket.MSG_CMSG_CLOEXEC)
    if answer != b"ready" or not descriptors:
        raise ColdStart(answer.decode().removeprefix("refused ") or "its server has ended")
    # Until it hears this, the worker does nothing: had this process lost patience, there would be two.
    connection.send(b"go")
    return descriptors[0]


def _await_end(worker: int, connection: socket.socket, owner: int) -> tuple[str, int]:
    """Waits for a worker's end, passing signals on, and ends the worker when its owner ends.

    Returns:
        `exited` and a status, or `killed` and a signal.
    """
    for number in PASSED_ON:
        signal.signal(number, lambda number, _: kill(worker, number))
    status: int | None = connection.fileno()
    while True:
        ended = await_first([descriptor for descriptor in (status, worker, owner) if descriptor is not None])
        if owner in ended:
            kill(worker)
            return "exited", 1
        if status in ended:
            if words := connection.recv(MAX_BYTES).split():
                return words[0].decode(), int(words[1])
            status = None  # the server has ended; the worker has not
        elif status is None or not await_first([status], STATUS_SECONDS):
            sys.stderr.write("headrace-python: the worker ended; how, its server did not say\n")
            return "exited", 1


def _end_as(how: str, number: int) -> NoReturn:
    """Ends this process as the worker ended."""
    if how == "killed":
        # The worker has left its core file, if it was to leave one.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if number != signal.SIGKILL:
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(number)


def _umask() -> int:
    """The umask of this process, which can only be read by setting it."""
    umask = os.umask(0o077)
    os.umask(umask)
    return umask
