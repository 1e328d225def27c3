"""The commands of `python -m train.ernie`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from paddlenlp.utils.log import logger as paddlenlp_logger
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from headrace.errors import HeadraceError
from train.ernie.loop import Step
from train.ernie.settings import Settings, Shape, begin_run
from train.ernie.texts import read_sources
from train.ernie.training import train

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
console = Console()
paddlenlp_logger.set_level("WARNING")


@app.command("train")
def train_command(
    folder: Annotated[Path, typer.Option(help="Of the run: settings, checkpoints, the best model.")] = Path(
        ".headrace/train/ernie"
    ),
    start: Annotated[str | None, typer.Option("--from", help="Checkpoint folder or hub name.")] = None,
    resume: Annotated[bool, typer.Option("--resume")] = False,
    epochs: int = 6,
    pretraining_epochs: int = 0,
    layers: int = 2,
    hidden: int = 128,
    heads: int = 4,
    max_tokens: int = 128,
    learning_rate: float | None = None,
    seed: int = 0,
) -> None:
    """Train."""
    settings = Settings(
        start=start,
        shape=Shape(layers=layers, hidden=hidden, heads=heads),
        max_tokens=max_tokens,
        epochs=epochs,
        pretraining_epochs=pretraining_epochs,
        learning_rate=learning_rate or (5e-5 if start else 7e-4),
        seed=seed,
    )
    try:
        begin_run(folder, settings, resume)
        sources = read_sources()
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("loss {task.fields[loss]:.3f}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=console) as progress:
            tasks: dict[str, TaskID] = {}

            def show(step: Step) -> None:
                if step.phase not in tasks:
                    tasks[step.phase] = progress.add_task(step.phase, total=step.of, loss=step.loss)
                progress.update(tasks[step.phase], completed=step.number, loss=step.loss)

            train(
                folder,
                settings,
                sources,
                show,
                lambda epoch, accuracy: console.print(f"epoch {epoch + 1}: {accuracy:.4f}"),
            )
    except HeadraceError as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from error


@app.command()
def placeholder() -> None:
    """x"""
