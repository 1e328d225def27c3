"""Two versions of a model side by side: what their manifests say, and what they answer to the same texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from headrace.inference.errors import SignatureError
from headrace.inference.loading import load_version
from headrace.inference.manifest import Manifest
from headrace.inference.repository import ModelRepository
from headrace.inference.tasks import task_of

# These differ between any two versions, or are shown in a form of their own.
_LEFT_OUT = ("version", "files", "metrics")


@dataclass(frozen=True)
class Pair:
    """What two versions say to one question: a text, or the path of an image.

    labels: the label, or the text that was read, of each version.
    scores: score or confidence of each version.
    """

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
    answers: list[Pair]

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
        texts: what to ask them, texts or paths of images; by default what the golden rows of both versions ask.

    Raises:
        InferenceError: a version is not there, is not as it was published, or cannot be loaded; or they are of
            different tasks.
    """
    loaded = [load_version(repository, name, version) for version in versions]
    manifests = [one.manifest for one in loaded]
    if manifests[0].task != manifests[1].task:
        raise SignatureError(
            f"{name}: version {versions[0]} is for {manifests[0].task}, version {versions[1]} for {manifests[1].task}. "
            "Compare versions of one task."
        )
    task = task_of(manifests[0].task)
    if texts is None:
        folders = [repository.version_folder(name, version) for version in versions]
        texts = [question for folder in folders for question in task.golden_questions(folder)]
    distinct = list(dict.fromkeys(texts))
    first, second = (task.answers(one.model, distinct) for one in loaded)
    answers = [
        Pair(question, (one.said, other.said), (one.score, other.score))
        for question, one, other in zip(distinct, first, second, strict=True)
    ]
    return Comparison(
        fields=_differing(
            *(dict(_flat(manifest.model_dump(mode="json", exclude={*_LEFT_OUT}))) for manifest in manifests)
        ),
        metrics=_both(*(dict(_flat_metrics(manifest)) for manifest in manifests)),
        answers=sorted(answers, key=lambda answer: -abs(answer.difference)),
    )


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
