"""From a model's name to a classifier that answers: route, manifest, files, golden rows."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from headrace.inference.golden import check_golden_rows
from headrace.inference.manifest import GOLDEN_FILE
from headrace.inference.metrics import MemoryMetrics, Metrics
from headrace.inference.repository import ModelRepository
from headrace.inference.text_classifier import TextClassifier
from headrace.inference.text_model import TextModel


def load_text_classifier(name: str, metrics: Metrics | None = None, models: Path | str | None = None) -> TextClassifier:
    """The classifier of the version that a model's route names; a version is loaded once in a process.

    Args:
        name: the model's name.
        metrics: where to count; by default in memory.
        models: folder or URL of the repository; by default the setting HEADRACE_MODELS.

    Raises:
        InferenceError: the model is not there, is not as it was published, or cannot be loaded.
    """
    repository = ModelRepository(models)
    model = _load_text_model(str(repository), name, repository.route(name).version)
    return TextClassifier(model.manifest, model.probabilities, metrics or MemoryMetrics())


@cache
def _load_text_model(models: str, name: str, version: int) -> TextModel:
    repository = ModelRepository(models)
    folder = repository.version_folder(name, version)
    model = TextModel(folder, repository.manifest(name, version))
    check_golden_rows(TextClassifier(model.manifest, model.probabilities, MemoryMetrics()), folder / GOLDEN_FILE)
    return model
