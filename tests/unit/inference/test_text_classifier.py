"""Batches of texts: results, defaults, repeated texts, failures, counts."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from unittest.mock import ANY

import numpy as np
import pytest
from numpy.typing import NDArray

from headrace.inference.metrics import MemoryMetrics
from headrace.inference.repository import ModelRepository
from headrace.inference.text_cache import TextCache
from headrace.inference.text_classifier import MAX_BATCH_ROWS, MAX_FAILED_RUNS, TextClassifier

MANIFEST = ModelRepository().manifest("sentiment", 1)
LABELS = {"model": "sentiment", "version": "1"}


class RecordingModel:
    """Scores a text by its length and keeps what it was asked."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.calls.append(list(texts))
        scores = np.array([min(len(text) / 10, 1.0) for text in texts], dtype=np.float32)
        return np.stack([1 - scores, scores], axis=1)


def rows_of(classifier: TextClassifier, texts: Sequence[str | None]) -> list[tuple[object, ...]]:
    """The result, a tuple a text."""
    return list(zip(*(column.tolist() for column in classifier.classify(texts)), strict=True))


def test_results_stand_in_the_order_of_the_texts() -> None:
    rows = rows_of(TextClassifier(MANIFEST, RecordingModel(), MemoryMetrics()), ["好好好好好", "", "差", "好好好好好"])
    assert rows[0] == rows[3] == ("positive", 0.5, 0.5, "1", "ok")  # the threshold itself is positive
    assert rows[1] == ("neutral", 0.5, 0.0, "1", "empty")
    assert rows[2] == ("negative", pytest.approx(0.1), pytest.approx(0.9), "1", "ok")


def test_null_has_no_result() -> None:
    [(label, score, confidence, version, status)] = rows_of(
        TextClassifier(MANIFEST, RecordingModel(), MemoryMetrics()), [None]
    )
    assert (label, version, status) == (None, None, None)
    assert isinstance(score, float)
    assert math.isnan(score)
    assert isinstance(confidence, float)
    assert math.isnan(confidence)


def test_no_texts_give_no_rows() -> None:
    model = RecordingModel()
    assert rows_of(TextClassifier(MANIFEST, model, MemoryMetrics()), []) == []
    assert model.calls == []


def test_the_model_sees_each_good_text_once() -> None:
    model = RecordingModel()
    too_long = "好" * (MANIFEST.limits.max_characters + 1)
    rows = rows_of(
        TextClassifier(MANIFEST, model, MemoryMetrics()), ["好", "差", None, "好", "", "\ufffd", too_long, "好"]
    )
    assert model.calls == [["好", "差"]]
    assert [row[4] for row in rows] == ["ok", "ok", None, "ok", "empty", "undecodable", "too_long", "ok"]


def test_large_batches_are_cut() -> None:
    model = RecordingModel()
    texts = [f"第{number}条" for number in range(2 * MAX_BATCH_ROWS + 1)]
    rows = rows_of(TextClassifier(MANIFEST, model, MemoryMetrics()), texts)
    assert [len(call) for call in model.calls] == [MAX_BATCH_ROWS, MAX_BATCH_ROWS, 1]
    assert [row[1] for row in rows] == pytest.approx([len(text) / 10 for text in texts])


def test_counts() -> None:
    metrics = MemoryMetrics()
    classifier = TextClassifier(MANIFEST, RecordingModel(), metrics)
    classifier.classify(["好", "差", "好", None, ""])
    classifier.classify(["很好"])
    assert metrics.value("model_requests_total", **LABELS) == 2
    statuses = {
        status: metrics.value("model_rows_total", **LABELS, status=status) for status in ("ok", "null", "empty")
    }
    assert statuses == {"ok": 4, "null": 1, "empty": 1}
    assert metrics.value("model_batch_rows_bucket", **LABELS, le="1") == 1
    assert metrics.value("model_batch_rows_bucket", **LABELS, le="2") == 2
    assert metrics.value("model_batch_rows_bucket", **LABELS, le="+Inf") == 2
    assert metrics.value("model_run_seconds_count", **LABELS) == 2
    assert metrics.value("model_fallbacks_total", **LABELS) == 1
    assert metrics.value("model_cache_hits_total", **LABELS) == 0


