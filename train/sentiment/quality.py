"""How good labels and probabilities are."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from headrace.inference.text_manifest import Metric
from train.sentiment.dataset import LABELS, NEGATIVE, POSITIVE

BINS = 15


def quality(is_positive: NDArray[np.bool_], predicted: NDArray[np.bool_]) -> Metric:
    """Accuracy with its standard error, and F1 of the positive label."""
    accuracy = float(np.mean(is_positive == predicted))
    true_positive = int(np.sum(is_positive & predicted))
    f1 = 2 * true_positive / (int(is_positive.sum()) + int(predicted.sum()))
    return Metric(
        accuracy=round(accuracy, 4),
        accuracy_standard_error=_standard_error(accuracy, len(is_positive)),
        f1=round(f1, 4),
    )


def two_label_quality(labels: NDArray[np.int64], probabilities: NDArray[np.float64]) -> Metric:
    """Quality where only negative and positive occur: the more probable of these two counts, neutral is ignored.

    The calibration error is that of the two probabilities divided by their sum.

    Args:
        labels: [texts], NEGATIVE or POSITIVE.
        probabilities: [texts, 3].
    """
    two = probabilities[:, [NEGATIVE, POSITIVE]]
    two = two / two.sum(axis=1, keepdims=True)
    predicted = two[:, 1] >= 0.5
    is_positive = labels == POSITIVE
    error = expected_calibration_error(two.max(axis=1), predicted == is_positive)
    return quality(is_positive, predicted).model_copy(update={"expected_calibration_error": round(error, 4)})


def label_quality(labels: NDArray[np.int64], predicted: NDArray[np.int64]) -> Metric:
    """Accuracy and macro-F1: the mean of the F1 of all LABELS that occur among labels or predictions."""
    accuracy = float(np.mean(labels == predicted))
    return Metric(
        accuracy=round(accuracy, 4),
        accuracy_standard_error=_standard_error(accuracy, len(labels)),
        macro_f1=round(macro_f1(labels, predicted), 4),
    )


def three_label_quality(labels: NDArray[np.int64], probabilities: NDArray[np.float64]) -> Metric:
    """Quality of the most probable label; probabilities: [texts, 3]."""
    predicted = probabilities.argmax(axis=1)
    error = expected_calibration_error(probabilities.max(axis=1), predicted == labels)
    return label_quality(labels, predicted).model_copy(update={"expected_calibration_error": round(error, 4)})


def macro_f1(labels: NDArray[np.int64], predicted: NDArray[np.int64]) -> float:
    """Mean of 2 TP / (2 TP + FP + FN) over the labels that occur."""
    scores = []
    for label in range(len(LABELS)):
        is_label, is_predicted = labels == label, predicted == label
        occurrences = int(is_label.sum() + is_predicted.sum())
        if occurrences:
            scores.append(2 * int((is_label & is_predicted).sum()) / occurrences)
    return float(np.mean(scores))


def expected_calibration_error(confidence: NDArray[np.float64], is_right: NDArray[np.bool_], bins: int = BINS) -> float:
    """Mean over the texts of |accuracy - mean confidence| of the text's bin; bins of equal width over 0 to 1.

    C. Guo and others, "On Calibration of Modern Neural Networks", ICML 2017, equation 3.
    """
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = np.bincount(index, is_right.astype(float) - confidence, minlength=bins)
    return float(np.abs(gaps).sum() / len(confidence))


def best_temperature(logits: NDArray[np.float64], is_positive: NDArray[np.bool_]) -> float:
    """The temperature T at which sigmoid(logit / T) has the lowest logistic loss.

    After C. Guo and others, "On Calibration of Modern Neural Networks", ICML 2017. No label changes by it.
    """
    from scipy.optimize import minimize_scalar

    signs = np.where(is_positive, 1.0, -1.0)
    result = minimize_scalar(
        lambda temperature: float(np.mean(np.logaddexp(0.0, -signs * logits / temperature))),
        bounds=(0.1, 10.0),
        method="bounded",
    )
    return float(result.x)


def _standard_error(accuracy: float, texts: int) -> float:
    return round(math.sqrt(accuracy * (1 - accuracy) / texts), 4)
