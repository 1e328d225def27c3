"""Trains and measures every candidate on the same parts of the data."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from headrace.inference.char_ngrams import CharNgrams
from headrace.inference.predictor import PaddlePredictor
from headrace.inference.text_manifest import Metric
from train.sentiment import nbsvm
from train.sentiment.dataset import NEGATIVE, POSITIVE, Dataset, LabelledTexts
from train.sentiment.features import choose_vocabulary
from train.sentiment.program import MODEL_FILE, PARAMETERS_FILE
from train.sentiment.publish import write_program
from train.sentiment.quality import best_temperature, label_quality, quality, three_label_quality, two_label_quality
from train.sentiment.reviews import Split
from train.sentiment.three_labels import (
    ORDERS,
    ThreeLabelModel,
    choose_three_label_vocabulary,
    fit_factors,
    train_three_labels,
)

MIN_DOCUMENT_FREQUENCY = 3
SMOOTHING = 1.0
REGULARIZATIONS = (1e-5, 3e-5, 1e-4)  # the one with the best accuracy on the validation part is taken

TEST_PARTS = ("reviews test", "supplement test", "handwritten test")


@dataclass(frozen=True)
class Candidate:
    """A trained model and how it did.

    metrics: by part of the data, as `Dataset.parts` names them.
    seconds: of training.
    size:    bytes of the trained model.
    """

    name: str
    metrics: dict[str, Metric]
    seconds: float
    size: int


class Baseline(Protocol):
    """A model to compare with."""

    name: str

    def train(self, dataset: Dataset) -> None:
        """Train on the training parts that the model can learn from."""

    def predict(self, texts: list[str], *, neutral: bool) -> NDArray[np.int64]:
        """The label of each text; without `neutral` the more probable one of negative and positive."""

    def size(self) -> int:
        """Bytes of the trained model."""


def measure_baseline(baseline: Baseline, dataset: Dataset) -> Candidate:
    """Train a baseline and measure it on the test parts."""
    started = time.perf_counter()
    baseline.train(dataset)
    seconds = time.perf_counter() - started
    parts = dataset.parts()
    metrics = {
        name: _measure(name, parts[name], baseline.predict(parts[name].texts, neutral=not name.startswith("reviews")))
        for name in TEST_PARTS
    }
    return Candidate(baseline.name, metrics, seconds, baseline.size())


def train_three_label_model(dataset: Dataset, folder: Path) -> tuple[Candidate, str]:
    """Train the model, write vocabulary and program into a folder, and measure the program that was written.

    First on the training parts: the validation parts say how good that is, and how much each of its models should say.
    Then, with nothing left to choose, on both together, which is what is written.

    Returns:
        The candidate, its quality on the validation parts that of the first training; and the SHA-256 of its weights.
    """
    started = time.perf_counter()
    reviews, supplement = dataset.reviews, dataset.supplement
    tokenizer, model, _ = _trained(reviews[Split.TRAIN], supplement[Split.TRAIN])
    factors = fit_factors(model, tokenizer, [reviews[Split.VALIDATION], supplement[Split.VALIDATION]])
    metrics = {}
    for name, part in dataset.parts().items():
        if "validation" in name:
            logits = model.scaled(factors).logits(tokenizer.encode(part.texts))
            metrics |= _three_label_metrics(name, part, softmax(logits, axis=1))

    tokenizer, model, vocabulary = _trained(
        *(parts[Split.TRAIN] + parts[Split.VALIDATION] for parts in (reviews, supplement))
    )
    sha256 = write_program(model.scaled(factors), vocabulary, folder)
    seconds = time.perf_counter() - started

    predictor = PaddlePredictor(folder / MODEL_FILE, folder / PARAMETERS_FILE)
    for name in TEST_PARTS:
        part = dataset.parts()[name]
        probabilities = predictor.run(tokenizer.encode(part.texts)).astype(np.float64)
        metrics |= _three_label_metrics(name, part, probabilities)
    return Candidate("n-gram NBSVM and TF-IDF, three labels (Paddle)", metrics, seconds, _size(folder)), sha256


def _trained(reviews: LabelledTexts, supplement: LabelledTexts) -> tuple[CharNgrams, ThreeLabelModel, list[str]]:
    vocabulary = choose_three_label_vocabulary(reviews, supplement)
    tokenizer = CharNgrams(vocabulary, ORDERS)
    return tokenizer, train_three_labels(tokenizer, reviews, supplement), vocabulary


def _three_label_metrics(name: str, part: LabelledTexts, probabilities: NDArray[np.float64]) -> dict[str, Metric]:
    if not name.startswith("reviews"):
        return {name: three_label_quality(part.labels, probabilities)}
    return {
        name: two_label_quality(part.labels, probabilities),
        f"{name}, neutral as an answer": three_label_quality(part.labels, probabilities),
    }


def train_two_label_model(dataset: Dataset, folder: Path) -> tuple[Candidate, str]:
    """Train what version 1 is: negative and positive, from the reviews alone.

    Returns:
        The candidate, and the SHA-256 of its weights.
    """
    started = time.perf_counter()
    train, validation = dataset.reviews[Split.TRAIN], dataset.reviews[Split.VALIDATION]
    vocabulary = choose_vocabulary(train.texts, ORDERS, MIN_DOCUMENT_FREQUENCY)
    tokenizer = CharNgrams(vocabulary, ORDERS)
    encoded = tokenizer.encode(train.texts)
    held_out = tokenizer.encode(validation.texts)
    is_positive, held_out_is_positive = train.labels == POSITIVE, validation.labels == POSITIVE
    models = [
        nbsvm.train(encoded, is_positive, tokenizer.padding_id, SMOOTHING, regularization)
        for regularization in REGULARIZATIONS
    ]
    best = max(models, key=lambda model: np.mean((model.logits(held_out) >= 0) == held_out_is_positive))
    model = best.scaled(1 / best_temperature(best.logits(held_out), held_out_is_positive))
    sha256 = write_program(model, vocabulary, folder)
    seconds = time.perf_counter() - started

    predictor = PaddlePredictor(folder / MODEL_FILE, folder / PARAMETERS_FILE)
    parts = dataset.parts()
    metrics = {
        name: _measure(
            name,
            parts[name],
            np.where(predictor.run(tokenizer.encode(parts[name].texts)) >= 0.5, POSITIVE, NEGATIVE),
        )
        for name in TEST_PARTS
    }
    return Candidate("n-gram NBSVM, two labels (version 1)", metrics, seconds, _size(folder)), sha256


def _measure(name: str, part: LabelledTexts, predicted: NDArray[np.int64]) -> Metric:
    if name.startswith("reviews"):
        return quality(part.labels == POSITIVE, predicted == POSITIVE)
    return label_quality(part.labels, predicted)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())
