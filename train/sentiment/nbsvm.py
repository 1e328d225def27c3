"""Naive Bayes features with a linear classifier over them, trained in Paddle.

After S. Wang and C. Manning, "Baselines and Bigrams: Simple, Good Sentiment and Topic Classification", ACL 2012:
each n-gram j that a text has counts as r_j, the log of the ratio of its smoothed shares in positive and in negative
texts. Here a text's features are scaled to unit length, and the classifier is a logistic regression:

    logit = sum_j w_j r_j / sqrt(sum_j r_j^2) + b

Where the ratios say little of how much a text says, as between neutral texts and others, a text is scaled by the
square root of its number of n-grams instead; `squares` are 1 then.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import paddle
from numpy.typing import NDArray

from headrace.inference.char_ngrams import EncodedTexts

MAX_STEPS = 100  # the objective is within 1e-7 of its minimum by then
HISTORY = 10


@dataclass(frozen=True)
class Nbsvm:
    """The trained numbers of all n-grams and, as the last entry, of the padding id: zero.

    contributions:  float64 [V + 1], w_j r_j.
    squares:        float64 [V + 1], r_j^2, or 1 where texts are scaled by their number of n-grams.
    bias:           b.
    """

    contributions: NDArray[np.float64]
    squares: NDArray[np.float64]
    bias: float

    def logits(self, encoded: EncodedTexts) -> NDArray[np.float64]:
        """The logit of each text."""
        sums = np.bincount(encoded.rows, self.contributions[encoded.ids])
        squares = np.bincount(encoded.rows, self.squares[encoded.ids])
        return sums / np.sqrt(np.maximum(squares, 1e-12)) + self.bias

    def scaled(self, factor: float) -> Nbsvm:
        """The model with every logit multiplied."""
        return Nbsvm(self.contributions * factor, self.squares, self.bias * factor)


def log_count_ratios(
    encoded: EncodedTexts,
    is_positive: NDArray[np.bool_],
    padding_id: int,
    smoothing: float,
    text_weights: NDArray[np.float64],
) -> NDArray[np.float64]:
    """r_j = ln((p_j / |p|) / (q_j / |q|)), with p and q the smoothed weights of positive and negative texts with j.

    Returns:
        float64 [padding_id + 1]; the padding's is 0.
    """
    positive = is_positive[encoded.rows]
    weight = text_weights[encoded.rows]
    p = np.bincount(encoded.ids[positive], weight[positive], minlength=padding_id)[:padding_id] + smoothing
    q = np.bincount(encoded.ids[~positive], weight[~positive], minlength=padding_id)[:padding_id] + smoothing
    return np.append(np.log((p / p.sum()) / (q / q.sum())), 0.0)


def train(
    encoded: EncodedTexts,
    is_positive: NDArray[np.bool_],
    padding_id: int,
    smoothing: float,
    regularization: float,
    text_weights: NDArray[np.float64] | None = None,
    *,
    scaled_by_ratios: bool = True,
) -> Nbsvm:
    """Train by full-batch L-BFGS; no random number is drawn, so equal input gives equal weights.

    Args:
        encoded: the n-grams of the texts.
        is_positive: the label of each text.
        padding_id: size of the vocabulary.
        smoothing: added to the number of texts of each n-gram and label.
        regularization: weight of |w|^2 / 2 beside the mean logistic loss.
        text_weights: of each text beside the others, in ratios and loss; equal by default.
        scaled_by_ratios: scale a text to unit length; otherwise by the square root of its number of n-grams.
    """
    if text_weights is None:
        text_weights = np.ones(len(is_positive))
    ratios = log_count_ratios(encoded, is_positive, padding_id, smoothing, text_weights)
    squares = ratios**2 if scaled_by_ratios else np.append(np.ones(padding_id), 0.0)
    length = np.sqrt(np.bincount(encoded.rows, squares[encoded.ids]))
    values = paddle.to_tensor(ratios[encoded.ids] / np.maximum(length, 1e-6)[encoded.rows])
    ids, rows = paddle.to_tensor(encoded.ids), paddle.to_tensor(encoded.rows)
    signs = paddle.to_tensor(np.where(is_positive, 1.0, -1.0))
    relative_weights = paddle.to_tensor(text_weights / text_weights.mean())

    weights = paddle.create_parameter(
        [padding_id + 1], "float64", default_initializer=paddle.nn.initializer.Constant(0.0)
    )
    bias = paddle.create_parameter([1], "float64", default_initializer=paddle.nn.initializer.Constant(0.0))
    optimizer = paddle.optimizer.LBFGS(
        max_iter=MAX_STEPS,
        history_size=HISTORY,
        line_search_fn="strong_wolfe",
        parameters=[weights, bias],
        tolerance_grad=1e-9,
        tolerance_change=1e-12,
    )

    def objective() -> paddle.Tensor:
        optimizer.clear_grad()
        logits = paddle.geometric.segment_sum(paddle.gather(weights, ids) * values, rows) + bias
        losses = relative_weights * paddle.nn.functional.softplus(-signs * logits)
        loss = losses.mean() + regularization / 2 * (weights * weights).sum()
        loss.backward()
        return loss

    optimizer.step(objective)
    return Nbsvm(weights.numpy() * ratios, squares, float(bias))
