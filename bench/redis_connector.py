"""How fast the Redis connector is, against what Redis itself and a loop written by hand can do.

Run with the worker environment: `python -m bench.redis_connector`, after Maven has compiled the tests; or let
`make bench-redis` do both. One redis-server and one subtask: on a machine with two cores each has one. The sides take
turns, each in a JVM that is warm, so that a change of the machine's speed meets all; ratios are of neighbours, and the
medians count. The last line is JSON.
"""

from __future__ import annotations

import json
import statistics
import time
from collections import defaultdict
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.java_worker import JavaWorker
from bench.redis_server import RedisServer

KEYS = 200_000
FLUSH_ROWS = 500
IN_FLIGHT = 2
WARM_ROWS = KEYS
ROWS = 1_200_000
LOOKUPS = 600_000
BURST_ROWS = 2_000_000
CACHED_ROWS = KEYS // 10

NEWER_WINS = {"newer_wins__column": "seen"}
ALWAYS = {**NEWER_WINS, "newer_wins__check": "always"}
CACHE = {"lookup__cache": "PARTIAL", "lookup__partial_cache__max_rows": CACHED_ROWS}

Runs = dict[str, list[dict[str, float]]]


class Measurements:
    """All runs, by what was measured."""

    def __init__(self, server: RedisServer, loop: JavaWorker, flink: JavaWorker) -> None:
        self.server = server
        self.loop = loop
        self.flink = flink
        self.runs: Runs = defaultdict(list)

    def round(self, backwards: bool) -> None:
        """Each side once; every other round backwards, so that no side gains by its place."""
        rows = {"url": self.server.url, "warm": WARM_ROWS, "rows": ROWS, "first": after_all_marks()}
        sides = [self._loop_and_sink, self._newer_wins, self._insert, self._redis_benchmark]
        for side in reversed(sides) if backwards else sides:
            self.server.clear()
            side(rows)

    def _loop_and_sink(self, rows: dict[str, object]) -> None:
        self._run("loop", self.loop, "loop", **rows)
        expected = self._sample()
        self.server.clear()
        self._run("sink", self.flink, "sink", **rows)
        assert self._sample() == expected, "the loop and the sink must write the same"

    def _newer_wins(self, rows: dict[str, object]) -> None:
        """Twice, in an order in which none is always the first or the last."""
        self._plain(rows)
        for _ in range(2):
            self.server.clear()
            self._run("newer wins", self.flink, "sink", **rows, **NEWER_WINS)
            # The same rows once more: the mark that the first job left makes Redis compare each of them.
            self._run("newer wins, replaying", self.flink, "sink", **rows, **NEWER_WINS)
            self.server.clear()
            self._run("newer wins, always", self.flink, "sink", **rows, **ALWAYS)
        self.server.clear()
        self._plain(rows)

    def _plain(self, rows: dict[str, object]) -> None:
        self._run("sink beside newer wins", self.flink, "sink", **rows)

    def _insert(self, rows: dict[str, object]) -> None:
        self._run("INSERT INTO … SELECT", self.flink, "sql", **rows)

    def lookups(self) -> None:
        """Both joins once."""
        self.server.clear()
        table = {"url": self.server.url, "first": after_all_marks()}
        self.loop.measure("loop", **table, warm=0, rows=KEYS)
        asked = {**table, "warm": LOOKUPS // 4, "rows": LOOKUPS}
        self._run("lookup join", self.flink, "lookup", **asked)
        self._run("lookup join, cache", self.flink, "lookup", **asked, **CACHE)

    def burst(self) -> None:
        """Peak memory, in a JVM that has done nothing else."""
        for name, options in {"burst": {}, "burst, newer wins": NEWER_WINS}.items():
            self.server.clear()
            rows = {"url": self.server.url, "warm": WARM_ROWS, "rows": BURST_ROWS, "first": after_all_marks()}
            with JavaWorker() as fresh:
                self._run(name, fresh, "sink", **rows, **options)

    def _run(self, name: str, worker: JavaWorker, what: str, **arguments: object) -> None:
        before = self.server.cpu_seconds()
        run = worker.measure(what, **arguments)
        run["redis_microseconds_per_row"] = (self.server.cpu_seconds() - before) * 1e6 / int(str(arguments["rows"]))
        self.runs[name].append(run)

    def _sample(self) -> dict[bytes, bytes]:
        assert self.server.client.dbsize() == KEYS
        assert self.server.client.pttl("item:i1000042") > 0
        row: dict[bytes, bytes] = self.server.client.hgetall("item:i1000042")
        return row

    def _redis_benchmark(self, rows: dict[str, object]) -> None:
        """HSET, then PEXPIRE: redis-benchmark knows one command at a time, and values of its own."""
        key = "item:i__rand_int__"
        fields = {
            "id": "i__rand_int__",
            "score": "0.4838465857816",
            "comments": "1234567",
            "seen": "2026-11-21T07:12:55.123Z",
        }
        commands = (
            ("HSET", key, *(word for field in fields.items() for word in field)),
            ("PEXPIRE", key, str(7 * 24 * 60 * 60 * 1000)),
        )
        depth = 2 * FLUSH_ROWS
        rates = [
            self.server.benchmark(IN_FLIGHT, depth, int(str(rows["rows"])), KEYS, *command) for command in commands
        ]
        self.runs["redis-benchmark"].append({"rows_per_second": 1 / sum(1 / rate for rate in rates)})

    def forget(self) -> None:
        """What was measured while the JVMs got warm."""
        self.runs.clear()

    def rates(self, name: str) -> list[float]:
        """Rows a second of each run."""
        return [run["rows_per_second"] for run in self.runs[name]]

    def ratio(self, name: str, to: str) -> float:
        """The median of the ratios of neighbours."""
        return statistics.median(a / b for a, b in zip(self.rates(name), self.rates(to), strict=True))

    def median(self, name: str, value: str) -> float:
        """The median of any value of the runs."""
        return statistics.median(run[value] for run in self.runs[name])


def after_all_marks() -> int:
    """An event time that is later than the mark that a table without one starts from: in an hour."""
    return int((time.time() + 3600) * 1000)


SIDES = {  # and what each is compared with
    "loop": "sink",
    "redis-benchmark": "sink",
    "sink": "loop",
    "sink beside newer wins": "sink beside newer wins",
    "newer wins": "sink beside newer wins",
    "newer wins, replaying": "sink beside newer wins",
    "newer wins, always": "sink beside newer wins",
    "INSERT INTO … SELECT": "sink",
    "lookup join": "lookup join",
    "lookup join, cache": "lookup join",
}


def show(measurements: Measurements, rounds: int) -> None:
    """Prints the tables."""
    table = Table(
        title=f"{ROWS - WARM_ROWS:,} rows after {WARM_ROWS:,}, {KEYS:,} keys, HSET of 4 fields and PEXPIRE; "
        f"flushes of {FLUSH_ROWS} rows, {IN_FLIGHT} at a time; {rounds} rounds"
    )
    columns = ("rows/s, median", "lowest", "highest", "ratio", "to", "JVM us/row", "Redis us/row")
    table.add_column("")
    for heading in columns:
        table.add_column(heading, justify="right")
    for name, other in SIDES.items():
        rates = measurements.rates(name)
        own = [f"{statistics.median(rates):,.0f}", f"{min(rates):,.0f}", f"{max(rates):,.0f}"]
        costs = [
            f"{measurements.median(name, value):.2f}" if value in measurements.runs[name][0] else ""
            for value in ("cpu_microseconds_per_row", "redis_microseconds_per_row")
        ]
        table.add_row(name, *own, f"{measurements.ratio(name, other):.2f}", other, *costs)
    Console(width=140).print(table)
    for name in ("burst", "burst, newer wins"):
        [run] = measurements.runs[name]
        print(
            f"{name}: {BURST_ROWS:,} rows at {run['rows_per_second']:,.0f} rows/s; peak heap after a collection "
            f"{run['heap_after_collection_megabytes']:.0f} MB, process {run['resident_megabytes']:.0f} MB; "
            f"the sink held {run['rows_held']:.0f} rows at most, {run['bytes_held'] / 1000:.0f} kB"
        )


def main(rounds: Annotated[int, typer.Option(help="How often each side is measured.", min=1)] = 7) -> None:
    """Measures, prints tables, and a line of JSON at the end."""
    with RedisServer() as server:
        with JavaWorker() as loop, JavaWorker() as flink:
            measurements = Measurements(server, loop, flink)
            for number in track(range(2), "warming up"):
                measurements.round(backwards=number % 2 == 1)
                measurements.lookups()
            measurements.forget()
            for number in track(range(rounds), "measuring"):
                measurements.round(backwards=number % 2 == 1)
                measurements.lookups()
        measurements.burst()
    show(measurements, rounds)
    [burst] = measurements.runs["burst"]
    print(
        json.dumps(
            {
                "bench": "redis_connector",
                "ratio": round(measurements.ratio("sink", "loop"), 2),
                "sink_rows_per_second": round(statistics.median(measurements.rates("sink"))),
                "loop_rows_per_second": round(statistics.median(measurements.rates("loop"))),
                "redis_benchmark_ratio": round(measurements.ratio("sink", "redis-benchmark"), 2),
                "newer_wins_ratio": round(measurements.ratio("newer wins", "sink beside newer wins"), 2),
                "replaying_ratio": round(measurements.ratio("newer wins, replaying", "sink beside newer wins"), 2),
                "always_ratio": round(measurements.ratio("newer wins, always", "sink beside newer wins"), 2),
                "sql_rows_per_second": round(statistics.median(measurements.rates("INSERT INTO … SELECT"))),
                "lookup_rows_per_second": round(statistics.median(measurements.rates("lookup join"))),
                "cached_lookup_rows_per_second": round(statistics.median(measurements.rates("lookup join, cache"))),
                "cache_hit_ratio": round(measurements.median("lookup join, cache", "hit_ratio"), 2),
                "burst_heap_megabytes": round(burst["heap_after_collection_megabytes"]),
                "burst_resident_megabytes": round(burst["resident_megabytes"]),
                "burst_rows_held": round(burst["rows_held"]),
                "burst_kilobytes_held": round(burst["bytes_held"] / 1000),
            }
        )
    )


if __name__ == "__main__":
    typer.run(main)
