"""How the commands of `headrace model` show versions on the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from headrace.inference.comparison import Comparison
    from headrace.inference.manifest import Manifest
    from headrace.inference.ocr_manifest import OcrManifest
    from headrace.inference.summary import VersionSummary
    from headrace.inference.text_manifest import TextManifest


def versions(summaries: Sequence[VersionSummary]) -> Table:
    """A row a version."""
    table = Table("model", box=None)
    for heading in ("version", "weight"):
        table.add_column(heading, justify="right")
    table.add_column("task")
    table.add_column("size MB", justify="right")
    table.add_column("date")
    table.add_column("accuracy on held-out data")
    for summary in summaries:
        table.add_row(
            summary.model,
            str(summary.version),
            "shadow" if summary.shadow else _or_dash(summary.weight),
            _or_dash(summary.task),
            _or_dash(summary.size and f"{summary.size / 1e6:.1f}") if summary.is_fetched else "not fetched",
            _or_dash(summary.date),
            ", ".join(f"{part} {100 * accuracy:.1f} %" for part, accuracy in (summary.accuracy or {}).items()) or "-",
        )
    return table


def manifest(content: Manifest) -> Iterator[Table]:
    """What a version is, how good it is, and its files."""
    table = Table(box=None, show_header=False)
    table.add_column(style="bold")
    table.add_column()
    table.add_row("model", f"{content.name} version {content.version}, {content.task}")
    described = _text_rows(content) if content.task == "text_classification" else _ocr_rows(content)
    for name, value in described:
        table.add_row(name, Text(value))
    yield table
    yield _metrics(content) if content.task == "text_classification" else _ocr_metrics(content)
    files = Table("file", "sha256", box=None)
    for file, sha256 in content.files.items():
        files.add_row(file, sha256)
    yield files


def _text_rows(content: TextManifest) -> Iterator[tuple[str, str]]:
    made = content.created_with
    yield "labels", ", ".join(f"{label.name} {label.value:g}" for label in content.labels)
    yield "default", f"{content.default.label} {content.default.score:g}"
    yield "limits", f"{content.limits.max_characters} characters"
    yield "tokenizer", ", ".join(f"{key} {value}" for key, value in content.tokenizer.model_dump().items())
    yield "inputs", ", ".join(f"{tensor.name} {tensor.dtype} {tensor.shape}" for tensor in content.inputs)
    yield "outputs", ", ".join(f"{tensor.name} {tensor.dtype} {tensor.shape}" for tensor in content.outputs)
    yield "made", f"{made.date}, Python {made.python}, Paddle {made.paddle}, seed {made.seed}"
    yield "training code", made.training_code
    for source in content.data:
        sizes = ", ".join(f"{part} {size}" for part, size in source.split_sizes.items())
        yield "data", f"{source.source}: {sizes}; sha256 {source.sha256}"


def _ocr_rows(content: OcrManifest) -> Iterator[tuple[str, str]]:
    detection, recognition = content.detection, content.recognition
    yield "detection", f"{detection.name}, {detection.limit_type} side {detection.limit_side_len} pixels"
    yield (
        "recognition",
        (f"{recognition.name}, lines {recognition.image_height} pixels high, {recognition.batch_size} a run"),
    )
    if content.origin:
        yield "origin", str(content.origin)
    yield "licence", content.licence
    yield "notice", content.notice
    yield "put together", str(content.date)


def comparison(found: Comparison, first: int, second: int, rows: int) -> Iterator[Table | str]:
    """Fields, metrics and answers of two versions."""
    fields = Table("field", f"version {first}", f"version {second}", box=None)
    for name, pair in found.fields.items():
        fields.add_row(name, *(Text(_or_dash(value)) for value in pair))
    yield fields
    metrics = Table("metric", box=None)
    for heading in (f"version {first}", f"version {second}", "difference"):
        metrics.add_column(heading, justify="right")
    for name, (one, other) in found.metrics.items():
        change = "-" if one is None or other is None else f"{other - one:+.4f}"
        metrics.add_row(name, _or_dash(one), _or_dash(other), change)
    yield metrics
    changed = sum(found.label_changes.values())
    kinds = ", ".join(f"{one} → {other} {count}" for (one, other), count in found.label_changes.items())
    yield f"{changed} of {len(found.answers)} texts get another label" + (f": {kinds}" if kinds else "")
    answers = Table("text", f"version {first}", f"version {second}", box=None, title="Largest differences of scores")
    answers.add_column("difference", justify="right")
    for answer in found.answers[:rows]:
        shown = answer.text if len(answer.text) <= 40 else f"{answer.text[:40]}…"
        said = [f"{label} {score:.3f}" for label, score in zip(answer.labels, answer.scores, strict=True)]
        answers.add_row(Text(shown), *said, f"{answer.difference:+.3f}")
    yield answers


def _metrics(content: TextManifest) -> Table:
    """A row a part of the data, and a row for each other candidate on it."""
    table = Table("part", "model", box=None)
    for heading in ("accuracy %", "F1 %", "macro F1 %", "calibration error %"):
        table.add_column(heading, justify="right")
    candidates = {"this": content.metrics.parts, **content.metrics.baselines}
    for name, parts in candidates.items():
        for part, metric in parts.items():
            table.add_row(
                part,
                name,
                f"{100 * metric.accuracy:.1f} ± {100 * metric.accuracy_standard_error:.1f}",
                *(
                    "-" if value is None else f"{100 * value:.1f}"
                    for value in (metric.f1, metric.macro_f1, metric.expected_calibration_error)
                ),
            )
    return table


def _ocr_metrics(content: OcrManifest) -> Table:
    """A row a set of images."""
    table = Table("images", box=None)
    for heading in ("documents", "lines right %", "fields right %"):
        table.add_column(heading, justify="right")
    for part, metric in content.metrics.parts.items():
        shares = [metric.line_accuracy, metric.field_accuracy]
        table.add_row(
            part, str(metric.documents), *("-" if share is None else f"{100 * share:.1f}" for share in shares)
        )
    return table


def _or_dash(value: Any) -> str:
    return "-" if value is None else str(value)
