"""Calibration needs SciPy, which the worker environment does not have."""

from __future__ import annotations

import numpy as np
import pytest

from train.ernie.evaluation import best_temperature, softmax
from train.ernie.texts import Part


def test_the_temperature_of_overconfident_logits_is_found() -> None:
    random = np.random.default_rng(0)
    logits = random.normal(0, 2, (4000, 3))
    labels = np.array([random.choice(3, p=row) for row in softmax(logits)])
    temperature = best_temperature({"reviews": 3 * logits}, {"reviews": Part([], labels)})
    assert temperature == pytest.approx(3, rel=0.1)
