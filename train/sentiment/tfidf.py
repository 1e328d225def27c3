"""Logistic regression of three labels over TF-IDF of n-grams, as logits of polarity and neutrality."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headrace.inference.char_ngrams import EncodedTexts
from train.sentiment.dataset import NEGATIVE, NEUTRAL, POSITIVE

INVERSE_REGULARIZATION = 10.0


@dataclass(frozen=True)
class TfidfLogits:
    """Two numbers an n-gram and a text's length: logit = sum of contributions / sqrt(sum of squares) + bias.

    The last entry of each array is the padding's: zero.

    contributions: float64 [V + 1, 2], of polarity and neutrality, the inverse document frequency applied.
    squares:       float64 [V + 1], of the inverse document frequency.
    biases:        float64 [2].
    """

    contributions: NDArray[np.float64]
    squares: NDArray[np.float64]
    biases: NDArray[np.float64]

    def logits(self, encoded: EncodedTexts) -> NDArray[np.float64]:
        """float64 [texts, 2]: polarity, half the distance of positive and negative; neutrality, above their mean."""
        length = np.sqrt(np.maximum(np.bincount(encoded.rows, self.squares[encoded.ids]), 1e-12))
        sums = [np.bincount(encoded.rows, self.contributions[encoded.ids, column]) for column in range(2)]
        return np.stack(sums, axis=1) / length[:, None] + self.biases

    def scaled(self, polarity: float, neutrality: float) -> TfidfLogits:
        """The model with its logits multiplied."""
        factors = np.array([polarity, neutrality])
        return TfidfLogits(self.contributions * factors, self.squares, self.biases * factors)


def train_tfidf(
    encoded: EncodedTexts, labels: NDArray[np.int64], padding_id: int, text_weights: NDArray[np.float64]
) -> TfidfLogits:
    """Train; no random number is drawn.

    Args:
        encoded: the n-grams of the texts.
        labels: of the texts, positions in LABELS.
        padding_id: size of the vocabulary.
        text_weights: how much each text counts.
    """
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import normalize

    real = encoded.ids != padding_id
    counts = csr_matrix((np.ones(real.sum()), (encoded.rows[real], encoded.ids[real])), shape=(len(labels), padding_id))
    document_frequency = np.asarray(counts.sum(axis=0)).ravel()
    inverse_frequency = np.log((1 + len(labels)) / (1 + document_frequency)) + 1
    model = LogisticRegression(C=INVERSE_REGULARIZATION, max_iter=200)
    model.fit(normalize(counts.multiply(inverse_frequency).tocsr()), labels, sample_weight=text_weights)
    weights, biases = model.coef_.T * inverse_frequency[:, None], model.intercept_
    contributions = np.append(_polarity_and_neutrality(weights), np.zeros((1, 2)), axis=0)
    return TfidfLogits(contributions, np.append(inverse_frequency**2, 0.0), _polarity_and_neutrality(biases))


def _polarity_and_neutrality(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Softmax(-P, N, P) is what softmax of the three logits is."""
    negative, neutral, positive = (logits[..., label] for label in (NEGATIVE, NEUTRAL, POSITIVE))
    return np.stack([(positive - negative) / 2, neutral - (positive + negative) / 2], axis=-1)
