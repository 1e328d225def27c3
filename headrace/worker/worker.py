"""What a forked child becomes: a Python process as the launcher would have been one."""

from __future__ import annotations

import gc
import importlib
import os
import random
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from importlib.machinery import PathFinder

from headrace.worker.channel import Request, close, refuse
from headrace.worker.fingerprint import difference
from headrace.worker.process import end_with
from headrace.worker.server import Start

# A module of the standard library's archive is never there: it marks where PYTHONPATH ends in `sys.path`.
_STANDARD_LIBRARY = f"python{sys.version_info.major}{sys.version_info.minor}.zip"
# How long a launcher may take to answer. It waits for nothing else.
_ANSWER_SECONDS = 30
# Project code is read anew by each worker, so that an edit reaches the next one.
_PROJECT = ("headrace", "udf")


class Origin:
    """The process that workers are forked from, as it was before its imports."""

    def __init__(self, fingerprint: Mapping[str, str], environment: Mapping[str, str]) -> None:
        """Call it after the imports.

        Args:
            fingerprint: of this process at its start.
            environment: its variables at its start.
        """
        self.fingerprint = fingerprint
        # Packages set variables when they are imported (LD_LIBRARY_PATH by OpenCV): a cold worker has them too.
        self._set = {name: value for name, value in os.environ.items() if environment.get(name) != value}
        self._path = set(_python_path(environment))

    def why_not(self, request: Request) -> str:
        """Why a fork of this process is not what a launcher asks for; empty when it is."""
        if different := difference(self.fingerprint, request.fingerprint):
            return different
        folders = [entry for entry in _python_path(request.environment) if entry not in self._path]
        if shadowed := _first_found([request.working_directory, *folders]):
            return f"{shadowed} would be imported from the worker's own path"
        return ""

    def environment(self, request: Request) -> dict[str, str]:
        """The variables of a worker."""
        return {**request.environment, **self._set}


def become_worker(start: Start, origin: Origin) -> Request | None:
    """Makes this child of the server what the launcher asks for.

    Args:
        start: what the server has received.
        origin: the server.

    Returns:
        What to run; None when it is not to be.
    """
    os.setsid()  # no signal to the server's group is meant for it
    handover, connection = start
    connection.settimeout(_ANSWER_SECONDS)
    request = Request.read(handover.request)
    if reason := origin.why_not(request):
        refuse(connection, reason)
        return None
    try:
        own = os.pidfd_open(os.getpid())
        socket.send_fds(connection, [b"ready"], [own])
        os.close(own)
        if connection.recv(16) != b"go":
            return None
    except OSError:
        return None  # the launcher has gone, or has started cold
    connection.close()
    for target, descriptor in enumerate((handover.standard_input, handover.standard_output, handover.standard_error)):
        os.dup2(descriptor, target)
    end_with([os.dup(handover.owner), os.dup(handover.launcher)], os.dup(handover.script))
    close(handover)
    sys.stdout.reconfigure(line_buffering=os.isatty(1))  # type: ignore[union-attr]
    environment = origin.environment(request)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(request.working_directory)
    os.umask(request.umask)
    time.tzset()
    _seed()
    _set_path(request)
    gc.enable()
    with open("/proc/self/comm", "w") as name:  # noqa: PTH123
        name.write("headrace-worker")
    return request


def _python_path(environment: Mapping[str, str]) -> list[str]:
    folders = environment.get("PYTHONPATH", "").split(os.pathsep)
    return [os.path.abspath(folder) for folder in folders if folder]  # noqa: PTH100


def _first_found(folders: Sequence[str]) -> str:
    """The first imported package that is in one of these folders or archives too."""
    imported = {name.partition(".")[0] for name in sys.modules} - {"__main__", *_PROJECT, *sys.builtin_module_names}
    for folder in folders:
        for name in sorted(imported | {"sitecustomize", "usercustomize"}):
            found = PathFinder.find_spec(name, [folder])
            # A folder without an __init__.py hides nothing.
            if found and found.origin:
                return found.origin
    return ""


def _set_path(request: Request) -> None:
    rest = next(n for n, entry in enumerate(sys.path) if os.path.basename(entry) == _STANDARD_LIBRARY)  # noqa: PTH119
    sys.path[:] = ["", *dict.fromkeys(_python_path(request.environment)), *sys.path[rest:]]
    sys.path_importer_cache.clear()
    importlib.invalidate_caches()
    for name in [name for name in sys.modules if name.partition(".")[0] in _PROJECT]:
        del sys.modules[name]


def _seed() -> None:
    """Python seeds `random` itself in a child; NumPy and Paddle do not."""
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
