"""Lets Beam end a bundle when its last row is done.

While a bundle runs, Beam's `StateSampler` has a thread note every so often in which step the worker is: 2 ms after the
beginning, then after pauses that grow by a fifth each, up to 200 ms. The end of the bundle waits for the end of the
pause that has just begun, so each bundle lasts up to a fifth longer than its work, a tenth on average, and Flink waits
with it. Flink does not ask for what is noted.
"""

from __future__ import annotations

import importlib
import threading
from typing import Any


def end_bundles_at_once() -> None:
    """Has Beam's samplers in this process start no thread, so that stopping them waits for none."""
    # By name: mypy would hold Beam's methods for constants.
    statesampler: Any = importlib.import_module("apache_beam.runners.worker.statesampler")

    def start(sampler: Any) -> None:
        sampler.tracked_thread = threading.current_thread()
        statesampler.set_current_tracker(sampler)
        sampler.started = True

    def stop(sampler: Any) -> None:
        statesampler.set_current_tracker(None)
        sampler.finished = True

    statesampler.StateSampler.start = start
    statesampler.StateSampler.stop = stop
