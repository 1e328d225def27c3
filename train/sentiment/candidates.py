"""Trains and measures every candidate on the same parts of the data."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from headrace.inference.char_ngrams import CharNgrams
from headrace.inference.manifest import Metric
from headrace.inference.predictor import PaddlePredictor
from train.sentiment import nbsvm
from train.sentiment.features import choose_vocabulary
from train.sentiment.program import MODEL_FILE, PARAMETERS_FILE
from train.sentiment.publish import write_program
from train.sentiment.quality import best_temperature, quality
from train.sentiment.reviews import Review, Split

ORDERS = (1, 2, 3, 4)
MIN_DOCUMENT_FREQUENCY = 3
SMOOTHING = 1.0
REGULARIZATIONS = (1e-5, 3e-5, 1e-4)  # the one with the best accuracy on the validation part is taken


@dataclass(frozen=True)
class Part:
    """The texts of a split and their labels."""

    texts: list[str]
    is_positive: NDArray[np.bool_]


@dataclass(frozen=True)
class Candidate:
    """A trained model and how it did.

    metrics: by split, the test part at least.
    seconds: of training.
    size:    bytes of the trained model.
    """

    name: str
    metrics: dict[Split, Metric]
    seconds: float
    size: int


class Baseline(Protocol):
    """A model to compare with."""

    name: str

    def train(self, texts: list[str], is_positive: NDArray[np.bool_]) -> None:
        """Train."""

    def predict(self, texts: list[str]) -> NDArray[np.bool_]:
        """Whether each text is positive."""

    def size(self) -> int:
        """Bytes of the trained model."""


def split_parts(reviews: list[Review]) -> dict[Split, Part]:
    """The parts of the data."""
    return {
        split: Part(
            [review.text for review in reviews if review.split is split],
            np.array([review.is_positive for review in reviews if review.split is split]),
        )
        for split in Split
    }


def measure_baseline(baseline: Baseline, parts: dict[Split, Part]) -> Candidate:
    """Train a baseline on the training part and measure it on the test part."""
    started = time.perf_counter()
    baseline.train(parts[Split.TRAIN].texts, parts[Split.TRAIN].is_positive)
    seconds = time.perf_counter() - started
    test = parts[Split.TEST]
    metric = quality(test.is_positive, baseline.predict(test.texts))
    return Candidate(baseline.name, {Split.TEST: metric}, seconds, baseline.size())


def train_nbsvm(parts: dict[Split, Part], folder: Path) -> tuple[Candidate, str]:
    """Train the model, write vocabulary and program into a folder, and measure the program that was written.

    Returns:
        The candidate, and the SHA-256 of its weights.
    """
    started = time.perf_counter()
    train, validation = parts[Split.TRAIN], parts[Split.VALIDATION]
    vocabulary = choose_vocabulary(train.texts, ORDERS, MIN_DOCUMENT_FREQUENCY)
    tokenizer = CharNgrams(vocabulary, ORDERS)
    encoded = tokenizer.encode(train.texts)
    held_out = tokenizer.encode(validation.texts)
    models = [
        nbsvm.train(encoded, train.is_positive, tokenizer.padding_id, SMOOTHING, regularization)
        for regularization in REGULARIZATIONS
    ]
    best = max(models, key=lambda model: np.mean((model.logits(held_out) >= 0) == validation.is_positive))
    calibrated = best.scaled(1 / best_temperature(best.logits(held_out), validation.is_positive))
    sha256 = write_program(calibrated, vocabulary, folder)
    seconds = time.perf_counter() - started

    predictor = PaddlePredictor(folder / MODEL_FILE, folder / PARAMETERS_FILE)
    metrics = {
        split: quality(part.is_positive, predictor.run(tokenizer.encode(part.texts)) >= 0.5)
        for split, part in parts.items()
    }
    size = sum(path.stat().st_size for path in folder.iterdir())
    return Candidate("n-gram NBSVM (Paddle)", metrics, seconds, size), sha256
