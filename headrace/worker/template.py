"""The process that a TaskManager's Python workers are forked from: `python -m headrace.worker.template <socket>`.

It has imported what takes a worker most of its start, and nothing else: no model, no connection, no second thread. What
it has imported is in memory once, however many workers there are (copy-on-write).
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import signal
import sys
import time
from collections.abc import Sequence

from headrace.worker.channel import SOCKET, ColdStart, Request
from headrace.worker.fingerprint import fingerprint
from headrace.worker.process import other_threads
from headrace.worker.run import run_module
from headrace.worker.server import Outdated, Server
from headrace.worker.worker import Origin, become_worker

# Packages that workers import, by Flink's runner, udf/ and headrace/inference/. Nothing of the project: it would be old
# after an edit.
MODULES = (
    "pyflink.fn_execution.beam.beam_sdk_worker_main",
    "pandas",
    "pyarrow",
    "tokenizers",
    "fsspec",
    "pydantic_settings",
    "yaml",
    "tenacity",
    "paddle.inference",
    "pypdfium2",
    "httpcore",
    "paddlex.inference.models.text_detection.processors",
    "paddlex.inference.models.text_recognition.processors",
    "paddlex.inference.pipelines.components.common.crop_image_regions",
)
# Without a thread of its own, Arrow's allocator gives memory back when it is called.
_ONE_THREAD = {"JE_ARROW_MALLOC_CONF": "background_thread:false"}


def main() -> None:
    """Imports, then forks until it is ended; in a forked child, runs a worker to its end."""
    parser = argparse.ArgumentParser(prog="python -m headrace.worker.template", description=__doc__)
    parser.add_argument("socket", help=f"where launchers find it: their {SOCKET}")
    parser.add_argument("--module", action="append", help="import this one, and not the usual ones")
    options = parser.parse_args()
    request = _await_request(options.socket, options.module or MODULES)
    if not request:
        os._exit(0)
    run_module(request.module, request.arguments)


def _await_request(path: str, modules: Sequence[str]) -> Request | None:
    """Serves; returns in a child that is to be a worker, with what it is to run, and None in one that is not."""
    started = time.monotonic()
    environment = dict(os.environ)
    found = fingerprint(environment)
    os.environ.update(_ONE_THREAD)
    for module in modules:
        importlib.import_module(module)
    # Paddle answers it with a report of a fatal error, of each worker that Flink ends.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    origin = Origin(found, environment)
    # The collector writes into each object that it looks at, and what is written to is no longer shared.
    gc.collect()
    gc.freeze()
    try:
        server = Server(path)
    except ColdStart as error:
        sys.exit(str(error))
    _say(f"{len(sys.modules)} modules imported in {time.monotonic() - started:.1f} s; serves at {path}")
    if threads := other_threads():
        _say(f"each worker will start cold: importing started threads: {', '.join(threads)}. Set OMP_NUM_THREADS=1.")
    try:
        start = server.await_start()
    except Outdated:
        sys.exit("packages were installed since it started: it ends, to be started again")
    return become_worker(start, origin)


def _say(words: str) -> None:
    # Not by `logging`: workers would have its settings.
    sys.stdout.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
