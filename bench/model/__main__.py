"""Measures all sides in turns and prints what Flink costs each version.

Real reviews, none twice before all have come; no cache of recent texts; parallelism 1; one math thread; the options of
flink/conf, so the demo's latency. All sides of a version run one after the other, PAIRS times; ratios are of
neighbours, and medians count. What share of the time a stage takes is measured inside the pipeline's own run.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.model.runs import Runs
from bench.model.texts import reviews
from headrace.inference.repository import ModelRepository
from headrace.inference.text_classifier import MAX_BATCH_ROWS
from udf.sentiment import MODEL

PAIRS = 3
FAST, ERNIE = 1, 2
# A pipeline takes some seconds, or its first bundles show.
FAST_ROWS, ROWWISE_ROWS = 150_000, 30_000
ERNIE_TEXTS, ERNIE_ROWS = 4 * 1024, 8 * 1024

console = Console()

Sides = dict[str, dict[str, Any]]


def median(values: list[float]) -> float:
    """The median, short enough to read."""
    return round(statistics.median(values), 3)


class Version:
    """The turns of one version's sides: `loop`, `pipeline`, and another one to compare with."""

    def __init__(self, runs: Runs, rows: int, other: str) -> None:
        """Measure.

        Args:
            runs: of the version.
            rows: that the pipeline gets.
            other: `paddlenlp` or `rowwise`.
        """
        self.turns: list[Sides] = []
        for turn in range(PAIRS):
            console.print(f"sentiment version {runs.version}: turn {turn + 1} of {PAIRS} …")
            self.turns.append(
                {
                    "loop": runs.loop(latencies=turn == 0),
                    "pipeline": runs.pipeline("pandas", rows),
                    other: runs.paddlenlp() if other == "paddlenlp" else runs.pipeline("rowwise", ROWWISE_ROWS),
                }
            )

    def rate(self, side: str) -> int:
        """Rows a second."""
        return round(statistics.median(turn[side]["rows_per_second"] for turn in self.turns))

    def ratio(self, side: str, other: str) -> float:
        """How much faster a side is than another one."""
        return median([turn[side]["rows_per_second"] / turn[other]["rows_per_second"] for turn in self.turns])

    def shares(self) -> dict[str, float]:
        """Which part of the pipeline's time each stage takes."""
        pipelines = [turn["pipeline"] for turn in self.turns]
        return {
            "Flink, Arrow, PyFlink": median([1 - pipeline["call"] for pipeline in pipelines]),
            "statuses, equal texts, answers": median(
                [pipeline["call"] - pipeline["tokenizer"] - pipeline["program"] for pipeline in pipelines]
            ),
            "tokenizer": median([pipeline["tokenizer"] for pipeline in pipelines]),
            "program": median([pipeline["program"] for pipeline in pipelines]),
        }

    def latencies(self) -> dict[str, str]:
        """Milliseconds of a call by batch size, p50 / p99."""
        measured = self.turns[0]["loop"]["milliseconds"]
        return {f"{rows} rows": f"{times['p50']} / {times['p99']}" for rows, times in measured.items()}


def report(versions: dict[str, Version]) -> None:
    """Tables for people."""
    table = Table(title=f"rows/s, medians of {PAIRS} turns; the loop gives the model {MAX_BATCH_ROWS} rows at a time")
    for heading in ("", "SQL pipeline", "bare loop", "ratio", "rows a call"):
        table.add_column(heading, justify="right")
    for name, version in versions.items():
        rows_per_call = statistics.median(turn["pipeline"]["rows_per_call"] for turn in version.turns)
        rates = [f"{version.rate(side):,}" for side in ("pipeline", "loop")]
        table.add_row(name, *rates, f"{version.ratio('pipeline', 'loop')}", f"{rows_per_call:.0f}")
    console.print(table)
    table = Table(title="share of the pipeline's time; milliseconds of a call, p50 / p99, by batch size")
    table.add_column("")
    for name in versions:
        table.add_column(name, justify="right")
    columns = [
        {**{stage: f"{share:.0%}" for stage, share in version.shares().items()}, **version.latencies()}
        for version in versions.values()
    ]
    for row in columns[0]:
        table.add_row(row, *(column[row] for column in columns))
    console.print(table)


def main() -> None:
    """Measure and print; the last line is JSON."""
    started = time.perf_counter()
    load = round(os.getloadavg()[0], 1)
    numbers: dict[str, object] = {}
    versions: dict[str, Version] = {}
    with tempfile.TemporaryDirectory() as temporary:
        if ERNIE in ModelRepository().versions(MODEL):
            runs = Runs(ERNIE, Path(temporary) / "ernie", reviews(ERNIE_TEXTS))
            ernie = versions[f"version {ERNIE}, ERNIE"] = Version(runs, ERNIE_ROWS, "paddlenlp")
            numbers |= {
                "ratio": ernie.ratio("pipeline", "loop"),
                "ernie_rows_per_second": ernie.rate("pipeline"),
                "over_paddlenlp": ernie.ratio("loop", "paddlenlp"),
                "paddlenlp_rows_per_second": ernie.rate("paddlenlp"),
            }
        else:
            console.print(f"{MODEL} version {ERNIE} is not published: `ratio` is not measured. Run `make train-ernie`.")
        runs = Runs(FAST, Path(temporary) / "fast", reviews(sys.maxsize))
        fast = versions[f"version {FAST}, n-grams"] = Version(runs, FAST_ROWS, "rowwise")
        numbers |= {
            "ratio_fast": fast.ratio("pipeline", "loop"),
            "fast_rows_per_second": fast.rate("pipeline"),
            "pandas_over_rows": fast.ratio("pipeline", "rowwise"),
        }
    report(versions)
    numbers |= {"load_before": load, "minutes": round((time.perf_counter() - started) / 60, 1)}
    print(json.dumps({"bench": "model", **numbers, "shares": {name: v.shares() for name, v in versions.items()}}))


if __name__ == "__main__":
    main()
