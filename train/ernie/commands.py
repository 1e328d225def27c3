"""Train or fine-tune an ERNIE for the model `sentiment`, publish it, compare it with PaddleNLP."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from paddlenlp.utils.log import logger as paddlenlp_logger
from rich.console import Console

from headrace.errors import HeadraceError
from headrace.inference.manifest import read_manifest
from headrace.inference.manifest_parts import MANIFEST_FILE
from headrace.inference.publish import publish_version
from headrace.inference.repository import ModelRepository
from headrace.inference.text_manifest import TextManifest
from train.ernie import baseline, parity, report
from train.ernie.settings import Settings, Shape, TrainingError, begin_run, default_folder
from train.ernie.texts import Sources, all_of, read_sources
from train.ernie.training import train
from train.ernie.version import write_version
from train.sentiment.reviews import Split

NAME = "sentiment"
VERSIONS_FOLDER = "versions"

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
console = Console()
paddlenlp_logger.set_level("WARNING")

VersionOption = Annotated[int, typer.Option("--version", help="Version of `sentiment`.", min=1)]
VersionFolder = Annotated[
    Path | None, typer.Option("--version-folder", help="A version's folder instead of a published version.")
]


@contextmanager
def errors() -> Iterator[None]:
    """Show an error of ours as a line, and end with status 1."""
    try:
        yield
    except (HeadraceError, FileNotFoundError) as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from error


@app.command("train")
def train_command(
    start: Annotated[
        str | None,
        typer.Option(
            "--from", help="ERNIE checkpoint to fine-tune: a folder, or a name that PaddleNLP downloads. Default: none."
        ),
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option(help="Of the run: settings, checkpoints, best model. Default: train/ernie in HEADRACE_HOME."),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run in the folder.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Remove a run that is in the folder.")] = False,
    layers: Annotated[int, typer.Option(help="Of a model from scratch.", min=1)] = 2,
    hidden: Annotated[int, typer.Option(help="Width of a model from scratch.", min=1)] = 128,
    heads: Annotated[int, typer.Option(help="Of a model from scratch.", min=1)] = 4,
    max_tokens: Annotated[int, typer.Option(help="Longest row; what is over is cut off.", min=3)] = 128,
    batch_rows: Annotated[int, typer.Option(help="Texts in a step, at most.", min=1)] = 64,
    batch_tokens: Annotated[int, typer.Option(help="Tokens in a step, padding included, at most.", min=1)] = 8192,
    pretraining_epochs: Annotated[int, typer.Option(help="Of masked-language modelling, first.", min=0)] = 0,
    epochs: Annotated[int, typer.Option(help="Of fine-tuning, at most.", min=1)] = 4,
    learning_rate: Annotated[
        float | None, typer.Option(help="Highest one. Default: 1e-3 from scratch, 5e-5 from a checkpoint.", min=0)
    ] = None,
    token_dropout: Annotated[float, typer.Option(help="Share of tokens hidden in a step.", min=0, max=0.9)] = 0.1,
    patience: Annotated[int, typer.Option(help="Epochs to wait for a better validation.", min=1)] = 2,
    checkpoint_steps: Annotated[int, typer.Option(help="Steps between checkpoints.", min=1)] = 200,
    seed: int = 0,
    version: VersionOption = 2,
    publish: Annotated[bool, typer.Option("--publish", help="Publish the version.")] = False,
) -> None:
    """Train, write a version, compare it with PaddleNLP, with other models and with the published version."""
    with errors():
        settings = Settings(
            start=start,
            shape=Shape(layers=layers, hidden=hidden, heads=heads),
            max_tokens=max_tokens,
            batch_rows=batch_rows,
            batch_tokens=batch_tokens,
            pretraining_epochs=pretraining_epochs,
            epochs=epochs,
            learning_rate=learning_rate or (5e-5 if start else 1e-3),
            token_dropout=token_dropout,
            patience=patience,
            checkpoint_steps=checkpoint_steps,
            seed=seed,
        )
        run(folder or default_folder(), settings, resume, fresh, version, publish)


def run(folder: Path, settings: Settings, resume: bool, fresh: bool, version: int, publish: bool) -> None:
    """Do what `train_command` says."""
    repository = ModelRepository()
    is_published = repository.has(NAME, version)
    if publish and is_published:
        raise TrainingError(f"{repository}/{NAME}/{version}: is published already. Take --version {version + 1}.")
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    begin_run(folder, settings, resume)
    sources = read_sources()
    begun = time.monotonic()
    with report.TrainingProgress(console) as progress:
        classifier = train(folder, settings, sources, progress.show, progress.show_validation)
    console.print(f"trained in {time.monotonic() - begun:.0f} s")
    target = folder / VERSIONS_FOLDER / str(version)
    shutil.rmtree(target, ignore_errors=True)
    with console.status("Train what it is compared with"):
        baselines = {
            baseline.LINEAR_MODEL: baseline.linear_model(sources, settings.seed),
            **baseline.published(repository, without=version),
        }
    with console.status("Write the version and measure it with the worker's code"):
        manifest = write_version(classifier, settings, sources, target, baselines)
    compare_with_paddlenlp(target, manifest, sources)
    console.print(report.quality_table(manifest, target))
    if publish:
        publish_version(target, repository)
        console.print(f"published {repository}/{NAME}/{version}; its route is as before", soft_wrap=True)
    elif is_published:
        console.print(report.difference(manifest, repository.manifest(NAME, version)), soft_wrap=True)
    else:
        console.print(f"version {version} is in {target}; publish it with --resume --publish", soft_wrap=True)


@app.command("parity")
def parity_command(version: VersionOption = 2, version_folder: VersionFolder = None) -> None:
    """Compare tokens and logits of PaddleNLP and of the worker's code, on the test parts of all sources."""
    with errors():
        place, manifest = find(version, version_folder)
        compare_with_paddlenlp(place, manifest, read_sources())


def find(version: int, folder: Path | None) -> tuple[Path, TextManifest]:
    """Folder and manifest of a published version, or of a folder."""
    if folder is not None:
        return folder, read_manifest(folder / MANIFEST_FILE)
    repository = ModelRepository()
    manifest = repository.manifest(NAME, version)
    return repository.version_folder(NAME, version), manifest


def compare_with_paddlenlp(folder: Path, manifest: TextManifest, sources: Sources) -> None:
    """Show the parity of a version on the test parts.

    Raises:
        TrainingError: tokens or logits differ.
    """
    with console.status("Compare with PaddleNLP"):
        result = parity.compare(folder, manifest, all_of(sources, Split.TEST).texts)
    console.print(
        f"PaddleNLP and worker on {result.texts} test texts: {result.token_mismatches} with other tokens, "
        f"logits differ by at most {result.max_logit_difference:.2g}",
        soft_wrap=True,
    )
    parity.check(result, folder)
