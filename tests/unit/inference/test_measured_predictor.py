"""Each batch runs on the engine that was faster for its size."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from headrace.inference.measured_predictor import MeasuredPredictor
from headrace.inference.predictor import Inputs


class Clock:
    """Time that passes only where it is said."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class TimedPredictor:
    """Takes a time for each run and one for each element; the first run of a shape takes a second more."""

    def __init__(self, clock: Clock, name: float, run: float, element: float) -> None:
        self.clock, self.name, self.run_seconds, self.element_seconds = clock, name, run, element
        self.sizes: set[int] = set()

    def run(self, inputs: Inputs) -> NDArray[np.float32]:
        size = inputs[0].size
        self.clock.seconds += self.run_seconds + self.element_seconds * size + (size not in self.sizes)
        self.sizes.add(size)
        return np.array([self.name], dtype=np.float32)


def batch(size: int) -> Inputs:
    """Inputs of a size."""
    return [np.zeros((1, size), dtype=np.int64)]


def chosen(second_run: float, second_element: float) -> dict[int, float]:
    """Which of two predictors, 1 or 2, runs batches of some sizes; the first one takes 10 + 1 a element."""
    clock = Clock()
    first, second = TimedPredictor(clock, 1, 10, 1), TimedPredictor(clock, 2, second_run, second_element)
    predictor = MeasuredPredictor([first, second], [batch(10), batch(100)], clock)
    return {size: predictor.run(batch(size)).item() for size in (1, 10, 99, 100, 1000)}


def test_the_faster_one_for_each_size() -> None:
    assert chosen(30, 0.5) == {1: 1, 10: 1, 99: 1, 100: 2, 1000: 2}
    assert chosen(1, 2) == {1: 1, 10: 1, 99: 1, 100: 1, 1000: 1}
    assert chosen(1, 0.5) == {1: 2, 10: 2, 99: 2, 100: 2, 1000: 2}


@pytest.mark.parametrize(("run", "name"), [(9.5, 1), (8.5, 2)])
def test_the_second_one_has_to_be_a_tenth_faster(run: float, name: float) -> None:
    clock = Clock()
    predictors = [TimedPredictor(clock, 1, 10, 0), TimedPredictor(clock, 2, run, 0)]
    assert MeasuredPredictor(predictors, [batch(1)], clock).run(batch(5)).item() == name
