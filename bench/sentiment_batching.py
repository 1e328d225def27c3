"""What batching gains: the sentiment classifier on held-out reviews, 64 texts a call against 1.

Run with the worker environment: `python -m bench.sentiment_batching`. Both sides see the same reviews in turns, so
that a change of the machine's speed meets both; the medians count. The last line is JSON.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before NumPy loads: one core, as a Flink subtask has

import json
import statistics
import time

from rich.console import Console
from rich.table import Table

from headrace.inference.loading import load_text_classifier
from headrace.inference.text_classifier import TextClassifier
from train.sentiment.reviews import Split, read_reviews

RUNS = 9
BATCHES = (64, 1)


def rows_per_second(classifier: TextClassifier, texts: list[str], batch: int) -> float:
    """Classify all texts, `batch` at a call."""
    calls = [texts[start : start + batch] for start in range(0, len(texts), batch)]
    started = time.perf_counter()
    for call in calls:
        classifier.classify(call)
    return len(texts) / (time.perf_counter() - started)


def main() -> None:
    """Measure and print."""
    texts = [review.text for review in read_reviews() if review.split is Split.TEST]
    classifier = load_text_classifier("sentiment")
    for batch in BATCHES:
        rows_per_second(classifier, texts, batch)  # warm up
    runs = [{batch: rows_per_second(classifier, texts, batch) for batch in BATCHES} for _ in range(RUNS)]
    median = {batch: statistics.median(run[batch] for run in runs) for batch in BATCHES}
    ratio = statistics.median(run[64] / run[1] for run in runs)

    characters = statistics.mean(map(len, texts))
    table = Table(title=f"{len(texts)} held-out reviews of {characters:.0f} characters on average, {RUNS} paired runs")
    for heading in ("texts a call", "rows/s, median", "lowest", "highest"):
        table.add_column(heading, justify="right")
    for batch in BATCHES:
        rates = [run[batch] for run in runs]
        table.add_row(str(batch), f"{median[batch]:,.0f}", f"{min(rates):,.0f}", f"{max(rates):,.0f}")
    Console().print(table)
    print(
        json.dumps(
            {
                "bench": "sentiment_batching",
                "ratio": round(ratio, 2),
                "batch_64_rows_per_second": round(median[64]),
                "batch_1_rows_per_second": round(median[1]),
            }
        )
    )


if __name__ == "__main__":
    main()
