"""The Unix socket between launchers and the process that workers are forked from.

Only processes of one user speak over it: it lies in a folder that nobody else may enter, and each side asks the kernel
who the other one is (SO_PEERCRED, unix(7)).

launcher → server: one packet with the descriptors of `Handover`
worker → launcher: `refused <reason>`, or `ready` with a descriptor of the worker's process
launcher → worker: `go`
server → launcher: `exited <status>` or `killed <signal>`
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import socket
import stat
import struct
from typing import NamedTuple, Self

from headrace.worker.process import has_ended

SOCKET = "HEADRACE_WORKER_SOCKET"
MAX_BYTES = 4096
BACKLOG = 128


class ColdStart(Exception):  # noqa: N818  (nothing failed: it says why a worker is not forked)
    """There is no process to fork from, or it is not the right one; the message says why."""


class Handover(NamedTuple):
    """Descriptors that a launcher hands over.

    Attributes:
        request: file of the `Request`.
        standard_input: of the worker.
        standard_output: of the worker.
        standard_error: of the worker.
        launcher: pidfd; the worker ends with it.
        owner: pidfd of the TaskManager; the worker ends with it.
        script: pidfd of the shell script that Flink runs the launcher by.
    """

    request: int
    standard_input: int
    standard_output: int
    standard_error: int
    launcher: int
    owner: int
    script: int


class Request(NamedTuple):
    """What a worker is to be.

    Attributes:
        module: what it runs, as `python -m`.
        arguments: for the module.
        environment: all of its variables.
        working_directory: where it runs.
        umask: of the files that it makes.
        fingerprint: what its process must be made of.
    """

    module: str
    arguments: list[str]
    environment: dict[str, str]
    working_directory: str
    umask: int
    fingerprint: dict[str, str]

    def write(self) -> int:
        """Writes it into a file that has no name; returns its descriptor."""
        file = os.memfd_create("headrace-worker-request")
        with os.fdopen(os.dup(file), "wb") as out:
            out.write(json.dumps(self._asdict()).encode())
        return file

    @classmethod
    def read(cls, file: int) -> Self:
        """Reads what `write` has written."""
        return cls(**json.loads(os.pread(file, os.fstat(file).st_size, 0)))


class Listener:
    """The server's end: one server a socket, and a socket that a killed server left behind is no obstacle."""

    def __init__(self, path: str) -> None:
        """Listens.

        Args:
            path: of the socket. Its folder is made where there is none.

        Raises:
            ColdStart: others may enter the folder, or another server listens.
        """
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)  # noqa: PTH103, PTH120
        folder = _private_folder(path)
        try:
            place = _in_folder(folder, path)
            self._lock = os.open(f"{place}.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(self._lock)
                raise ColdStart(f"{path}: another process listens. End it, or name another socket.") from None
            with contextlib.suppress(FileNotFoundError):
                os.unlink(place)  # noqa: PTH108
            self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            before = os.umask(0o177)
            self.socket.bind(place)
            os.umask(before)
            self.socket.listen(BACKLOG)
            self.socket.setblocking(False)
        finally:
            os.close(folder)

    def accept(self) -> socket.socket | None:
        """The next launcher; None when there is none, or it is another user's."""
        try:
            connection, _ = self.socket.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return None
        connection.setblocking(False)
        if _peer(connection) != os.geteuid():
            connection.close()
            return None
        return connection

    def close(self) -> None:
        """Closes this process' descriptors; a child that does so leaves the server listening."""
        self.socket.close()
        os.close(self._lock)


def connect(path: str, seconds: float) -> socket.socket:
    """The launcher's end.

    Args:
        path: of the server's socket.
        seconds: limit of each call on the connection.

    Raises:
        ColdStart: there is no server, it does not answer, or it is not this user's.
    """
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    connection.settimeout(seconds)
    try:
        folder = _private_folder(path)
        try:
            connection.connect(_in_folder(folder, path))
        finally:
            os.close(folder)
        if (user := _peer(connection)) != os.geteuid():
            raise ColdStart(f"{path}: user {user} listens there")
    except OSError as error:
        connection.close()
        raise ColdStart(f"{path}: {error.strerror or error}") from error
    except ColdStart:
        connection.close()
        raise
    return connection


def send(connection: socket.socket, handover: Handover) -> None:
    """Hands descriptors over."""
    socket.send_fds(connection, [b"start"], handover)


def refuse(connection: socket.socket, reason: str) -> None:
    """Tells a launcher why it has to start cold; one that has gone has started cold already."""
    with contextlib.suppress(OSError):
        connection.send(f"refused {reason}".encode()[:MAX_BYTES])


def receive(connection: socket.socket) -> Handover | None:
    """What was handed over; None when the launcher has gone, or it was something else."""
    try:
        # One more than there should be, to notice it.
        _, descriptors, _, _ = socket.recv_fds(
            connection, MAX_BYTES, len(Handover._fields) + 1, socket.MSG_CMSG_CLOEXEC
        )
    except ConnectionError:
        return None
    if len(descriptors) != len(Handover._fields):
        for descriptor in descriptors:
            os.close(descriptor)
        return None
    handover = Handover(*descriptors)
    if has_ended(handover.launcher):
        close(handover)
        return None
    return handover


def close(handover: Handover) -> None:
    """Closes this process' copies of the descriptors."""
    for descriptor in handover:
        os.close(descriptor)


def _private_folder(path: str) -> int:
    """Opens the folder of a socket, so that what is checked is what is used.

    Raises:
        ColdStart: there is none, it is another user's, or others may enter it.
    """
    folder = os.path.dirname(path)  # noqa: PTH120
    try:
        descriptor = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        raise ColdStart(f"{folder}: {error.strerror}") from error
    status = os.fstat(descriptor)
    if status.st_uid != os.geteuid() or status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        os.close(descriptor)
        raise ColdStart(
            f"{folder}: it belongs to user {status.st_uid} with mode {stat.S_IMODE(status.st_mode):o}. "
            f"It must be user {os.geteuid()}'s alone: mode 700."
        )
    return descriptor


def _in_folder(folder: int, path: str) -> str:
    """A path of a file in an open folder: short, whereas a socket's may have 107 bytes at most."""
    return f"/proc/self/fd/{folder}/{os.path.basename(path)}"  # noqa: PTH119


def _peer(connection: socket.socket) -> int:
    """The user of the process at the other end."""
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return int(struct.unpack("3i", credentials)[1])
