"""Negative, neutral, positive: two n-gram models and how they are put together.

One says on which side a text is (polarity logit p), one whether it takes a side at all (neutrality logit n):

    P(negative), P(neutral), P(positive) = softmax(-a p, b n + c, a p)

The reviews know no neutral: they teach the polarity in full, and the neutrality with a small weight only. a, b and c
are fitted on the validation part, so they calibrate the probabilities as well. A score (P(positive) + P(neutral) / 2)
is at least 0.5 exactly where P(positive) >= P(negative), that is p >= 0.
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

ORDERS = (1, 2, 3, 4)
MIN_DOCUMENT_FREQUENCY = 3  # in the reviews or in the supplement
SMOOTHING = 1.0
# Chosen by the validation parts.
POLARITY_REGULARIZATION = 1e-5
NEUTRALITY_REGULARIZATION = 1e-5
REVIEW_WEIGHT_IN_NEUTRALITY = 0.1


@dataclass(frozen=True)
class ThreeLabelModel:
    """The two models, calibrated."""

    polarity: Nbsvm
    neutrality: Nbsvm

    def logits(self, encoded: EncodedTexts) -> NDArray[np.float64]:
        """float64 [texts, 3], in the order negative, neutral, positive."""
        polarity = self.polarity.logits(encoded)
        return np.stack([-polarity, self.neutrality.logits(encoded), polarity], axis=1)


def choose_three_label_vocabulary(reviews: LabelledTexts, supplement: LabelledTexts) -> list[str]:
    """N-grams that are frequent enough in the reviews or in the supplement, in code point order."""
    chosen = {
        entry
        for part in (reviews, supplement)
        for entry in choose_vocabulary(part.texts, ORDERS, MIN_DOCUMENT_FREQUENCY)
    }
    return sorted(chosen)


def train_three_labels(tokenizer: CharNgrams, reviews: LabelledTexts, supplement: LabelledTexts) -> ThreeLabelModel:
    """Train both models; no random number is drawn."""
    labels = np.concatenate([reviews.labels, supplement.labels])
    texts = [*reviews.texts, *supplement.texts]
    takes_a_side = labels != NEUTRAL
    polarity = train(
        tokenizer.encode([text for text, kept in zip(texts, takes_a_side, strict=True) if kept]),
        labels[takes_a_side] == POSITIVE,
        tokenizer.padding_id,
        SMOOTHING,
        POLARITY_REGULARIZATION,
    )
    weights = np.ones(len(texts))
    weights[: len(reviews.texts)] = REVIEW_WEIGHT_IN_NEUTRALITY
    neutrality = train(
        tokenizer.encode(texts),
        labels == NEUTRAL,
        tokenizer.padding_id,
        SMOOTHING,
        NEUTRALITY_REGULARIZATION,
        weights,
        scaled_by_ratios=False,
    )
    return ThreeLabelModel(polarity, neutrality)


def calibrated(model: ThreeLabelModel, tokenizer: CharNgrams, parts: Sequence[LabelledTexts]) -> ThreeLabelModel:
    """The model with a, b and c of the lowest loss on validation parts, each part counted the same.

    Vector scaling after C. Guo and others, "On Calibration of Modern Neural Networks", ICML 2017, with the symmetry
    of negative and positive kept: it never changes which of the two is more probable.
    """
    from scipy.optimize import minimize

    labels = np.concatenate([part.labels for part in parts])
    weights = np.concatenate([np.full(len(part.texts), 1 / len(part.texts)) for part in parts])
    logits = np.concatenate([model.logits(tokenizer.encode(part.texts)) for part in parts])
    polarity, neutrality = logits[:, POSITIVE], logits[:, NEUTRAL]

    def loss(numbers: NDArray[np.float64]) -> float:
        a, b, c = numbers
        scaled = np.stack([-a * polarity, b * neutrality + c, a * polarity], axis=1)
        of_label = scaled[np.arange(len(labels)), labels]
        return float((weights * (np.logaddexp.reduce(scaled, axis=1) - of_label)).sum())

    a, b, c = minimize(loss, [0.5, 1.0, 0.0], method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-9}).x
    shifted = model.neutrality.scaled(float(b))
    return ThreeLabelModel(
        model.polarity.scaled(float(a)), Nbsvm(shifted.contributions, shifted.squares, shifted.bias + float(c))
    )
