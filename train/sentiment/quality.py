"""How good scores are."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from headrace.inference.manifest import Metric


def quality(is_positive: NDArray[np.bool_], predicted: NDArray[np.bool_]) -> Metric:
    """Accuracy with its standard error, and F1 of the positive label."""
    texts = len(is_positive)
    accuracy = float(np.mean(is_positive == predicted))
    true_positive = int(np.sum(is_positive & predicted))
    f1 = 2 * true_positive / (int(is_positive.sum()) + int(predicted.sum()))
    return Metric(
        accuracy=round(accuracy, 4),
        accuracy_standard_error=round(math.sqrt(accuracy * (1 - accuracy) / texts), 4),
        f1=round(f1, 4),
    )


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
