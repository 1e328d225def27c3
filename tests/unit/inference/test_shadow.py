"""Shadows compute on what is served, are counted, and never harm."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from served_models import LABELS, await_true, serve, write_route

from headrace.inference.loading import LoadedVersion
from headrace.inference.manifest import text_manifest
from headrace.inference.metrics import MemoryMetrics
from headrace.inference.repository import ModelRepository
from headrace.inference.routed_classifier import RoutedClassifier
from headrace.inference.shadow import MAX_WAITING_ROWS, Shadow
from headrace.inference.text_classifier import Classifications
from headrace.inference.text_model import TextModel
from headrace.testing.models import copy_version, turn_labels

MANIFEST = text_manifest(ModelRepository().manifest("sentiment", 1))
FOLDER = ModelRepository().version_folder("sentiment", 1)
VERSION = {"model": "sentiment", "version": "1"}
TEXTS = ["非常好，很满意", "太差了，再也不买了", None, ""]


def positive(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.array([[0, 1]] * len(texts), dtype=np.float32)


def served(labels: Sequence[str | None]) -> Classifications:
    result = Classifications.empty(len(labels))
    result.label[:] = labels
    return result


def started(probabilities: Callable[[Sequence[str]], NDArray[np.float32]]) -> tuple[Shadow, MemoryMetrics]:
    metrics = MemoryMetrics()
    model = TextModel(FOLDER, MANIFEST)
    model.probabilities = probabilities  # type: ignore[method-assign]
    return Shadow(LoadedVersion(MANIFEST, model), metrics), metrics


def test_a_shadow_counts_under_names_of_its_own() -> None:
    shadow, metrics = started(positive)
    shadow.offer(TEXTS, served(["positive", "negative", None, "neutral"]))
    await_true(lambda: metrics.value("model_shadow_disagreements_total", **VERSION) == 1)
    labels = {
        label: metrics.value("model_shadow_labels_total", **VERSION, label=label)
        for label in ("positive", "neutral", "null")
    }
    assert labels == {"positive": 2, "neutral": 1, "null": 1}
    assert metrics.value("model_shadow_rows_total", **VERSION, status="ok") == 2
    assert metrics.value("model_rows_total", **VERSION, status="ok") == 0
    shadow.close()


def test_a_shadow_that_fails_goes_on() -> None:
    shadow, metrics = started(positive)
    shadow.offer(["好"], served(["positive", "negative"]))  # not one label a text: whatever may go wrong in there
    await_true(lambda: metrics.value("model_shadow_failures_total", **VERSION, error="ValueError"))
    shadow.offer(["好"], served(["negative"]))
    await_true(lambda: metrics.value("model_shadow_disagreements_total", **VERSION) == 1)
    shadow.close()


def test_a_shadow_that_is_slow_misses_texts() -> None:
    goes_on = threading.Event()

    def slow(texts: Sequence[str]) -> NDArray[np.float32]:
        goes_on.wait()
        return positive(texts)

    shadow, metrics = started(slow)
    batch = 256
    for _ in range(MAX_WAITING_ROWS // batch + 3):
        shadow.offer(["好"] * batch, served(["positive"] * batch))
    assert metrics.value("model_shadow_dropped_rows_total", **VERSION) == 3 * batch
    goes_on.set()
    await_true(lambda: metrics.value("model_shadow_labels_total", **VERSION, label="positive") == MAX_WAITING_ROWS)
    shadow.close()


def test_a_shadow_changes_no_result(models: Path) -> None:
    turn_labels(copy_version(models, "sentiment", 1, 2))
    with serve(models) as model:
        metrics = MemoryMetrics()
        classifier = RoutedClassifier(model, metrics)
        before = classifier.classify(TEXTS)
        write_route(models, "weights: {1: 100}\nshadow: [2]")
        await_true(lambda: model.serving.route.shadow)
        after = classifier.classify(TEXTS)
        for one, other in zip(before, after, strict=True):
            np.testing.assert_array_equal(one, other)
        labels = {**LABELS, "version": "2"}

        def disagreements() -> int:
            classifier.classify([])  # what the shadow has counted reaches Flink with the next batch
            return metrics.value("model_shadow_disagreements_total", **labels)

        await_true(lambda: disagreements() == 2)
        assert metrics.value("model_shadow_rows_total", **labels, status="ok") == 2
        assert metrics.value("model_rows_total", **labels, status="ok") == 0
        assert metrics.value("model_serving_weight", **labels) == 0
        write_route(models, "weights: {1: 100}")
        await_true(lambda: not model.serving.route.shadow)
        classifier.classify(TEXTS)
        assert metrics.value("model_shadow_rows_total", **labels, status="ok") == 2


def test_a_shadow_that_does_not_load_leaves_the_others(models: Path, caplog: pytest.LogCaptureFixture) -> None:
    copy_version(models, "sentiment", 1, 2)
    (copy_version(models, "sentiment", 1, 3) / "vocabulary.txt").unlink()
    with serve(models) as model:
        write_route(models, "weights: {1: 50, 2: 50}\nshadow: [3]")
        await_true(lambda: model.serving.route.weights == {1: 50, 2: 50})
        assert model.serving.route.shadow == ()
        assert "model sentiment version 3: does not load" in caplog.text
