"""What warm workers gain: a query's first row, a job's recovery, memory; each against cold ones, in turns.

Run with the worker environment: `python -m bench.worker_start`. One local stack of its own serves both sides: for a
cold start the templates' sockets are moved away for a moment. Pairs follow each other, so that a change of the
machine's speed meets both; the medians count. The last line is JSON.

- query: seconds from its submission, in an open session of the SQL gateway, until its first row is there.
- recovery: seconds from the kill of a job's only worker until Redis has the first row that the next one has scored.
  The pause that Flink makes before it starts a job again is part of both.
- memory: proportional set size (a page that n processes share counts as 1/n of it to each) of 4 workers, with their
  launchers and, warm, the templates that they are forked from.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

from headrace.deploy.flink_rest import FlinkRest
from headrace.flinksql.statements import split_statements
from headrace.settings import PROJECT, Settings
from headrace.sql_gateway.client import GatewaySession
from headrace.stack.redis import connect
from headrace.stack.stack import Stack
from headrace.testing import waiting
from headrace.worker.run import WORKER_MODULE

await_true = partial(waiting.await_true, seconds=180, every=0.02)

QUERIES = 7
RECOVERIES = 3
WORKERS = 4
STARTS = ("warm", "cold")
QUERY = "SELECT sentiment(text) FROM (VALUES ('很好吃'), ('难吃')) AS texts(text)"
SESSION = (PROJECT / "catalog" / "session.sql", PROJECT / "catalog" / "functions" / "sentiment.sql")
TABLES = """
CREATE TABLE IF NOT EXISTS texts (number BIGINT, text AS CONCAT('很好吃', CAST(number AS STRING))) WITH (
    'connector' = 'datagen', 'rows-per-second' = '100', 'fields.number.kind' = 'sequence',
    'fields.number.start' = '1', 'fields.number.end' = '100000');
CREATE TABLE IF NOT EXISTS worker_start (
    part BIGINT, number BIGINT, score DOUBLE, PRIMARY KEY (part) NOT ENFORCED) WITH (
    'connector' = 'redis', 'url' = '${redis.url}', 'password-file' = '${redis.password-file}');
"""
# The source holds all numbers to come in memory. Each of 4 subtasks of the source makes the numbers of one part.
JOB = "INSERT INTO worker_start SELECT MOD(number, 4), number, sentiment(text) FROM texts ON CONFLICT DO DEDUPLICATE"


class Bench:
    """The stack, and which way its workers start."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.redis = connect(stack.settings, stack.addresses)
        self.rest = FlinkRest(stack.addresses.flink_rest_url)
        self.session = GatewaySession(stack.addresses.sql_gateway_url)
        for statements in (*(file.read_text() for file in SESSION), TABLES):
            self.execute(statements)
        self.execute("SET 'execution.checkpointing.interval' = '1 s';")

    def execute(self, statements: str) -> list[tuple[Any, ...]]:
        """Executes statements; returns the first rows of the last one."""
        rows: list[tuple[Any, ...]] = []
        for statement in split_statements(statements, "bench"):
            rows = self.session.first_rows(statement.text)
        return rows

    @contextlib.contextmanager
    def start(self, way: str) -> Iterator[None]:
        """Lets workers start so."""
        folder = self.stack.settings.worker_socket(1).parent
        aside = folder.with_name("workers-aside")
        if way == "cold":
            folder.rename(aside)
        try:
            yield
        finally:
            if way == "cold":
                aside.rename(folder)

    def query(self) -> float:
        """Seconds of an ad-hoc query to its first row."""
        started = time.perf_counter()
        assert len(self.execute(QUERY)) == 2
        return time.perf_counter() - started

    @contextlib.contextmanager
    def job(self, workers: int) -> Iterator[None]:
        """A job of so many workers, each of which has scored a row."""
        self.redis.flushall()
        self.execute(f"SET 'parallelism.default' = '{workers}';")
        [[job]] = self.execute(JOB)
        await_true(lambda: len(self.redis.keys("worker_start:*")) == WORKERS)
        assert len(self.launchers()) == workers
        yield
        self.execute(f"STOP JOB '{job}';")
        await_true(lambda: not self.rest.jobs())
        await_true(lambda: not self.launchers())

    def recovery(self) -> float:
        """Seconds from the kill of a worker to the next row that another one has scored."""
        with self.job(1):
            [launcher] = self.launchers()
            manager = self.manager_of(launcher)
            started = time.perf_counter()
            launcher.kill()
            await_true(lambda: any(other.pid != launcher.pid for other in self.launchers()))
            before = self.numbers()
            await_true(lambda: self.numbers() != before)
            seconds = time.perf_counter() - started
        # Flink ends a TaskManager that lost a worker, some time later: not in the middle of the next measurement.
        self.stack.restart(manager)
        return seconds

    def memory(self) -> float:
        """Megabytes of the workers of a job with 4."""
        with self.job(WORKERS):
            processes = [*self.launchers(), *self.templates()]
            forked = list(itertools.chain.from_iterable(template.children() for template in self.templates()))
            if forked:
                processes += forked
            else:
                processes = self.launchers()
            return sum(process.memory_full_info().pss for process in processes) / 2**20

    def numbers(self) -> list[bytes]:
        return [self.redis.hget(f"worker_start:{part}", "number") for part in range(WORKERS)]

    def launchers(self) -> list[psutil.Process]:
        """What Flink has started as Python workers: cold ones are workers themselves."""
        below = itertools.chain.from_iterable(
            psutil.Process(state.pid).children(recursive=True)
            for state in self.stack.status()
            if state.name.startswith("taskmanager") and state.pid
        )
        return [process for process in below if is_launcher(process)]

    def templates(self) -> list[psutil.Process]:
        return [psutil.Process(state.pid) for state in self.stack.status() if state.name.startswith("worker-template")]

    def manager_of(self, launcher: psutil.Process) -> str:
        """The name of the TaskManager that a launcher belongs to."""
        above = {process.pid for process in launcher.parents()}
        return next(
            state.name for state in self.stack.status() if state.name.startswith("taskmanager") and state.pid in above
        )


