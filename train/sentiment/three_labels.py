"""Negative, neutral, positive: n-gram models and how they are put together.

One NBSVM says on which side a text is (polarity p), one whether it takes a side at all (neutrality n). A logistic
regression over TF-IDF of the same n-grams says both once more (p', n'); it errs elsewhere. Together:

    P(negative), P(neutral), P(positive) = softmax(-P, N, P)   with P = a p + b p' and N = c n + d n' + e

The reviews know no neutral: they teach the polarity in full, and the neutrality with a small weight only. a to e are
fitted on the validation parts, so they calibrate the probabilities as well; with a to e fixed, the models are trained
once more on training and validation parts together. A score (P(positive) + P(neutral) / 2) is
at least 0.5 exactly where P(positive) >= P(negative), that is P >= 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headrace.inference.char_ngrams import CharNgrams, EncodedTexts
from train.sentiment.dataset import NEUTRAL, POSITIVE, LabelledTexts
from train.sentiment.features import choose_vocabulary
from train.sentiment.nbsvm import Nbsvm, train
from train.sentiment.tfidf import TfidfLogits, train_tfidf

ORDERS = (1, 2, 3, 4)
MIN_DOCUMENT_FREQUENCY = 3  # in the reviews or in the supplement
MIN_HANDWRITTEN_FREQUENCY = 2  # or in what was written by hand, where words repeat less
SMOOTHING = 1.0
# Chosen by the validation parts.
REGULARIZATION = 1e-5
# How much a text counts in training: a review, a sentence of a grammar, one written by hand.
POLARITY_WEIGHTS = (1.0, 0.5, 1.0)
NEUTRALITY_WEIGHTS = (0.03, 1.0, 4.0)
TFIDF_WEIGHTS = (2.0, 1.0, 3.0)


@dataclass(frozen=True)
class Factors:
    """a to e: how much each model says."""

    polarity: float
    tfidf_polarity: float
    neutrality: float
    tfidf_neutrality: float
    neutrality_bias: float


@dataclass(frozen=True)
class ThreeLabelModel:
    """The models; as they were trained, or with their factors applied."""

    polarity: Nbsvm
    neutrality: Nbsvm
    tfidf: TfidfLogits

    def logits(self, encoded: EncodedTexts) -> NDArray[np.float64]:
        """float64 [texts, 3], in the order negative, neutral, positive."""
        tfidf = self.tfidf.logits(encoded)
        polarity = self.polarity.logits(encoded) + tfidf[:, 0]
        return np.stack([-polarity, self.neutrality.logits(encoded) + tfidf[:, 1], polarity], axis=1)

    def scaled(self, factors: Factors) -> ThreeLabelModel:
        """The model with factors applied."""
        neutrality = self.neutrality.scaled(factors.neutrality)
        return ThreeLabelModel(
            self.polarity.scaled(factors.polarity),
            Nbsvm(neutrality.contributions, neutrality.squares, neutrality.bias + factors.neutrality_bias),
            self.tfidf.scaled(factors.tfidf_polarity, factors.tfidf_neutrality),
        )


def choose_three_label_vocabulary(reviews: LabelledTexts, supplement: LabelledTexts) -> list[str]:
    """N-grams that are frequent enough in the reviews or in the supplement, in code point order."""
    by_hand = [text for text, chosen in zip(supplement.texts, supplement.is_handwritten, strict=True) if chosen]
    chosen = {
        entry
        for texts, frequency in (
            (reviews.texts, MIN_DOCUMENT_FREQUENCY),
            (supplement.texts, MIN_DOCUMENT_FREQUENCY),
            (by_hand, MIN_HANDWRITTEN_FREQUENCY),
        )
        for entry in choose_vocabulary(texts, ORDERS, frequency)
    }
    return sorted(chosen)


def train_three_labels(tokenizer: CharNgrams, reviews: LabelledTexts, supplement: LabelledTexts) -> ThreeLabelModel:
    """Train the models; no random number is drawn."""
    labels = np.concatenate([reviews.labels, supplement.labels])
    texts = [*reviews.texts, *supplement.texts]
    takes_a_side = labels != NEUTRAL
    polarity = train(
        tokenizer.encode([text for text, kept in zip(texts, takes_a_side, strict=True) if kept]),
        labels[takes_a_side] == POSITIVE,
        tokenizer.padding_id,
        SMOOTHING,
        REGULARIZATION,
        _weights(reviews, supplement, POLARITY_WEIGHTS)[takes_a_side],
    )
    encoded = tokenizer.encode(texts)
    neutrality = train(
        encoded,
        labels == NEUTRAL,
        tokenizer.padding_id,
        SMOOTHING,
        REGULARIZATION,
        _weights(reviews, supplement, NEUTRALITY_WEIGHTS),
        scaled_by_ratios=False,
    )
    tfidf = train_tfidf(encoded, labels, tokenizer.padding_id, _weights(reviews, supplement, TFIDF_WEIGHTS))
    return ThreeLabelModel(polarity, neutrality, tfidf)


def _weights(
    reviews: LabelledTexts, supplement: LabelledTexts, weights: tuple[float, float, float]
) -> NDArray[np.float64]:
    of_review, of_grammar, by_hand = weights
    return np.concatenate(
        [np.full(len(reviews.texts), of_review), np.where(supplement.is_handwritten, by_hand, of_grammar)]
    )


def fit_factors(model: ThreeLabelModel, tokenizer: CharNgrams, parts: Sequence[LabelledTexts]) -> Factors:
    """The factors of the lowest loss on validation parts, each part counted the same.

    Vector scaling after C. Guo and others, "On Calibration of Modern Neural Networks", ICML 2017, with the symmetry
    of negative and positive kept.
    """
    from scipy.optimize import minimize

    labels = np.concatenate([part.labels for part in parts])
    weights = np.concatenate([np.full(len(part.texts), 1 / len(part.texts)) for part in parts])
    encoded = [tokenizer.encode(part.texts) for part in parts]
    polarity = np.concatenate([model.polarity.logits(texts) for texts in encoded])
    neutrality = np.concatenate([model.neutrality.logits(texts) for texts in encoded])
    tfidf = np.concatenate([model.tfidf.logits(texts) for texts in encoded])

    def loss(numbers: NDArray[np.float64]) -> float:
        a, b, c, d, e = numbers
        side = a * polarity + b * tfidf[:, 0]
        scaled = np.stack([-side, c * neutrality + d * tfidf[:, 1] + e, side], axis=1)
        of_label = scaled[np.arange(len(labels)), labels]
        return float((weights * (np.logaddexp.reduce(scaled, axis=1) - of_label)).sum())

    best = minimize(loss, [0.5, 0.2, 1.0, 0.2, 0.0], method="L-BFGS-B", options={"ftol": 1e-12})
    return Factors(*map(float, best.x))
