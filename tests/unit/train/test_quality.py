"""Measures of quality on examples worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from train.sentiment.dataset import NEGATIVE, NEUTRAL, POSITIVE
from train.sentiment.quality import expected_calibration_error, macro_f1, three_label_quality, two_label_quality


def test_expected_calibration_error() -> None:
    # Bins of a fifth: three texts at 0.9 of which two are right, one at 0.5 that is wrong:
    # 3/4 * |2/3 - 0.9| + 1/4 * |0 - 0.5| = 0.175 + 0.125
    confidence = np.array([0.9, 0.9, 0.5, 0.9])
    is_right = np.array([True, True, False, False])
    assert expected_calibration_error(confidence, is_right, bins=5) == pytest.approx(0.3)


def test_gaps_of_a_bin_cancel_and_those_of_two_bins_do_not() -> None:
    is_right = np.array([True, False])
    assert expected_calibration_error(np.array([0.5, 0.5]), is_right) == 0
    assert expected_calibration_error(np.array([0.9, 0.1]), is_right) == pytest.approx(0.1)


def test_a_confidence_of_one_is_in_the_last_bin() -> None:
    assert expected_calibration_error(np.array([1.0, 0.95]), np.array([True, False])) == pytest.approx(0.95 / 2)


def test_macro_f1() -> None:
    labels = np.array([NEGATIVE, NEGATIVE, NEUTRAL, POSITIVE])
    predicted = np.array([NEGATIVE, NEUTRAL, NEUTRAL, POSITIVE])
    # negative 2/3, neutral 2/3, positive 1
    assert macro_f1(labels, predicted) == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)


def test_three_labels() -> None:
    metric = three_label_quality(
        np.array([NEGATIVE, NEUTRAL]), np.array([[0.6, 0.2, 0.2], [0.1, 0.3, 0.6]], dtype=np.float64)
    )
    assert metric.accuracy == 0.5
    assert metric.accuracy_standard_error == pytest.approx(0.3536)
    assert metric.macro_f1 == pytest.approx((1 + 0 + 0) / 3, abs=1e-4)
    assert metric.expected_calibration_error == pytest.approx(0.1)  # both have 0.6, one of two is right


def test_neutral_is_ignored_between_two_labels() -> None:
    metric = two_label_quality(
        np.array([NEGATIVE, POSITIVE]), np.array([[0.2, 0.7, 0.1], [0.1, 0.5, 0.4]], dtype=np.float64)
    )
    assert (metric.accuracy, metric.f1) == (1, 1)
    assert metric.expected_calibration_error == pytest.approx((1 / 3 + 0.2) / 2, abs=1e-4)
