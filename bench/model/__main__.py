"""Measures all sides in turns and prints what Flink costs each version.

Real reviews, none twice before all have come; no cache of recent texts; parallelism 1; one math thread; bundles of
flink/conf, so the demo's latency. Sides that are compared run one after the other, PAIRS times, and medians count.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table

from bench.model.loop import BATCH_SIZES
from bench.model.runs import Runs
from bench.model.texts import reviews
from headrace.inference.repository import ModelRepository
from headrace.settings import PROJECT
from udf.sentiment import MODEL

PAIRS = 3
FAST, ERNIE = 1, 2
# A pipeline takes some seconds, or its first bundles show.
FAST_ROWS, ROWWISE_ROWS, ERNIE_ROWS = 150_000, 30_000, 4_000

console = Console()


def median(values: list[float]) -> float:
    """The median, short enough to read."""
    return round(statistics.median(values), 3)


class Version:
    """One version's pairs of pipeline and bare loop."""

    def __init__(self, runs: Runs, rows: int) -> None:
        """Measure."""
        self.loops: list[dict[str, Any]] = []
        self.pipelines: list[dict[str, Any]] = []
        self._count = len(runs.texts)
        for pair in range(PAIRS):
            console.print(f"sentiment version {runs.version}: pair {pair + 1} of {PAIRS} …")
            self.loops.append(runs.loop())
            self.pipelines.append(runs.pipeline("pandas", rows))

    def loop_rates(self) -> list[float]:
        """Rows a second of the bare loop."""
        return [self._count / loop["model"] for loop in self.loops]

    def pipeline_rates(self) -> list[float]:
        """Rows a second of the pipeline."""
        return [pipeline["rows_per_second"] for pipeline in self.pipelines]

    def ratio(self) -> float:
        """Pipeline over bare loop."""
        return median(
            [pipeline / loop for pipeline, loop in zip(self.pipeline_rates(), self.loop_rates(), strict=True)]
        )

    def shares(self) -> dict[str, float]:
        """Which part of the pipeline's time each stage takes.

        What the function takes is measured in the pipeline, and divided as the loop's stages are.
        """

        def share(of: Callable[[dict[str, Any]], float]) -> float:
            return median(
                [
                    pipeline["call_share"] * of(loop) / loop["classifier"]
                    for pipeline, loop in zip(self.pipelines, self.loops, strict=True)
                ]
            )

        return {
            "Flink, Arrow, PyFlink": median([1 - pipeline["call_share"] for pipeline in self.pipelines]),
            "statuses, equal texts, answers": share(lambda loop: loop["classifier"] - loop["model"]),
            "tokenizer": share(lambda loop: loop["tokenizer"]),
            "program": share(lambda loop: loop["model"] - loop["tokenizer"]),
        }

    def latencies(self) -> dict[str, str]:
        """Milliseconds of a call by batch size, p50 / p99."""
        return {
            str(rows): " / ".join(
                f"{median([loop['milliseconds'][str(rows)][part] for loop in self.loops])}" for part in ("p50", "p99")
            )
            for rows in BATCH_SIZES
        }


def report(versions: dict[str, Version]) -> None:
    """Tables for people."""
    table = Table(title=f"rows/s, medians of {PAIRS} pairs")
    for heading in ("", "SQL pipeline", "bare loop", "ratio", "rows a call"):
        table.add_column(heading, justify="right")
    for name, version in versions.items():
        rates = [f"{statistics.median(rates):,.0f}" for rates in (version.pipeline_rates(), version.loop_rates())]
        rows_per_call = statistics.median(pipeline["rows_per_call"] for pipeline in version.pipelines)
        table.add_row(name, *rates, f"{version.ratio()}", f"{rows_per_call:.0f}")
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
        table.add_row(f"{row} rows" if row.isdigit() else row, *(column[row] for column in columns))
    console.print(table)


def main() -> None:
    """Measure and print; the last line is JSON."""
    bundle_rows = yaml.safe_load((PROJECT / "flink/conf/config.yaml").read_text())["python.fn-execution.bundle.size"]
    numbers: dict[str, object] = {}
    versions: dict[str, Version] = {}
    with tempfile.TemporaryDirectory() as temporary:
        if ERNIE in ModelRepository().versions(MODEL):
            runs = Runs(ERNIE, Path(temporary) / "ernie", reviews(ERNIE_ROWS), bundle_rows)
            ernie = versions[f"version {ERNIE}, ERNIE"] = Version(runs, ERNIE_ROWS)
            console.print("PaddleNLP …")
            paddlenlp = [max(runs.paddlenlp().values()) for _ in range(PAIRS)]
            numbers |= {
                "ratio": ernie.ratio(),
                "ernie_rows_per_second": round(statistics.median(ernie.pipeline_rates())),
                "ratio_over_paddlenlp": median(
                    [loop / other for loop, other in zip(ernie.loop_rates(), paddlenlp, strict=True)]
                ),
                "paddlenlp_rows_per_second": round(statistics.median(paddlenlp)),
            }
        else:
            console.print(f"{MODEL} version {ERNIE} is not published: `ratio` is not measured. Run `make train-ernie`.")
        runs = Runs(FAST, Path(temporary) / "fast", reviews(sys.maxsize), bundle_rows)
        fast = versions[f"version {FAST}, n-grams"] = Version(runs, FAST_ROWS)
        console.print("row at a time …")
        rowwise = [runs.pipeline("rowwise", ROWWISE_ROWS)["rows_per_second"] for _ in range(PAIRS)]
        numbers |= {
            "ratio_fast": fast.ratio(),
            "fast_rows_per_second": round(statistics.median(fast.pipeline_rates())),
            "pandas_over_rowwise": median(
                [pandas / other for pandas, other in zip(fast.pipeline_rates(), rowwise, strict=True)]
            ),
        }
    report(versions)
    print(json.dumps({"bench": "model", **numbers, "shares": {name: v.shares() for name, v in versions.items()}}))


if __name__ == "__main__":
    main()
