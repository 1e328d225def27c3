"""The end of a Beam bundle waits for no sampling thread."""

from __future__ import annotations

import subprocess
import sys

import pytest

# In a process of its own: what is changed there stays changed.
PROGRAM = """
import threading
from apache_beam.runners.worker import statesampler
from apache_beam.utils.counters import CounterFactory
from headrace.worker.bundles import end_bundles_at_once

{change}
sampler = statesampler.StateSampler("stage", CounterFactory())
for bundle in range(2):
    sampler.start()
    with sampler.scoped_state("step", "process"):
        print(threading.active_count(), statesampler.get_current_tracker() is sampler)
    sampler.stop_if_still_running()
    sampler.commit_counters()
    sampler.reset()
    print(statesampler.get_current_tracker())
"""


@pytest.mark.parametrize(("change", "threads"), [("end_bundles_at_once()", 1), ("", 2)])
def test_a_bundle_has_no_sampling_thread(change: str, threads: int) -> None:
    program = PROGRAM.format(change=change)
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert printed.splitlines() == [f"{threads} True", "None"] * 2
