"""The published ERNIE of `sentiment`, version 2, through the worker's code."""

from __future__ import annotations

import numpy as np
import pytest

from headrace.inference.golden import check_golden_rows, check_probabilities, read_golden_rows
from headrace.inference.manifest_parts import GOLDEN_FILE
from headrace.inference.metrics import MemoryMetrics
from headrace.inference.repository import ModelRepository
from headrace.inference.text_classifier import TextClassifier
from headrace.inference.text_model import TextModel
from train.ernie.evaluation import measure
from train.ernie.texts import Sources, read_sources
from train.sentiment.reviews import Split

MANIFEST = ModelRepository().manifest("sentiment", 2)
FOLDER = ModelRepository().version_folder("sentiment", 2)


@pytest.fixture(scope="module")
def model() -> TextModel:
    return TextModel(FOLDER, MANIFEST)


@pytest.fixture(scope="module")
def sources() -> Sources:
    return read_sources()


def test_golden_rows(model: TextModel) -> None:
    check_probabilities(model.probabilities, 3, FOLDER / GOLDEN_FILE)
    check_golden_rows(TextClassifier(MANIFEST, model.probabilities, MemoryMetrics()), FOLDER / GOLDEN_FILE)
    rows = read_golden_rows(FOLDER / GOLDEN_FILE)
    assert {row.label for row in rows if row.status == "ok"} == {"negative", "neutral", "positive"}
    assert {row.status for row in rows} == {"ok", "empty", "undecodable", "too_long", None}


def test_padding_does_not_change_a_text(model: TextModel, sources: Sources) -> None:
    texts = sorted(sources["reviews"][Split.TEST].texts, key=len)[::40]  # from the shortest to the longest
    alone = np.concatenate([model.probabilities([text]) for text in texts])
    np.testing.assert_allclose(model.probabilities(texts), alone, rtol=0, atol=1e-5)


def test_accuracy_is_as_published(model: TextModel, sources: Sources) -> None:
    # A text more or less may fall to the other side on another processor.
    for source, parts in sources.items():
        published = MANIFEST.metrics.parts[f"{source} test"]
        measured = measure(model, parts[Split.TEST])
        assert measured.accuracy == pytest.approx(published.accuracy, abs=2.5 / len(parts[Split.TEST].texts))
        assert measured.expected_calibration_error == pytest.approx(published.expected_calibration_error, abs=0.002)
