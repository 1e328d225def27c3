"""The same model in a bare Python loop, without Flink: its rate, and times of a call by batch size.

A process a run: `python -m bench.model.loop <version> <file of texts> <rows a batch>`, and
`--latencies` for the times of a call. The last line is JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from headrace.inference.loading import load_text_classifier
from headrace.inference.repository import ModelRepository
from headrace.inference.text_model import TextModel
from udf.sentiment import MODEL

BATCH_SIZES = (1, 8, 64, 256)
LATENCY_SECONDS = 3.0
LATENCY_CALLS = 300


def seconds(stage: Callable[[list[str]], object], texts: list[str], batch_rows: int) -> float:
    """How long a stage takes for all texts, after a first tenth to warm up."""
    batches = [texts[start : start + batch_rows] for start in range(0, len(texts), batch_rows)]
    for batch in batches[: max(1, len(batches) // 10)]:
        stage(batch)
    started = time.perf_counter()
    for batch in batches:
        stage(batch)
    return time.perf_counter() - started


def latencies(stage: Callable[[list[str]], object], texts: list[str], batch_rows: int) -> dict[str, float]:
    """Milliseconds of a call: the median and the 99th percentile."""
    times: list[float] = []
    stop = time.perf_counter() + LATENCY_SECONDS
    starts = range(0, len(texts) - batch_rows + 1, batch_rows)
    for start in starts:
        if len(times) == LATENCY_CALLS or time.perf_counter() > stop:
            break
        began = time.perf_counter()
        stage(texts[start : start + batch_rows])
        times.append(time.perf_counter() - began)
    milliseconds = 1000 * np.array(times)
    return {
        "calls": len(times),
        "p50": round(float(np.percentile(milliseconds, 50)), 2),
        "p99": round(float(np.percentile(milliseconds, 99)), 2),
    }


def run(version: int, texts: list[str], batch_rows: int, with_latencies: bool) -> dict[str, object]:
    """Measure one version.

    Returns:
        rows_per_second of tokenizer and program; if asked for, milliseconds of a call of the classifier (with statuses,
        defaults, metrics and what else `sentiment` does), by batch size.
    """
    repository = ModelRepository()
    manifest = repository.manifest(MODEL, version)
    folder = repository.version_folder(MODEL, version)
    model = TextModel(folder, manifest)
    measured: dict[str, object] = {"rows_per_second": len(texts) / seconds(model.probabilities, texts, batch_rows)}
    if with_latencies:
        classifier = load_text_classifier(MODEL, version=version)
        measured["milliseconds"] = {rows: latencies(classifier.classify, texts, rows) for rows in BATCH_SIZES}
    return measured


def main() -> None:
    """Measure and print."""
    version, file, batch_rows, *options = sys.argv[1:]
    texts = Path(file).read_text(encoding="utf-8").splitlines()
    print(json.dumps(run(int(version), texts, int(batch_rows), "--latencies" in options)))


if __name__ == "__main__":
    main()
