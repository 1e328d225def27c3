"""How good probabilities are."""

from __future__ import annotations

import numpy as np
import pytest

from train.ernie.evaluation import quality_of


def test_quality_of_three_labels() -> None:
    probabilities = np.array([[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]])
    metric = quality_of(probabilities, np.array([0, 1, 2, 2]))
    assert metric.accuracy == 0.75
    assert metric.macro_f1 == pytest.approx((1 + 2 / 3 + 2 / 3) / 3, abs=1e-4)
    assert metric.f1 is None
    assert metric.expected_calibration_error == pytest.approx(0.05)


def test_two_labels_are_told_apart_by_the_score() -> None:
    """A review that is called neutral counts by the side of 0.5 on which its score is."""
    probabilities = np.array([[0.3, 0.5, 0.2], [0.1, 0.6, 0.3], [0.6, 0.1, 0.3]])
    metric = quality_of(probabilities, np.array([0, 2, 2]))
    assert metric.accuracy == pytest.approx(2 / 3, abs=1e-4)
    assert metric.f1 == pytest.approx(2 / 3, abs=1e-4)
    assert metric.macro_f1 is None
