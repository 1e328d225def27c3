"""Measures all sides in turns and prints what Flink costs the reading of documents, and what it gains over PaddleOCR.

    python -m bench.ocr [--turns N] [--images N] [--default-images N] [--documents N]

Rendered invoices of about 1200 x 800 pixels, scans and photographs, none twice in a run; parallelism 1; one math
thread, where PaddleOCR has its default of threads. All sides of a turn run one after the other; ratios are of
neighbours, and medians count. Beside the rate by the clock there is the one by the processor's seconds of the process
that reads (Flink's JVM left out), which other work on the machine hardly changes.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.ocr.images import Image, described, images
from headrace.settings import PROJECT, settings

TIMEOUT_SECONDS = 1800
BATCH = 8
"""Images in a bundle of sql/invoices; so many at the beginning of a run are not measured."""
SIDES = {
    "pipeline": "SQL pipeline",
    "together": f"bare loop, our settings, {BATCH} at a time",
    "alone": "bare loop, our settings, one by one",
    "default": "bare loop, PaddleOCR's defaults",
}

console = Console(highlight=False, soft_wrap=True)

Measured = dict[str, Any]


class Runs:
    """Starts the measurements, each in a process of its own, all with the same environment."""

    def __init__(self, folder: Path, found: Sequence[Image]) -> None:
        """Use documents; `folder` is for lists of them."""
        self._folder = folder
        self._images = found

    def turn(self, count: int, default_count: int) -> dict[str, Measured]:
        """All sides once."""
        uris = self._list([image.path.as_uri() for image in self._images[:count]])
        return {
            "default": self._run("default", self._list([i.path.as_uri() for i in self._images[:default_count]])),
            "pipeline": self._run("pipeline", uris),
            "together": self._run("loop", uris, str(BATCH), str(BATCH)),
            "alone": self._run("loop", uris, "1", str(BATCH)),
        }

    def latency(self, documents: int, math_threads: int) -> Measured:
        """bench.ocr.latency at one document a second."""
        files = self._list([str(image.path) for image in self._images[:documents]])
        return self._run("latency", files, "1", HEADRACE_OCR_MATH_THREADS=str(math_threads))

    def _list(self, lines: list[str]) -> str:
        path = self._folder / f"list-{len(list(self._folder.iterdir()))}"
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return str(path)

    def _run(self, module: str, *arguments: str, **environment: str) -> Measured:
        console.print(f"  {module} …")
        own = {"HEADRACE_IMAGE_FOLDERS": str(settings().home / "bench")}
        if module in ("pipeline", "loop"):
            own |= {"OMP_NUM_THREADS": "1", "HEADRACE_OCR_MATH_THREADS": "1"}  # one core, as a Flink subtask may have
        result = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", f"bench.ocr.{module}", *arguments],
            cwd=PROJECT,
            env=os.environ | own | environment,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
        )
        if result.returncode:
            raise RuntimeError(f"bench/ocr/{module}.py failed:\n{result.stderr[-4000:]}")
        measured: Measured = json.loads(result.stdout.splitlines()[-1])
        return measured


class Result:
    """The turns of all sides."""

    def __init__(self, turns: Sequence[dict[str, Measured]]) -> None:
        """Use turns."""
        self._turns = turns

    def rate(self, side: str, seconds: str = "seconds") -> float:
        """Images a second of the clock, or of one core (`core_seconds`)."""
        return round(statistics.median(_rate(turn[side], seconds) for turn in self._turns), 3)

    def ratio(self, others: Sequence[str], seconds: str = "seconds") -> float:
        """How much faster the pipeline is than the fastest of the others."""
        return round(
            statistics.median(
                _rate(turn["pipeline"], seconds) / max(_rate(turn[other], seconds) for other in others)
                for turn in self._turns
            ),
            3,
        )

    def show(self) -> None:
        """The table for people."""
        table = Table(title=f"reading invoices: medians of {len(self._turns)} turns")
        for heading in ("", "images/s", "of one core", "core s/image"):
            table.add_column(heading, justify="right" if heading else "left")
        for side, words in SIDES.items():
            core = self.rate(side, "core_seconds")
            table.add_row(words, f"{self.rate(side):.2f}", f"{core:.2f}", f"{1 / core:.2f}")
        console.print(table)


def _rate(measured: Measured, seconds: str) -> float:
    return float(measured["images"]) / float(measured[seconds])


def main() -> None:
    """Measure and print; the last line is JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--images", type=int, default=32, help="of a run of ours, the first of which only warm up")
    parser.add_argument("--default-images", type=int, default=7, help="of a run of PaddleOCR's defaults")
    parser.add_argument("--documents", type=int, default=66, help="of the measurement of latency")
    parser.add_argument("--math-threads", type=int, default=2, help="of the job whose latency is measured")
    options = parser.parse_args()
    started = time.perf_counter()
    load = round(os.getloadavg()[0], 1)
    found = images(max(options.images, options.documents), console.print)
    numbers: Measured = {}
    with tempfile.TemporaryDirectory() as folder:
        runs = Runs(Path(folder), found)
        if options.turns:
            turns = []
            for turn in range(options.turns):
                console.print(f"turn {turn + 1} of {options.turns}")
                turns.append(runs.turn(options.images, options.default_images))
            result = Result(turns)
            result.show()
            own = ("together", "alone")
            numbers |= {
                "ratio": result.ratio(["default"]),
                "ratio_own": result.ratio(own),
                "core_ratio": result.ratio(["default"], "core_seconds"),
                "core_ratio_own": result.ratio(own, "core_seconds"),
                "images_per_second": result.rate("pipeline"),
                "images_per_core_second": result.rate("pipeline", "core_seconds"),
            }
        if options.documents:
            console.print("latency")
            latency = runs.latency(options.documents, options.math_threads)
            console.print(
                f"Kafka to Redis at 1 image/s: p50 {latency['p50_ms']} ms, p95 {latency['p95_ms']} ms of "
                f"{latency['documents']} documents ({latency['ok']} ok)"
            )
            numbers |= {"p50_ms": latency["p50_ms"], "p95_ms": latency["p95_ms"], "latency_load": latency["load"]}
    set_of = described(found)
    console.print(", ".join(f"{value} {name.replace('_', ' ')}" for name, value in set_of.items()))
    minutes = round((time.perf_counter() - started) / 60, 1)
    print(json.dumps({"bench": "ocr", **numbers, **set_of, "load_before": load, "minutes": minutes}))


if __name__ == "__main__":
    main()
