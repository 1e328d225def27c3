"""What a hot swap costs the rows that arrive meanwhile: p99 of their latency during a swap against before it.

Run with the worker environment: `python -m bench.swap`. Calls of 16 texts arrive at a steady pace, whether the worker
keeps up or not; a row's latency counts from its arrival, so that a stall delays every row behind it. The route goes
back and forth between version 1 and a copy of it; each swap is compared with the same time just before it, and the
median of the pairs counts. The last line is JSON.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before NumPy loads: one core, as a Flink subtask has
os.environ["HEADRACE_TEXT_CACHE_ENTRIES"] = "0"  # the same texts come again and again

import itertools
import json
import shutil
import statistics
import tempfile
import threading
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from headrace.inference.metrics import MemoryMetrics
from headrace.inference.repository import ModelRepository
from headrace.inference.routed_classifier import RoutedClassifier
from headrace.inference.served_model import ServedModel
from headrace.settings import PROJECT
from headrace.testing.models import copy_version
from train.sentiment.reviews import Split, read_reviews

MODEL = "sentiment"
SWAPS = 10
TEXTS_A_CALL = 16
CALLS_PER_SECOND = 60.0


class Rows:
    """A worker that answers calls as they arrive, and notes when."""

    def __init__(self, classifier: RoutedClassifier, texts: list[str]) -> None:
        self.latencies: list[tuple[float, float]] = []
        self.versions: set[str] = set()
        self._classifier = classifier
        self._texts = itertools.cycle(texts)
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Rows:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        self._thread.join()

    def _run(self) -> None:
        started = time.perf_counter()
        for number in itertools.count():
            arrival = started + number / CALLS_PER_SECOND
            if self._ends.wait(max(0.0, arrival - time.perf_counter())):
                return
            result = self._classifier.classify(list(itertools.islice(self._texts, TEXTS_A_CALL)))
            assert set(result.status) <= {"ok", "too_long"}
            self.versions = set(result.model_version)
            self.latencies.append((arrival, time.perf_counter() - arrival))

    def p99(self, since: float, until: float) -> float:
        """In milliseconds, of the rows that arrived between two times."""
        found = [latency for arrival, latency in self.latencies if since <= arrival < until]
        return 1000 * statistics.quantiles(found, n=100, method="inclusive")[98]


def swap(models: Path, rows: Rows, version: int) -> tuple[float, float]:
    """Route all rows to a version; when the order was given, and when the first row was answered by it."""
    ordered = time.perf_counter()
    route = models / MODEL / "route.yaml"
    route.with_suffix(".new").write_text(f"weights: {{{version}: 100}}\n")
    route.with_suffix(".new").replace(route)
    while rows.versions != {str(version)}:
        time.sleep(0.005)
    return ordered, time.perf_counter()


def main() -> None:
    """Measure and print."""
    texts = [review.text for review in read_reviews() if review.split is Split.TEST]
    with tempfile.TemporaryDirectory() as folder:
        models = Path(folder)
        shutil.copytree(PROJECT / "models" / MODEL / "1", models / MODEL / "1")
        (models / MODEL / "route.yaml").write_text("weights: {1: 100}\n")
        copy_version(models, MODEL, 1, 2)
        served = ServedModel(ModelRepository(models), MODEL)
        pairs, seconds = [], []
        with Rows(RoutedClassifier(served, MemoryMetrics()), texts) as rows:
            time.sleep(2)  # the first calls
            for number in range(SWAPS):
                calm = time.perf_counter()
                time.sleep(3)
                ordered, done = swap(models, rows, 2 - number % 2)
                pairs.append((rows.p99(calm, ordered), rows.p99(ordered, done)))
                seconds.append(done - ordered)
        served.close()

    ratio = statistics.median(during / before for before, during in pairs)
    table = Table(title=f"{SWAPS} swaps, {TEXTS_A_CALL * CALLS_PER_SECOND:,.0f} rows/s")
    for heading in ("swap", "p99 before, ms", "p99 during, ms", "seconds to effect"):
        table.add_column(heading, justify="right")
    for number, ((before, during), took) in enumerate(zip(pairs, seconds, strict=True), start=1):
        table.add_row(str(number), f"{before:.1f}", f"{during:.1f}", f"{took:.1f}")
    Console().print(table)
    print(
        json.dumps(
            {
                "bench": "swap",
                "ratio": round(ratio, 2),
                "p99_before_ms": round(statistics.median(before for before, _ in pairs), 2),
                "p99_during_ms": round(statistics.median(during for _, during in pairs), 2),
                "seconds_to_effect": round(statistics.median(seconds), 2),
                "longest_seconds_to_effect": round(max(seconds), 2),
            }
        )
    )


if __name__ == "__main__":
    main()
