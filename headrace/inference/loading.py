"""From a version's files to a model that answers: manifest, hashes, tokenizer and program, golden rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from headrace.inference.golden import check_golden_rows
from headrace.inference.manifest import Manifest
from headrace.inference.manifest_parts import GOLDEN_FILE
from headrace.inference.metrics import MemoryMetrics, Metrics
from headrace.inference.repository import ModelRepository
from headrace.inference.text_classifier import TextClassifier
from headrace.inference.text_model import TextModel


@dataclass(frozen=True)
class LoadedVersion:
    """One version in memory, verified and warm.

    Attributes:
        manifest: what it is.
        probabilities: gives the probability of each label for one or more texts; see `TextModel.probabilities`.
        load_seconds: how long it took, from the first file to the last golden row.
    """

    manifest: Manifest
    probabilities: Callable[[Sequence[str]], NDArray[np.float32]]
    load_seconds: float = 0.0

    def classifier(self, metrics: Metrics) -> TextClassifier:
        """The version as a function of texts that counts into `metrics`."""
        return TextClassifier(self.manifest, self.probabilities, metrics)


def load_version(repository: ModelRepository, name: str, version: int) -> LoadedVersion:
    """Load a version, compare its files with their hashes, and let it answer its golden rows.

    The golden rows warm it, too: the first runs of a program are slower than the others.

    Raises:
        InferenceError: it is not there, is not as it was published, or cannot be loaded.
    """
    started = time.perf_counter()
    manifest = repository.manifest(name, version)
    folder = repository.version_folder(name, version)
    model = TextModel(folder, manifest)
    check_golden_rows(TextClassifier(manifest, model.probabilities, MemoryMetrics()), folder / GOLDEN_FILE)
    return LoadedVersion(manifest, model.probabilities, time.perf_counter() - started)


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
    return _load_once(str(repository), name, chosen).classifier(metrics or MemoryMetrics())


@cache
def _load_once(models: str, name: str, version: int) -> LoadedVersion:
    return load_version(ModelRepository(models), name, version)
