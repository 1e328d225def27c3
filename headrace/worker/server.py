"""Forks a worker for each launcher that asks, tells it how the worker ended, and kills the worker if it dies.

One thread and no locks: a fork copies only the thread that calls it, and whatever another one holds stays locked for
ever in the child.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import socket
import sys
from dataclasses import dataclass
from typing import NamedTuple

from headrace.worker.channel import Handover, Listener, close, receive, refuse
from headrace.worker.fingerprint import installed_packages
from headrace.worker.process import kill, other_threads


class Start(NamedTuple):
    """What a forked child is to start with."""

    handover: Handover
    connection: socket.socket


class Outdated(Exception):  # noqa: N818
    """Packages were installed or removed since this process has imported them."""


@dataclass
class _Worker:
    process: int
    launcher: int
    connection: socket.socket


class Server:
    """The loop of the process that workers are forked from."""

    def __init__(self, path: str) -> None:
        """Listens.

        Args:
            path: of the socket.

        Raises:
            ColdStart: another server listens there, or the folder is not this user's alone.
        """
        self._listener = Listener(path)
        self._packages = installed_packages()
        self._waiting: set[socket.socket] = set()
        self._workers: list[_Worker] = []
        # Not epoll: its registrations would be shared with the children.
        self._selector = selectors.PollSelector()
        self._selector.register(self._listener.socket, selectors.EVENT_READ, self._accept)

    def await_start(self) -> Start:
        """Serves for ever; returns in a forked child, with what it is to start with.

        Raises:
            Outdated: in the server; its workers go on without it.
        """
        while True:
            for key, _ in self._selector.select():
                # An earlier event may have closed what this one is about, and its number be another one's by now.
                if self._selector.get_map().get(key.fd) is key and (start := key.data()):
                    return start  # type: ignore[no-any-return]

    def _accept(self) -> None:
        if connection := self._listener.accept():
            self._waiting.add(connection)
            self._selector.register(connection, selectors.EVENT_READ, lambda: self._fork(connection))

    def _fork(self, connection: socket.socket) -> Start | None:
        self._selector.unregister(connection)
        self._waiting.remove(connection)
        handover = receive(connection)
        if not handover:
            connection.close()
            return None
        if installed_packages() != self._packages:
            refuse(connection, "packages were installed since its server started")
            raise Outdated
        try:
            process_id = _fork_alone()
        except OSError as error:
            refuse(connection, str(error))
            close(handover)
            connection.close()
            return None
        if not process_id:
            self._forget()
            return Start(handover, connection)
        worker = _Worker(os.pidfd_open(process_id), os.dup(handover.launcher), connection)
        close(handover)
        self._workers.append(worker)
        self._selector.register(worker.process, selectors.EVENT_READ, lambda: self._reap(worker))
        self._selector.register(worker.launcher, selectors.EVENT_READ, lambda: self._launcher_ended(worker))
        return None

    def _launcher_ended(self, worker: _Worker) -> None:
        # The worker does so itself, unless it is stopped, or in code that lets no thread of its own run.
        kill(worker.process)
        self._selector.unregister(worker.launcher)

    def _reap(self, worker: _Worker) -> None:
        result = os.waitid(os.P_PIDFD, worker.process, os.WEXITED)
        assert result is not None  # noqa: S101  (only with WNOHANG)
        how = "exited" if result.si_code == os.CLD_EXITED else "killed"
        with contextlib.suppress(OSError):  # the launcher has gone, or has started cold
            worker.connection.send(f"{how} {result.si_status}".encode())
        self._selector.unregister(worker.process)
        if worker.launcher in self._selector.get_map():
            self._selector.unregister(worker.launcher)
        self._workers.remove(worker)
        _close(worker)

    def _forget(self) -> None:
        """In a child: closes what is the server's and the other workers'."""
        self._listener.close()
        for connection in self._waiting:
            connection.close()
        for worker in self._workers:
            _close(worker)
        self._selector.close()


def _fork_alone() -> int:
    """Forks.

    Raises:
        OSError: this process has other threads, or the machine no room for another process.
    """
    if threads := other_threads():
        raise OSError(f"importing started threads: {', '.join(threads)}. Set OMP_NUM_THREADS=1.")
    # What is buffered here, a child would write again.
    sys.stdout.flush()
    sys.stderr.flush()
    return os.fork()


def _close(worker: _Worker) -> None:
    worker.connection.close()
    os.close(worker.process)
    os.close(worker.launcher)
