"""The command `headrace`: the local stack, deployments and the demo."""

from __future__ import annotations

import logging
import time
from typing import Annotated

import typer

from headrace.commands import container, deploy, documents, image, lineage, lint, model, sql, status, test
from headrace.commands.terminal import command, console, say

app = typer.Typer(
    help="Real-time features for Chinese text: plain Flink SQL, Paddle models as SQL functions, results in Redis.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(status.app)
app.add_typer(deploy.app)
app.add_typer(model.app, name="model")
app.add_typer(sql.app)
app.add_typer(test.app, name="test")
app.add_typer(lint.app)
app.add_typer(lineage.app)
app.add_typer(documents.app, name="documents")
app.add_typer(container.app)
app.add_typer(image.app, name="image")
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


@command(app)
def demo_invoices(
    keep: Annotated[bool, typer.Option("--keep", help="Leave the stack and the jobs running afterwards.")] = False,
    documents: Annotated[int, typer.Option(help="How many invoices, copies not counted.", min=40)] = 100,
    per_second: Annotated[float, typer.Option(help="Rate of the replay, in documents per second.", min=0.05)] = 1.0,
    seed: Annotated[
        int | None, typer.Option(help="What is drawn.", show_default="7, then another in each run on a stack")
    ] = None,
) -> None:
    """Replay rendered invoices and greeting cards, show verdicts and fields, and hold them against the truth."""
    from headrace.demo.invoices.demo import run_demo

    result = run_demo(console, say, keep, documents, per_second, seed)
    say(str(result))
