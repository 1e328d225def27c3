"""Logits of a network over many texts, their calibration, and how good probabilities are."""

from __future__ import annotations

import numpy as np
import paddle
from numpy.typing import NDArray

from headrace.inference.text_manifest import Metric
from headrace.inference.text_model import TextModel
from headrace.inference.word_piece import TokenRows
from train.ernie.batches import Limits, padded, plan_batches
from train.ernie.texts import Part
from train.sentiment.dataset import LABELS, NEGATIVE, NEUTRAL, POSITIVE
from train.sentiment.quality import expected_calibration_error, label_quality, quality

_LIMITS = Limits(rows=64, tokens=8192)


def logits_of(network: paddle.nn.Layer, rows: TokenRows) -> NDArray[np.float32]:
    """Logits of all rows, in their order: float32 [rows, labels]. Leaves the network in evaluation mode."""
    network.eval()
    result = np.empty((len(rows.lengths), len(LABELS)), dtype=np.float32)
    with paddle.no_grad():
        for batch in plan_batches(rows.lengths, _LIMITS, np.random.default_rng(0)):
            result[batch] = network(paddle.to_tensor(padded(rows, batch))).numpy()
    return result


def softmax(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Probabilities: float64 [rows, labels]."""
    shifted = np.exp(logits.astype(np.float64) - logits.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def best_temperature(logits: dict[str, NDArray[np.floating]], parts: dict[str, Part]) -> float:
    """The temperature T at which softmax(logits / T) has the lowest cross-entropy; each source counts the same.

    After C. Guo and others, "On Calibration of Modern Neural Networks", ICML 2017. No label changes by it.
    """
    from scipy.optimize import minimize_scalar

    def loss(temperature: float) -> float:
        losses = []
        for source, part in parts.items():
            probabilities = softmax(logits[source] / temperature)
            losses.append(-np.mean(np.log(np.maximum(probabilities[np.arange(len(part.labels)), part.labels], 1e-30))))
        return float(np.mean(losses))

    return float(minimize_scalar(loss, bounds=(0.1, 10.0), method="bounded").x)


def measure(model: TextModel, part: Part) -> Metric:
    """Quality of a version of three labels on some texts, as a worker runs it."""
    probabilities = np.empty((len(part.texts), len(LABELS)), dtype=np.float32)
    order = np.argsort([len(text) for text in part.texts], kind="stable")  # a run computes for the padding too
    for start in range(0, len(order), _LIMITS.rows):
        rows = order[start : start + _LIMITS.rows]
        probabilities[rows] = model.probabilities([part.texts[row] for row in rows])
    return quality_of(probabilities, part.labels)


def quality_of(probabilities: NDArray[np.floating], labels: NDArray[np.int64]) -> Metric:
    """How good probabilities are: float [texts, labels], with the labels that are right.

    Where no label is neutral, what counts is on which side of 0.5 the score is. The calibration is that of the three
    labels all the same.
    """
    best = probabilities.argmax(axis=1)
    if NEUTRAL in labels:
        metric = label_quality(labels, best)
    else:
        metric = quality(labels == POSITIVE, probabilities[:, POSITIVE] >= probabilities[:, NEGATIVE])
    error = expected_calibration_error(probabilities.max(axis=1), best == labels)
    return metric.model_copy(update={"expected_calibration_error": round(error, 4)})
