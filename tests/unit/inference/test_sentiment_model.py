"""The published n-gram versions of the model `sentiment` on held-out texts."""

from __future__ import annotations

import numpy as np
import pytest

from headrace.inference.golden import read_golden_rows
from headrace.inference.metrics import MemoryMetrics
from headrace.inference.repository import ModelRepository
from headrace.inference.text_classifier import TextClassifier
from headrace.inference.text_manifest import Metric
from headrace.inference.text_model import TextModel
from train.sentiment.dataset import LABELS, POSITIVE, Dataset, LabelledTexts, read_dataset
from train.sentiment.quality import macro_f1, three_label_quality, two_label_quality

REPOSITORY = ModelRepository()
VERSIONS = (1, 3)
MANIFEST = REPOSITORY.manifest("sentiment", 3)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """Reviews and supplement; without the data of the reviews the test fails and says what to do."""
    return read_dataset(MANIFEST.limits.max_characters)


@pytest.fixture(scope="module", params=VERSIONS)
def version(request: pytest.FixtureRequest) -> int:
    """Each n-gram version."""
    return int(request.param)


@pytest.fixture(scope="module")
def models() -> dict[int, TextModel]:
    """The versions, loaded."""
    return {
        version: TextModel(REPOSITORY.version_folder("sentiment", version), REPOSITORY.manifest("sentiment", version))
        for version in VERSIONS
    }


def classifier_of(model: TextModel) -> TextClassifier:
    """A classifier of one version."""
    return TextClassifier(model.manifest, model.probabilities, MemoryMetrics())


def same_as_published(actual: Metric, part: str, texts: int) -> None:
    """One text more or less may fall to the other side of a threshold on another processor."""
    published = MANIFEST.metrics.parts[part]
    assert actual.accuracy == pytest.approx(published.accuracy, abs=1.5 / texts + 1e-4)
    assert actual.expected_calibration_error == pytest.approx(published.expected_calibration_error, abs=2e-3)


def probabilities_of(model: TextModel, part: LabelledTexts) -> np.ndarray:
    """Probabilities of the labels of every text."""
    return model.probabilities(part.texts).astype(np.float64)


def test_accuracy_on_reviews(dataset: Dataset, models: dict[int, TextModel], version: int) -> None:
    """A score of 0.5 or above counts as positive."""
    part = dataset.parts()["reviews test"]
    result = classifier_of(models[version]).classify(part.texts)
    assert set(result.status) == {"ok"}
    accuracy = np.mean((result.score >= 0.5) == (part.labels == POSITIVE))
    manifest = models[version].manifest
    assert len(part.texts) == manifest.data[0].split_sizes["test"]
    assert accuracy == pytest.approx(manifest.metrics.parts["reviews test"].accuracy, abs=1.5 / len(part.texts) + 1e-4)
    assert accuracy >= 0.855


def test_quality_is_as_published(dataset: Dataset, models: dict[int, TextModel]) -> None:
    parts = dataset.parts()
    reviews = parts["reviews test"]
    probabilities = probabilities_of(models[3], reviews)
    same_as_published(two_label_quality(reviews.labels, probabilities), "reviews test", len(reviews.texts))
    for name in ("supplement test", "handwritten test"):
        part = parts[name]
        actual = three_label_quality(part.labels, probabilities_of(models[3], part))
        same_as_published(actual, name, len(part.texts))
        assert actual.macro_f1 == pytest.approx(MANIFEST.metrics.parts[name].macro_f1, abs=3 / len(part.texts))


def test_calibration_on_reviews() -> None:
    error = MANIFEST.metrics.parts["reviews test"].expected_calibration_error
    assert error is not None
    assert error < 0.04


def test_three_labels_are_better_than_two_on_the_supplement(dataset: Dataset, models: dict[int, TextModel]) -> None:
    part = dataset.handwritten_test
    scores = {}
    for version in VERSIONS:
        labels = classifier_of(models[version]).classify(part.texts).label
        scores[version] = macro_f1(part.labels, np.array([LABELS.index(label) for label in labels]))
    assert scores[3] > scores[1] + 0.15


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("一般般", "neutral"),
        ("请问几点开始？", "neutral"),
        ("除夕晚上八点发红包", "neutral"),
        ("外观不错但是电池不行", "neutral"),
        ("新年快乐，阖家幸福", "positive"),
        ("红包被抢光太失望", "negative"),
    ],
)
def test_what_people_mean(models: dict[int, TextModel], text: str, label: str) -> None:
    result = classifier_of(models[3]).classify([text])
    assert result.label.tolist() == [label]
    assert 1 / 3 <= result.confidence[0] <= 1


def test_scores_do_not_depend_on_neighbours(dataset: Dataset, models: dict[int, TextModel], version: int) -> None:
    classifier = classifier_of(models[version])
    texts = dataset.parts()["reviews test"].texts[:150] + dataset.handwritten_test.texts[:150]
    alone = [classifier.classify([text]).score[0] for text in texts]
    np.testing.assert_allclose(classifier.classify(texts).score, alone, rtol=0, atol=1e-6)
    np.testing.assert_allclose(classifier.classify(texts[::-1]).score[::-1], alone, rtol=0, atol=1e-6)


def test_golden_rows_cover_labels_and_statuses(version: int) -> None:
    rows = read_golden_rows(REPOSITORY.version_folder("sentiment", version) / "golden.jsonl")
    assert len(rows) >= 20
    assert {row.label for row in rows} == {"positive", "negative", "neutral", None}
    assert {row.status for row in rows} == {"ok", "empty", "undecodable", "too_long", None}
    if version == 3:
        assert {row.label for row in rows if row.status == "ok"} == set(LABELS)
