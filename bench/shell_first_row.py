"""How long an analyst waits for the first row of a query with a model: in `headrace sql`, and in Flink's own client.

Run with the worker environment: `python -m bench.shell_first_row`. A local stack of its own has the project deployed
and comments in their topic. The sessions are open; a query is sent, and the time taken until its first row is there:

- shell: `headrace sql`, whose Python workers start warm, as they do by default.
- cold: the same, with the templates of workers out of the way.
- client: Flink's SQL client, its session opened with catalog/session.sql, with cold workers as Flink has them. It does
  not take the reserved word as typed: it gets it quoted.

The three follow each other in turns, so that a change of the machine's speed meets all of them; the first turn is left
out; medians count. Then the stages of the shell's queries. `ratio` is the median of shell over client.
The last line is JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect
from rich.console import Console
from rich.table import Table

from headrace.demo.comments import Message
from headrace.demo.demo import TOPIC
from headrace.demo.replay import Replay
from headrace.deploy.deploy import Deployer
from headrace.deploy.state_choice import StateChoice
from headrace.flinksql.statements import Statement
from headrace.inference.loading import load_version
from headrace.inference.repository import ModelRepository
from headrace.settings import PROJECT, settings
from headrace.shell.session import open_shell
from headrace.shell.shell import Shell
from headrace.shell.timing import Stages
from headrace.stack.flink import flink_environment
from headrace.stack.flink_configuration import BIN
from headrace.stack.stack import Stack

TURNS = 9
QUERY = "SELECT sentiment(comment) FROM comments LIMIT 5"
QUOTED = "SELECT sentiment(`comment`) FROM comments LIMIT 5;"
TEXTS = ("很好吃", "太差了，再也不买了", "房间很大很干净", "一般般", "几点开始？")
COMMENTS = 500
SECONDS = 180
STAGES = {
    "check": "mending, lint",
    "plan": "gateway: parse, read the function's signature in a Python process, plan, submit",
    "tasks": "cluster: tasks deployed and running",
    "python": "    of it: the Python worker started",
    "fetch": "model loaded with the first batch, rows through the job, fetched",
}


class SqlClient:
    """Flink's SQL client at a terminal, its session open."""

    def __init__(self) -> None:
        self._process = pexpect.spawn(
            str(BIN / "sql-client.sh"),
            ["-i", str(PROJECT / "catalog" / "session.sql")],
            env={**os.environ, **flink_environment(settings()), "TERM": "dumb"},
            encoding="utf-8",
            dimensions=(40, 200),
            timeout=SECONDS,
        )
        self._process.expect("Flink SQL>")

    def first_row(self) -> float:
        """Seconds from Enter to the first row; the query is then cancelled."""
        started = time.perf_counter()
        self._process.sendline(QUOTED)
        self._process.expect(r"\| \+I \|")
        seconds = time.perf_counter() - started
        self._process.sendcontrol("c")
        self._process.expect("Flink SQL>")
        return seconds

    def close(self) -> None:
        self._process.close()


@contextlib.contextmanager
def cold_workers() -> Iterator[None]:
    """No worker starts from a template."""
    folder = settings().worker_socket(1).parent
    aside = folder.with_name("workers-aside")
    folder.rename(aside)
    try:
        yield
    finally:
        aside.rename(folder)


def stages_of(shell: Shell) -> Stages:
    """Runs the query in the shell."""
    shell.run(Statement(QUERY, "", 1))
    assert shell.last_stages
    assert shell.last_stages.first_row
    return shell.last_stages


def measure(console: Console, shell: Shell, client: SqlClient) -> list[tuple[Stages, Stages, float]]:
    """A turn each: the shell's stages, warm and cold, and the client's seconds."""
    turns = []
    for number in range(TURNS + 1):
        warm = stages_of(shell)
        with cold_workers():
            cold = stages_of(shell)
            stock = client.first_row()
        console.print(
            f"turn {number}: shell {warm.first_row:.2f}, cold {cold.first_row:.2f}, client {stock:.2f}"
            + (" (left out)" if number == 0 else "")
        )
        if number:
            turns.append((warm, cold, stock))
    return turns


def model_load_seconds() -> float:
    """What the served version of the model takes to load, alone in a process."""
    repository = ModelRepository()
    return load_version(repository, "sentiment", repository.route("sentiment").version).load_seconds


def show(console: Console, turns: list[tuple[Stages, Stages, float]]) -> None:
    """The tables for people, the line for programs."""
    first = {
        "shell": [warm.first_row or 0 for warm, _, _ in turns],
        "cold": [cold.first_row or 0 for _, cold, _ in turns],
        "client": [stock for _, _, stock in turns],
    }
    table = Table("", "median", "least", "most", title=f"Seconds to the first row, {len(turns)} turns")
    for name, label in (("shell", "headrace sql"), ("cold", "headrace sql, cold"), ("client", "Flink's client")):
        seconds = first[name]
        table.add_row(label, *(f"{value:.2f}" for value in (statistics.median(seconds), min(seconds), max(seconds))))
    console.print(table)
    stages = Table("stage", "warm", "cold", title="Where the shell's time goes: medians, s")
    for name, label in STAGES.items():
        both = [[getattr(turn[way], name) or 0.0 for turn in turns] for way in (0, 1)]
        stages.add_row(label, *(f"{statistics.median(values):.2f}" for values in both))
    stages.add_row(
        "    of it: Paddle imported and the model loaded (measured alone, cold)", "", f"{model_load_seconds():.2f}"
    )
    console.print(stages)
    ratios = [warm / stock for warm, stock in zip(first["shell"], first["client"], strict=True)]
    medians = {f"{name}_seconds": round(statistics.median(values), 2) for name, values in first.items()}
    print(json.dumps({"bench": "shell_first_row", "ratio": round(statistics.median(ratios), 3), **medians}))


def main() -> None:
    """Measure on a stack of its own and print."""
    os.environ["HEADRACE_STACK_NAME"] = "bench-shell"
    console = Console(highlight=False, soft_wrap=True)
    stack = Stack()
    stack.down(console.print)
    shutil.rmtree(stack.settings.stack, ignore_errors=True)
    try:
        stack.up(console.print)
        Deployer(stack, console.print).deploy(StateChoice())
        now = int(time.time() * 1000)
        comments = [
            {"comment_id": f"c{n}", "user_id": f"u{n % 7}", "item_id": f"i{n % 5}", "content": TEXTS[n % 5], "ts": now}
            for n in range(COMMENTS)
        ]
        messages = [Message(json.dumps(comment, ensure_ascii=False).encode()) for comment in comments]
        Replay(stack.addresses.kafka_bootstrap_servers, TOPIC).run(messages, 1000.0, lambda _: None)
        client = SqlClient()
        with (
            Path(os.devnull).open("w") as nowhere,
            open_shell(PROJECT, None, is_json=False, is_interactive=False, lints=True) as shell,
        ):
            shell.shows_times = True
            shell.notes = Console(file=nowhere)
            with contextlib.redirect_stdout(nowhere):
                turns = measure(Console(stderr=True, highlight=False), shell, client)
        client.close()
    finally:
        stack.down(console.print)
    show(console, turns)


if __name__ == "__main__":
    main()
