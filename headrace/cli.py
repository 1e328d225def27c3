"""The command `headrace`: the local stack, deployments and the demo."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from headrace.commands import lint, model, sql
from headrace.commands.terminal import Json, command, console, say
from headrace.settings import PROJECT

app = typer.Typer(
    help="Real-time features for Chinese text: plain Flink SQL, Paddle models as SQL functions, results in Redis.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(model.app, name="model")
app.add_typer(sql.app)
app.add_typer(lint.app)
# PyFlink, once imported, prints every INFO of this process; what a person should read is said by `say`.
logging.getLogger("headrace").setLevel(logging.WARNING)


@command(app)
def up() -> None:
    """Start the local stack: Kafka, Redis and Flink on loopback, supervised. Returns when all of it serves."""
    from headrace.stack.stack import Stack

    started = time.monotonic()
    if Stack().up(say):
        say(f"stack: up in {time.monotonic() - started:.0f} s. Look: headrace status. Stop: make down")
    else:
        say("stack: it was up already")


@command(app)
def down() -> None:
    """Stop the local stack. What Kafka, Redis and Flink hold stays, and is there at the next `up`."""
    from headrace.stack.stack import Stack

    started = time.monotonic()
    say(f"stack: down in {time.monotonic() - started:.0f} s" if Stack().down(say) else "stack: it was not up")


@command(app)
def status(as_json: Json = False) -> None:
    """Show each process of the stack and each Flink job. Exit status 1 when one of the processes does not serve."""
    from headrace.deploy.flink_rest import FlinkRest
    from headrace.stack.stack import Stack

    stack = Stack()
    processes = stack.status()
    serving = bool(processes) and all(process.serves for process in processes)
    jobs = FlinkRest(stack.addresses.flink_rest_url).jobs() if serving else []
    if as_json:
        sys.stdout.write(
            json.dumps({"processes": list(map(asdict, processes)), "jobs": list(map(asdict, jobs))}) + "\n"
        )
    elif not processes:
        say("stack: down. Start it: make up")
    else:
        table = Table("process", "state", "pid", "up for", "serves", "where", "log", box=None)
        for process in processes:
            table.add_row(
                process.name,
                process.state.lower(),
                str(process.pid),
                f"{process.uptime_seconds} s",
                "yes" if process.serves else "[red]no[/red]",
                process.shows,
                os.path.relpath(process.log),
            )
        console.print(table)
        if jobs:
            table = Table("job", "state", "id", "running for", box=None)
            for job in jobs:
                table.add_row(job.name, job.state.lower(), job.id, f"{job.duration_seconds} s")
            console.print(table)
        else:
            say("jobs: none runs. Deploy them: make deploy")
    if not serving:
        raise typer.Exit(1)


@command(app)
def deploy(
    project: Annotated[Path, typer.Option(help="Folder that holds catalog/ and sql/.", exists=True)] = PROJECT,
) -> None:
    """Make the stack run what catalog/ and sql/ say. Flink checks all of it first; a mistake changes nothing.

    A second deployment changes nothing. A job that does not run, though it was deployed, goes on from its last
    savepoint or checkpoint.
    """
    from headrace.deploy.deploy import Deployer
    from headrace.stack.stack import Stack

    Deployer(Stack(), say, project).deploy()


@command(app)
def undeploy() -> None:
    """Stop the deployed jobs, each with a savepoint from which the next deployment goes on. Tables stay."""
    from headrace.deploy.deploy import Deployer
    from headrace.stack.stack import Stack

    if not Deployer(Stack(), say).undeploy():
        say("undeploy: no deployed job runs")


@command(app)
def demo(
    keep: Annotated[bool, typer.Option("--keep", help="Leave the stack and the job running afterwards.")] = False,
    comments: Annotated[
        int | None, typer.Option(help="How many comments at the most.", min=600, show_default="all")
    ] = None,
    per_second: Annotated[float, typer.Option(help="Rate of the replay, in comments per second.", min=1)] = 200.0,
) -> None:
    """Replay real reviews as comments, show their features from Redis, and check them against plain Python."""
    from headrace.demo.demo import run_demo

    result = run_demo(console, say, keep, comments, per_second)
    say(str(result))
