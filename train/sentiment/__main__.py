"""`python -m train.sentiment`: train, compare, then publish a version or check that it comes out the same."""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before NumPy and Paddle load: the same sums in the same order on each run
os.environ.setdefault("GLOG_minloglevel", "2")  # errors only

import tempfile
import warnings
from pathlib import Path
from typing import Annotated

import paddle
import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from headrace.errors import HeadraceError
from headrace.inference import publish as publishing
from headrace.inference.manifest import Metrics
from headrace.inference.repository import ModelRepository
from train.sentiment.baselines import SnowNlpBayes, TfidfLogisticRegression
from train.sentiment.candidates import ORDERS, Baseline, Candidate, measure_baseline, split_parts, train_nbsvm
from train.sentiment.program import PARAMETERS_FILE
from train.sentiment.publish import PublishError, complete
from train.sentiment.reviews import Split, read_reviews, reviews_folder

MAX_CHARACTERS = 1024  # all but 12 of the reviews
SEED = 0

console = Console()


def main(
    version: Annotated[int, typer.Option(help="Version to publish, or to compare with.", min=1)] = 1,
    publish_version: Annotated[
        bool, typer.Option("--publish", help="Write the version into the model repository.")
    ] = False,
) -> None:
    """Train the model `sentiment`, compare it with other ways, and publish it or check the published weights.

    Without --publish the command fails if the weights differ from those of the published version.
    """
    try:
        run(version, publish_version)
    except (HeadraceError, FileNotFoundError) as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from error


def run(version: int, publish_version: bool) -> None:
    """Do what `main` says; raises HeadraceError or FileNotFoundError."""
    repository = ModelRepository()
    target = f"{repository}/sentiment/{version}"
    if publish_version and repository.has("sentiment", version):
        raise PublishError(f"{target}: is published already. A version never changes: take --version {version + 1}.")
    warnings.filterwarnings("ignore", module="paddle")  # about its own use of its own functions
    paddle.seed(SEED)
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=console) as progress, tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / str(version)
        folder.mkdir()
        step = progress.add_task("Read the reviews", total=None)

        def begin(description: str) -> None:
            nonlocal step
            progress.update(step, total=1, completed=1)
            step = progress.add_task(description, total=None)

        parts = split_parts([review for review in read_reviews() if len(review.text) <= MAX_CHARACTERS])
        begin("Train the n-gram NBSVM")
        model, sha256 = train_nbsvm(parts, folder)
        candidates = [model]
        baselines: list[Baseline] = [TfidfLogisticRegression(SEED), SnowNlpBayes(reviews_folder().parent)]
        for baseline in baselines:
            begin(f"Train {baseline.name}")
            candidates.append(measure_baseline(baseline, parts))
        progress.update(step, total=1, completed=1)
        if publish_version:
            metrics = Metrics(
                parts={f"reviews {split.value}": metric for split, metric in model.metrics.items()},
                baselines={
                    candidate.name: {"reviews test": candidate.metrics[Split.TEST]} for candidate in candidates[1:]
                },
            )
            sizes = {split.value: len(part.texts) for split, part in parts.items()}
            complete(folder, version, ORDERS, MAX_CHARACTERS, sizes, metrics, SEED)
            publishing.publish_version(folder, repository)
    console.print(table_of(candidates, len(parts[Split.TEST].texts)))
    console.print(f"{PARAMETERS_FILE} sha256 {sha256}", soft_wrap=True)
    if publish_version:
        console.print(f"published {target}", soft_wrap=True)
        return
    published = repository.manifest("sentiment", version).files[PARAMETERS_FILE]
    if sha256 != published:
        raise PublishError(
            f"{target}/{PARAMETERS_FILE}: was published with sha256 {published}; this training gives other weights. "
            f"If data, code or Paddle changed, publish them as --version {version + 1} --publish; otherwise compare "
            "Python, Paddle and the hash of the training code with the manifest's."
        )
    console.print(f"equal to version {version}")


def table_of(candidates: list[Candidate], texts: int) -> Table:
    """The candidates and how they did on the test part."""
    table = Table(title=f"{texts} held-out reviews")
    table.add_column("model")
    for heading in ("accuracy %", "F1 %", "training s", "size MB"):
        table.add_column(heading, justify="right")
    for candidate in candidates:
        metric = candidate.metrics[Split.TEST]
        table.add_row(
            candidate.name,
            f"{100 * metric.accuracy:.1f} ± {100 * metric.accuracy_standard_error:.1f}",
            f"{100 * metric.f1:.1f}",
            f"{candidate.seconds:.1f}",
            f"{candidate.size / 1e6:.1f}",
        )
    return table


if __name__ == "__main__":
    typer.run(main)
