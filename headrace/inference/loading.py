"""From a version's files to a model that answers: manifest, hashes, and what its task loads; golden rows."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from headrace.inference.manifest import Manifest, text_manifest
from headrace.inference.metrics import MemoryMetrics, Metrics
from headrace.inference.repository import ModelRepository
from headrace.inference.tasks import task_of
from headrace.inference.text_classifier import TextClassifier
from headrace.inference.text_model import TextModel

Model = TypeVar("Model")


@dataclass(frozen=True)
class LoadedVersion(Generic[Model]):
    """One version in memory, verified and warm.

    Attributes:
        manifest: what it is.
        model: what its task loads: a `TextModel`, say.
        load_seconds: how long it took, from the first file to the last golden row.
    """

    manifest: Manifest
    model: Model
    load_seconds: float = 0.0


def load_version(repository: ModelRepository, name: str, version: int) -> LoadedVersion[Any]:
    """Load a version, compare its files with their hashes, and let it answer its golden rows.

    The golden rows warm it, too: the first runs of a program are slower than the others.

    Raises:
        InferenceError: it is not there, is not as it was published, or cannot be loaded.
    """
    started = time.perf_counter()
    manifest = repository.manifest(name, version)
    model = task_of(manifest.task).load(repository.version_folder(name, version), manifest)
    return LoadedVersion(manifest, model, time.perf_counter() - started)


def load_text_classifier(
    name: str, metrics: Metrics | None = None, models: Path | str | None = None, version: int | None = None
) -> TextClassifier:
    """The classifier of one version, without a route; a version is loaded once in a process.

    Args:
        name: the model's name.
        metrics: where to count; by default in memory.
        models: folder or URL of the repository; by default the setting HEADRACE_MODELS.
        version: by default the one that serves most.

    Raises:
        InferenceError: the model is not there, is not as it was published, or cannot be loaded.
    """
    repository = ModelRepository(models)
    chosen = repository.route(name).version if version is None else version
    loaded: LoadedVersion[TextModel] = _load_once(str(repository), name, chosen)
    text_manifest(loaded.manifest)
    return loaded.model.classifier(metrics or MemoryMetrics())


@cache
def _load_once(models: str, name: str, version: int) -> LoadedVersion[Any]:
    return load_version(ModelRepository(models), name, version)
