"""Flink's `python.executable` and `python.client.executable`: Python, but what it runs for Flink starts warm.

And it ends with the process that has it run: a worker with its TaskManager, the process by which a client reads the
signatures of functions with that client.

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
from headrace.worker.run import WORKER_MODULE, run_module

CLIENT_MODULE = "pyflink.pyflink_callback_server"
# A fork takes some 20 ms; a cold start takes seconds, and most of all on a busy machine.
ANSWER_SECONDS = 5.0
STATUS_SECONDS = 5.0
PASSED_ON = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGUSR1, signal.SIGUSR2)


def main() -> None:
    """Runs Python with the arguments of this process, what Flink starts for itself warm and under watch."""
    option, module = [*sys.argv[1:3], "", ""][:2]
    if option == "-m" and module == WORKER_MODULE:
        # Flink runs its workers by a shell script, which would outlive the TaskManager as the worker does.
        script = os.getppid()
        run_worker(module, sys.argv[3:], owner=parent_of(script), script=script)
    elif option == "-m" and module == CLIENT_MODULE:
        run_worker(module, sys.argv[3:], owner=os.getppid(), script=os.getppid())
    else:
        # Flink asks Python for its version, say.
        os.execv(sys.executable, [sys.executable, *sys.argv[1:]])  # noqa: S606


def run_worker(module: str, arguments: list[str], owner: int, script: int) -> None:
    """Runs a module as `python -m` does, warm if it can be; ends this process as the module ended.

    Args:
        module: its name.
        arguments: for the module.
        owner: process id of Flink's process; the module's process ends with it.
        script: process id of what runs between Flink and this process; see `end_with`.
    """
    owner, script = os.pidfd_open(owner), os.pidfd_open(script)
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
