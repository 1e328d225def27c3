"""Runs a module in this process as `python -m` does."""

from __future__ import annotations

import os
import sys

WORKER_MODULE = "pyflink.fn_execution.beam.beam_boot"


def run_module(module: str, arguments: list[str]) -> None:
    """Runs a module, with the working directory in front of its path; what it raises, it raises here.

    Args:
        module: its name.
        arguments: what it finds in `sys.argv`, after its own path.
    """
    if module == WORKER_MODULE:
        from headrace.worker.bundles import end_bundles_at_once
        from headrace.worker.log_records import send_records_whole

        end_bundles_at_once()
        send_records_whole()
    import runpy  # costs a launcher that has its worker forked 7 ms

    sys.argv = [module, *arguments]
    sys.path[0] = os.getcwd()  # noqa: PTH109  (pathlib costs 10 ms)
    runpy.run_module(module, run_name="__main__", alter_sys=True)
