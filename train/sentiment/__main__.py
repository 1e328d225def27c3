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
from headrace.inference.repository import ModelRepository
from headrace.inference.text_manifest import Metrics
from train.sentiment.baselines import SnowNlpBayes, TfidfLogisticRegression
from train.sentiment.candidates import (
    TEST_PARTS,
    Baseline,
    Candidate,
    measure_baseline,
    train_three_label_model,
    train_two_label_model,
)
from train.sentiment.dataset import Dataset, read_dataset
from train.sentiment.program import PARAMETERS_FILE
from train.sentiment.publish import PublishError, complete
from train.sentiment.reviews import reviews_folder
from train.sentiment.three_labels import ORDERS

MAX_CHARACTERS = 1024  # all but 12 of the reviews
SEED = 0
TWO_LABEL_VERSION = 1

console = Console()


def main(
    version: Annotated[int, typer.Option(help="Version to publish, or to compare with.", min=1)] = 3,
    publish_version: Annotated[
        bool, typer.Option("--publish", help="Write the version into the model repository.")
    ] = False,
) -> None:
    """Train the model `sentiment`, compare it with other ways, and publish it or check the published weights.

    The command fails if the weights differ from those of the published version, or those of the two-label model from
    version 1's.
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
        folder, two_label_folder = Path(temporary) / str(version), Path(temporary) / "two_labels"
        folder.mkdir()
        two_label_folder.mkdir()
        step = progress.add_task("Read reviews and supplement", total=None)

        def begin(description: str) -> None:
            nonlocal step
            progress.update(step, total=1, completed=1)
            step = progress.add_task(description, total=None)

        dataset = read_dataset(MAX_CHARACTERS)
        begin("Train the n-gram models of three labels")
        model, sha256 = train_three_label_model(dataset, folder)
        begin("Train the n-gram NBSVM of two labels")
        two_labels, two_labels_sha256 = train_two_label_model(dataset, two_label_folder)
        candidates = [model, two_labels]
        baselines: list[Baseline] = [
            TfidfLogisticRegression(SEED, three_labels=True),
            TfidfLogisticRegression(SEED, three_labels=False),
            SnowNlpBayes(reviews_folder().parent),
        ]
        for baseline in baselines:
            begin(f"Train {baseline.name}")
            candidates.append(measure_baseline(baseline, dataset))
        progress.update(step, total=1, completed=1)
        console.print(table_of_candidates(candidates, dataset))
        console.print(table_of_parts(model, dataset))
        if publish_version:
            metrics = Metrics(
                parts=model.metrics, baselines={candidate.name: candidate.metrics for candidate in candidates[1:]}
            )
            complete(folder, version, ORDERS, MAX_CHARACTERS, dataset.reviews, dataset.supplement, metrics, SEED)
            publishing.publish_version(folder, repository)
            console.print(f"published {target}", soft_wrap=True)
    check_weights(repository, version, sha256)
    check_weights(repository, TWO_LABEL_VERSION, two_labels_sha256)


def check_weights(repository: ModelRepository, version: int, sha256: str) -> None:
    """Compare weights with the published ones.

    Raises:
        PublishError: they differ.
    """
    published = repository.manifest("sentiment", version).files[PARAMETERS_FILE]
    if sha256 != published:
        raise PublishError(
            f"{repository}/sentiment/{version}/{PARAMETERS_FILE}: was published with sha256 {published}; this training "
            f"gives {sha256}. If data, code or Paddle changed, publish the weights under a new --version; otherwise "
            "compare Python, Paddle and the hashes of data and training code with the manifest's."
        )
    console.print(f"version {version}: {PARAMETERS_FILE} has the published sha256 {sha256}", soft_wrap=True)


def table_of_candidates(candidates: list[Candidate], dataset: Dataset) -> Table:
    """The candidates and how they did on the test parts."""
    parts = dataset.parts()
    reviews, supplement, handwritten = (f"{len(parts[name].texts):,}" for name in TEST_PARTS)
    table = Table(title=f"held out: {reviews} reviews, {supplement} supplement sentences ({handwritten} by hand)")
    table.add_column("model")
    for heading in ("reviews\naccuracy %", "supplement\nmacro-F1 %", "by hand\nmacro-F1 %", "training s", "size MB"):
        table.add_column(heading, justify="right")
    for candidate in candidates:
        metric = candidate.metrics["reviews test"]
        table.add_row(
            candidate.name,
            f"{100 * metric.accuracy:.1f} ± {100 * metric.accuracy_standard_error:.1f}",
            *(f"{100 * (candidate.metrics[name].macro_f1 or 0):.1f}" for name in TEST_PARTS[1:]),
            f"{candidate.seconds:.1f}",
            f"{candidate.size / 1e6:.1f}",
        )
    return table


def table_of_parts(model: Candidate, dataset: Dataset) -> Table:
    """The quality of the model on every part."""
    parts = dataset.parts()
    table = Table(title=model.name)
    table.add_column("part")
    for heading in ("texts", "accuracy %", "F1 %", "calibration error %"):
        table.add_column(heading, justify="right")
    for name, metric in model.metrics.items():
        f1 = metric.f1 if metric.macro_f1 is None else metric.macro_f1
        table.add_row(
            name,
            f"{len(parts[name.split(',')[0]].texts):,}",
            f"{100 * metric.accuracy:.1f} ± {100 * metric.accuracy_standard_error:.1f}",
            f"{100 * (f1 or 0):.1f}",
            f"{100 * (metric.expected_calibration_error or 0):.1f}",
        )
    return table


if __name__ == "__main__":
    typer.run(main)
