"""Starts Flink's Python workers as threads of this process, at once.

PyFlink would do so too on a mini cluster, but from a new process that imports Beam first, which takes seconds, and by a
port that is open to other machines (`mini_cluster.table_environment`). Here Flink's `python.executable` is a script of
the standard library alone: it hands its arguments and its environment over a socket to this process, and ends with the
worker.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import socketserver
import sys
import tempfile
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path

import grpc  # type: ignore[import-untyped]
from apache_beam.portability.api.org.apache.beam.model.fn_execution.v1.beam_fn_api_pb2 import StartWorkerRequest
from apache_beam.portability.api.org.apache.beam.model.pipeline.v1.endpoints_pb2 import ApiServiceDescriptor
from pyflink.fn_execution.beam.beam_worker_pool_service import BeamFnLoopbackWorkerPoolServicer

_SCRIPT = """#!{python} -IS
import json, os, socket, sys
if sys.argv[1:3] != ["-m", "pyflink.fn_execution.beam.beam_boot"]:
    os.execv({python!r}, [{python!r}, *sys.argv[1:]])
with socket.socket(socket.AF_UNIX) as worker:
    worker.connect({socket!r})
    worker.sendall(json.dumps({{"arguments": sys.argv[3:], "environment": dict(os.environ)}}).encode() + b"\\n")
    error = b"".join(iter(lambda: worker.recv(65536), b"")).decode()
sys.exit(error or None)
"""


class WorkerThreads:
    """Waits for the scripts that Flink starts."""

    def __init__(self, folder: Path) -> None:
        """Starts waiting, to the end of this process. Args: an existing folder, of a path that a socket may have."""
        self.python = folder / "python"
        socket = folder / "workers"
        self.python.write_text(_SCRIPT.format(python=sys.executable, socket=str(socket)), encoding="utf-8")
        self.python.chmod(0o700)
        server = socketserver.ThreadingUnixStreamServer(str(socket), _Worker)
        server.daemon_threads = True
        threading.excepthook = _hook(threading.excepthook)
        threading.Thread(target=server.serve_forever, name="python-workers", daemon=True).start()


def _hook(before: Callable[[threading.ExceptHookArgs], object]) -> Callable[[threading.ExceptHookArgs], object]:
    """Beam's threads that read from Flink say so when Flink hangs up, and Flink does when a job ends."""
    return lambda raised: None if isinstance(raised.exc_value, grpc.RpcError) else before(raised)


class _Worker(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        message = json.loads(self.rfile.readline())
        options = dict(argument.removeprefix("--").split("=", 1) for argument in message["arguments"])
        request = StartWorkerRequest(
            worker_id=options["id"],
            provision_endpoint=ApiServiceDescriptor(url=options["provision_endpoint"]),
            params={**message["environment"], "SEMI_PERSISTENT_DIRECTORY": options.get("semi_persist_dir", os.sep)},
        )
        response = BeamFnLoopbackWorkerPoolServicer().StartWorker(request, None)
        self.wfile.write(response.error.encode())


@cache
def worker_threads() -> WorkerThreads:
    """Those of this process; the first call starts them."""
    folder = Path(tempfile.mkdtemp(prefix="headrace-workers-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return WorkerThreads(folder)
