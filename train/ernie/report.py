"""What a training shows: its progress, and how good the model became."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

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
from rich.table import Table

from headrace.inference.text_manifest import Metric, TextManifest
from train.ernie.loop import Step
from train.ernie.settings import TrainingError

ALLOWED_LOSS = 3.0  # of accuracy against the published version, in standard errors


class TrainingProgress:
    """A bar for each phase; each validation is a line."""

    def __init__(self, console: Console) -> None:
        """Show on a console."""
        self._console = console
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("loss {task.fields[loss]:.3f}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
        )
        self._bars: dict[str, TaskID] = {}

    def __enter__(self) -> TrainingProgress:
        """Begin to show."""
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End."""
        self._progress.stop()

    def show(self, step: Step) -> None:
        """Move the bar of the step's phase."""
        if step.phase not in self._bars:
            self._bars[step.phase] = self._progress.add_task(step.phase, total=step.of, loss=step.loss)
        self._progress.update(self._bars[step.phase], completed=step.number, loss=step.loss)

    def show_validation(self, epoch: int, accuracy: float) -> None:
        """Print the accuracy after an epoch (from 0)."""
        self._console.print(f"epoch {epoch + 1}: accuracy on the validation parts {100 * accuracy:.1f} %")


def quality_table(manifest: TextManifest, folder: Path) -> Table:
    """The version and what it is compared with, on the test parts."""
    size = sum(path.stat().st_size for path in folder.iterdir())
    parts = [part for part in manifest.metrics.parts if part.endswith(" test")]
    texts = {
        f"{name} test": source.split_sizes["test"]
        for name, source in zip(("reviews", "supplement"), manifest.data, strict=True)
    }
    table = Table(title=f"held-out texts; version {manifest.version} has {size / 1e6:.1f} MB")
    table.add_column("model")
    for part in parts:
        table.add_column(f"{part} ({texts[part]}): accuracy, macro-F1, calibration error %", justify="right")
    rows = {f"ERNIE, version {manifest.version}": manifest.metrics.parts, **manifest.metrics.baselines}
    for name, metrics in rows.items():
        table.add_row(name, *(_spoken(metrics.get(part)) for part in parts))
    return table


def difference(manifest: TextManifest, published: TextManifest) -> str:
    """What this training gives beside the published version.

    Weights are the same bit for bit only on one kind of processor; elsewhere the quality is what can be compared.

    Raises:
        TrainingError: it is clearly worse on a test part.
    """
    file = manifest.program.parameters
    if manifest.files[file] == published.files.get(file):
        return f"the weights are those of the published version {published.version}"
    lines = [f"the weights are not those of the published version {published.version}:"]
    for part, was in published.metrics.parts.items():
        now = manifest.metrics.parts.get(part)
        if now is None or not part.endswith(" test"):
            continue
        lines.append(f"  {part}: accuracy {100 * now.accuracy:.1f} %, published {100 * was.accuracy:.1f} %")
        if now.accuracy < was.accuracy - ALLOWED_LOSS * was.accuracy_standard_error:
            raise TrainingError(
                "\n".join(lines) + f"\nsentiment/{published.version}, {part}: this training is worse by more than "
                f"{ALLOWED_LOSS:g} standard errors. Compare options, data and Paddle with the manifest's."
            )
    return "\n".join(lines)


def _spoken(metric: Metric | None) -> str:
    if metric is None:
        return "–"
    accuracy = f"{100 * metric.accuracy:.1f} ± {100 * metric.accuracy_standard_error:.1f}"
    others = [
        f"{100 * value:.1f}" if value is not None else "–"
        for value in (metric.macro_f1, metric.expected_calibration_error)
    ]
    return ", ".join([accuracy, *others])
