"""Two versions of a model side by side: what their manifests say, and what they answer to the same texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from headrace.inference.golden import read_golden_rows
from headrace.inference.loading import load_version
from headrace.inference.manifest import Manifest
from headrace.inference.manifest_parts import GOLDEN_FILE
from headrace.inference.metrics import MemoryMetrics
from headrace.inference.repository import ModelRepository

# These differ between any two versions, or are shown in a form of their own.
_LEFT_OUT = ("version", "files", "metrics")


@dataclass(frozen=True)
class Answer:
    """What two versions say to one text."""

    text: str
    labels: tuple[str, str]
    scores: tuple[float, float]

    @property
    def difference(self) -> float:
        """Second score minus first score."""
        return self.scores[1] - self.scores[0]


@dataclass(frozen=True)
class Comparison:
    """Differences of two versions.

    fields: by name, `tokenizer.kind` say: what each manifest has there, None for nothing.
    metrics: by part and name, `reviews test accuracy` say: what each manifest has there, None for nothing.
    answers: to each text, those with the largest difference of scores first.
    """

    fields: dict[str, tuple[Any, Any]]
    metrics: dict[str, tuple[float | None, float | None]]
    answers: list[Answer]

    @property
    def label_changes(self) -> dict[tuple[str, str], int]:
        """How many texts have one label in the first version and another in the second one, the most frequent first."""
        changes = Counter(answer.labels for answer in self.answers if answer.labels[0] != answer.labels[1])
        return dict(changes.most_common())


def compare(
    repository: ModelRepository, name: str, versions: tuple[int, int], texts: Sequence[str] | None = None
) -> Comparison:
    """Compare two versions.

    Args:
        repository: that has both.
        name: of the model.
        versions: their numbers.
        texts: what to ask them; by default the texts of both versions' golden rows.

    Raises:
        InferenceError: a version is not there, is not as it was published, or cannot be loaded.
    """
    manifests = (repository.manifest(name, versions[0]), repository.manifest(name, versions[1]))
    if texts is None:
        texts = _golden_texts(repository, manifests)
    distinct = list(dict.fromkeys(texts))
    first, second = (
        load_version(repository, name, version).classifier(MemoryMetrics()).classify(distinct) for version in versions
    )
    answers = [
        Answer(text, (first.label[row], second.label[row]), (float(first.score[row]), float(second.score[row])))
        for row, text in enumerate(distinct)
    ]
    return Comparison(
        fields=_differing(
            *(dict(_flat(manifest.model_dump(mode="json", exclude={*_LEFT_OUT}))) for manifest in manifests)
        ),
        metrics=_both(*(dict(_flat_metrics(manifest)) for manifest in manifests)),
        answers=sorted(answers, key=lambda answer: -abs(answer.difference)),
    )


def _golden_texts(repository: ModelRepository, manifests: tuple[Manifest, Manifest]) -> list[str]:
    return [
        row.text
        for manifest in manifests
        for row in read_golden_rows(repository.version_folder(manifest.name, manifest.version) / GOLDEN_FILE)
        if row.text is not None
    ]


def _flat(value: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Leaves of nested mappings and lists of mappings, by their path."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _flat(child, f"{prefix}.{key}" if prefix else str(key))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for number, child in enumerate(value):
            yield from _flat(child, f"{prefix}.{number}")
    else:
        yield prefix, value


def _flat_metrics(manifest: Manifest) -> Iterator[tuple[str, float]]:
    for part, metric in manifest.metrics.parts.items():
        for name, value in metric.model_dump(exclude_none=True).items():
            yield f"{part} {name}", value


def _both(first: dict[str, Any], second: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {name: (first.get(name), second.get(name)) for name in dict.fromkeys([*first, *second])}


def _differing(first: dict[str, Any], second: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {name: pair for name, pair in _both(first, second).items() if pair[0] != pair[1]}