def test_recent_texts_do_not_reach_the_model_again() -> None:
    model, metrics = RecordingModel(), MemoryMetrics()
    classifier = TextClassifier(MANIFEST, model, metrics, TextCache(max_entries=2, max_characters=100))
    first = rows_of(classifier, ["好", "很好"])
    assert rows_of(classifier, ["很好", "差", "很好", None, "好"]) == [first[1], ANY, first[1], ANY, first[0]]
    assert model.calls == [["好", "很好"], ["差"]]
    assert metrics.value("model_cache_hits_total", **LABELS) == 2
    assert metrics.value("model_rows_total", **LABELS, status="ok") == 6
    classifier.classify(["很好"])
    assert model.calls[2:] == [["很好"]]  # 好 was the last one used, and 差 came after it


def broken(texts: Sequence[str]) -> NDArray[np.float32]:
    """A model that raises."""
    raise RuntimeError("out of memory")


def not_a_number(texts: Sequence[str]) -> NDArray[np.float32]:
    """A model whose weights are damaged."""
    return np.full(len(texts), np.nan, dtype=np.float32)


def too_few(texts: Sequence[str]) -> NDArray[np.float32]:
    """A model that loses a row."""
    return np.zeros(len(texts) - 1, dtype=np.float32)


@pytest.mark.parametrize(
    ("model", "error"), [(broken, "RuntimeError"), (not_a_number, "ValueError"), (too_few, "ValueError")]
)
def test_a_failing_model_gives_the_default(model: RecordingModel, error: str, caplog: pytest.LogCaptureFixture) -> None:
    metrics = MemoryMetrics()
    with caplog.at_level(logging.ERROR):
        rows = rows_of(TextClassifier(MANIFEST, model, metrics), ["好", "", "差"])
    assert [row[4] for row in rows] == ["failed", "empty", "failed"]
    assert rows[0] == ("neutral", 0.5, 0.0, "1", "failed")
    assert metrics.value("model_errors_total", **LABELS, error=error) == 3  # both texts, then each alone
    assert metrics.value("model_rows_total", **LABELS, status="failed") == 2
    assert metrics.value("model_fallbacks_total", **LABELS) == 3
    [record] = caplog.records
    assert record.exc_info is not None
    assert "sentiment version 1: failed on 2 of 2 texts in 3 runs" in record.getMessage()


class FailingOn(RecordingModel):
    """Fails on every batch that has one of some texts."""

    def __init__(self, *bad: str) -> None:
        super().__init__()
        self.bad = set(bad)

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        result = super().__call__(texts)
        if self.bad.intersection(texts):
            raise RuntimeError("a text that the program does not take")
        return result


def test_only_the_text_that_the_model_fails_on_fails() -> None:
    texts = [f"第{number}条" for number in range(MAX_BATCH_ROWS)]
    model, metrics = FailingOn(texts[77]), MemoryMetrics()
    rows = rows_of(TextClassifier(MANIFEST, model, metrics), texts)
    assert [row for row, values in enumerate(rows) if values[4] != "ok"] == [77]
    assert [row[1] for row in rows[:77]] == pytest.approx([len(text) / 10 for text in texts[:77]])
    assert metrics.value("model_errors_total", **LABELS, error="RuntimeError") == 9  # 256, 128, ... 1 texts
    assert len(model.calls) == 17


def test_a_failed_text_is_not_kept() -> None:
    model = FailingOn("差")
    classifier = TextClassifier(MANIFEST, model, MemoryMetrics())
    assert [row[4] for row in rows_of(classifier, ["好", "差"])] == ["ok", "failed"]
    model.bad.clear()
    assert [row[4] for row in rows_of(classifier, ["好", "差"])] == ["ok", "ok"]


def test_a_model_that_always_fails_costs_few_runs(caplog: pytest.LogCaptureFixture) -> None:
    texts = [f"第{number}条" for number in range(MAX_BATCH_ROWS)]
    model = FailingOn(*texts)
    rows = rows_of(TextClassifier(MANIFEST, model, MemoryMetrics()), texts)
    assert {row[4] for row in rows} == {"failed"}
    assert len(model.calls) < MAX_FAILED_RUNS + 9
    assert len(caplog.records) == 1
