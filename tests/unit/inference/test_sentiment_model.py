"""The published model `sentiment` on held-out reviews."""

from __future__ import annotations

import numpy as np
import pytest

from headrace.inference.golden import read_golden_rows
from headrace.inference.loading import load_text_classifier
from headrace.inference.repository import ModelRepository
from train.sentiment.reviews import Review, Split, read_reviews

MANIFEST = ModelRepository().manifest("sentiment", 1)


@pytest.fixture(scope="module")
def held_out() -> list[Review]:
    """The reviews of the test part that the model takes; without the data the test fails and says what to do."""
    return [
        review
        for review in read_reviews()
        if review.split is Split.TEST and len(review.text) <= MANIFEST.limits.max_characters
    ]


def test_accuracy_is_as_published(held_out: list[Review]) -> None:
    result = load_text_classifier("sentiment").classify([review.text for review in held_out])
    assert set(result.status) == {"ok"}
    accuracy = np.mean((result.label == "positive") == [review.is_positive for review in held_out])
    assert len(held_out) == MANIFEST.data[0].split_sizes["test"]
    # One review more or less may fall to the other side of the threshold on another processor.
    assert accuracy == pytest.approx(MANIFEST.metrics.parts["reviews test"].accuracy, abs=1.5 / len(held_out))
    assert accuracy >= 0.855


def test_scores_do_not_depend_on_neighbours(held_out: list[Review]) -> None:
    classifier = load_text_classifier("sentiment")
    texts = [review.text for review in held_out[:300]]
    alone = [classifier.classify([text]).score[0] for text in texts]
    np.testing.assert_allclose(classifier.classify(texts).score, alone, rtol=0, atol=1e-6)
    np.testing.assert_allclose(classifier.classify(texts[::-1]).score[::-1], alone, rtol=0, atol=1e-6)


def test_scores_are_calibrated(held_out: list[Review]) -> None:
    """Confidence and accuracy agree within 3 points: the expected calibration error over ten bins of confidence."""
    result = load_text_classifier("sentiment").classify([review.text for review in held_out])
    right = (result.label == "positive") == np.array([review.is_positive for review in held_out])
    bins = np.minimum((result.confidence - 0.5) * 20, 9).astype(int)
    gaps = [abs(right[bins == number].sum() - result.confidence[bins == number].sum()) for number in range(10)]
    assert sum(gaps) / len(right) < 0.03


def test_golden_rows_cover_labels_and_statuses() -> None:
    rows = read_golden_rows(ModelRepository().version_folder("sentiment", 1) / "golden.jsonl")
    assert len(rows) >= 20
    assert {row.label for row in rows} == {"positive", "negative", "neutral", None}
    assert {row.status for row in rows} == {"ok", "empty", "undecodable", "too_long", None}