def is_launcher(process: psutil.Process) -> bool:
    try:
        return "headrace-python" in process.cmdline()[1] and WORKER_MODULE in process.cmdline()
    except (psutil.Error, IndexError):  # it has just ended
        return False


def measure(bench: Bench, say: Callable[[str], None]) -> dict[str, list[dict[str, float]]]:
    """Pairs of each measurement, by its name."""
    found: dict[str, list[dict[str, float]]] = {}
    for name, act, times in (
        ("query", bench.query, QUERIES),
        ("memory", bench.memory, 1),
        ("recovery", bench.recovery, RECOVERIES),
    ):
        for number in range(-1 if name == "query" else 0, times):
            pair = {}
            # Who is first changes from pair to pair.
            for way in STARTS if number % 2 else reversed(STARTS):
                with bench.start(way):
                    pair[way] = act()
            say(f"{name}: warm {pair['warm']:.2f}, cold {pair['cold']:.2f}{' (left out)' if number < 0 else ''}")
            if number >= 0:
                found.setdefault(name, []).append(pair)
    return found


def show(console: Console, found: dict[str, list[dict[str, float]]]) -> None:
    """The table for people, the line for programs."""
    table = Table("", "warm", "cold", "warm over cold", "pairs", title="Start of Python workers: medians")
    ratios = {}
    for name, unit in (("query", "s"), ("recovery", "s"), ("memory", "MB")):
        pairs = found[name]
        ratios[name] = round(statistics.median(pair["warm"] / pair["cold"] for pair in pairs), 3)
        warm, cold = (statistics.median(pair[way] for pair in pairs) for way in STARTS)
        digits = 0 if unit == "MB" else 2
        row = (f"{warm:.{digits}f} {unit}", f"{cold:.{digits}f} {unit}", f"{ratios[name]:.3f}", str(len(pairs)))
        table.add_row({"query": "ad-hoc query", "memory": f"memory of {WORKERS} workers"}.get(name, name), *row)
    console.print(table)
    print(
        json.dumps(
            {
                "bench": "worker_start",
                "ratio": ratios["query"],
                "recovery_ratio": ratios["recovery"],
                "memory_ratio": ratios["memory"],
            }
        )
    )


def main() -> None:
    """Measure on a stack of its own and print."""
    console = Console(highlight=False, soft_wrap=True)
    stack = Stack(Settings(stack_name="bench-worker-start", warm_workers=True, task_managers=2))
    stack.down(console.print)
    shutil.rmtree(stack.settings.stack, ignore_errors=True)
    stack.up(console.print)
    try:
        found = measure(Bench(stack), console.print)
    finally:
        stack.down(console.print)
    show(console, found)


if __name__ == "__main__":
    main()
