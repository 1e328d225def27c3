"""One program on two engines, each where it is the faster one.

oneDNN makes an encoder with attention a third faster on large batches and slower on single rows, and look-ups of
embeddings slower throughout. Which it is depends on program and processor, so it is measured when a version is loaded.
"""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from headrace.inference.predictor import Inputs, Predictor

RUNS = 4
# The second engine keeps weights and kernels of its own in memory: it has to be worth it.
LEAST_GAIN = 1.1


class MeasuredPredictor:
    """Runs each batch on the engine that was the fastest one on the largest sample that is no larger than it.

    Attributes:
        choices: for each sample, which of the predictors was chosen.
    """

    def __init__(
        self,
        predictors: Sequence[Predictor],
        samples: Sequence[Inputs],
        clock: Callable[[], float] = time.thread_time,
    ) -> None:
        """Measure.

        The predictors take turns, and the shortest run of each counts: other work on the machine can only lengthen
        one. The default clock counts the thread's own computing time, for the same reason.

        Args:
            predictors: the same program on several engines, the one to prefer first.
            samples: inputs from small to large. They should be small: as long as one runs, the process does nothing
                else, and other versions may be serving.
            clock: gives seconds. A program on several threads needs one that does not count this thread alone.
        """
        self._sizes = [_size(sample) for sample in samples]
        self.choices = [_fastest(predictors, sample, clock) for sample in samples]
        self._chosen = [predictors[choice] for choice in self.choices]

    def run(self, inputs: Inputs) -> NDArray[np.float32]:
        """Run the program; see `PaddlePredictor.run`."""
        return self._chosen[max(0, bisect_right(self._sizes, _size(inputs)) - 1)].run(inputs)


def _size(inputs: Inputs) -> int:
    return inputs[0].size


def _fastest(predictors: Sequence[Predictor], sample: Inputs, clock: Callable[[], float]) -> int:
    for predictor in predictors:
        predictor.run(sample)  # the first run of a shape prepares kernels and memory
    shortest = [min(times) for times in zip(*(_round(predictors, sample, clock) for _ in range(RUNS)), strict=True)]
    fastest = int(np.argmin(shortest))
    return fastest if shortest[fastest] * LEAST_GAIN <= shortest[0] else 0


def _round(predictors: Sequence[Predictor], sample: Inputs, clock: Callable[[], float]) -> list[float]:
    times = []
    for predictor in predictors:
        started = clock()
        predictor.run(sample)
        times.append(clock() - started)
    return times
