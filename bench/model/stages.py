"""Times tokenizer and program of a loaded model where they run: the parts of one call, not of loops of their own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from headrace.inference.predictor import Inputs, Predictor
from headrace.inference.text_model import TextModel
from headrace.inference.tokenizer import Batch, Tokenizer


class Stages:
    """Seconds that a model has spent in its stages since the last `take`."""

    def __init__(self, model: TextModel) -> None:
        """Time a model from now on."""
        self._seconds = {"tokenizer": 0.0, "program": 0.0}
        model._tokenizer = _TimedTokenizer(model._tokenizer, self._add)
        model._predictor = _TimedPredictor(model._predictor, self._add)

    def take(self) -> dict[str, float]:
        """The seconds by stage; counts from zero again."""
        seconds, self._seconds = self._seconds, dict.fromkeys(self._seconds, 0.0)
        return seconds

    def _add(self, stage: str, began: float) -> None:
        self._seconds[stage] += time.perf_counter() - began


Add = Callable[[str, float], None]


class _TimedTokenizer:
    def __init__(self, tokenizer: Tokenizer, add: Add) -> None:
        self._tokenizer = tokenizer
        self._add = add

    def batches(self, texts: Sequence[str]) -> Iterator[Batch]:
        began = time.perf_counter()
        batches = iter(self._tokenizer.batches(texts))
        batch = next(batches, None)
        self._add("tokenizer", began)
        while batch is not None:
            yield batch
            began = time.perf_counter()
            batch = next(batches, None)
            self._add("tokenizer", began)


class _TimedPredictor:
    def __init__(self, predictor: Predictor, add: Add) -> None:
        self._predictor = predictor
        self._add = add

    def run(self, inputs: Inputs) -> NDArray[np.float32]:
        began = time.perf_counter()
        output = self._predictor.run(inputs)
        self._add("program", began)
        return output
