"""A text classification model in memory: tokenizer and program of one version."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from headrace.inference.engine import Engine, engines
from headrace.inference.measured_predictor import MeasuredPredictor
from headrace.inference.metrics import Metrics
from headrace.inference.predictor import PaddlePredictor, Predictor
from headrace.inference.text_classifier import TextClassifier
from headrace.inference.text_manifest import TextManifest
from headrace.inference.tokenizer import Tokenizer, load_tokenizer

if TYPE_CHECKING:
    from headrace.settings import ModelSettings

# What engines are measured on: a comment of usual length, alone and as a small batch.
SAMPLE_TEXT = "这家店的衣服质量很好，穿着舒服，下次还会再来。"
SAMPLE_ROWS = (1, 8)


class TextModel:
    """Gives the probability of each label for texts that a model takes."""

    def __init__(self, folder: Path, manifest: TextManifest, settings: ModelSettings | None = None) -> None:
        """Load the files of a version that was checked by `ModelRepository.manifest`.

        Args:
            folder: of the version.
            manifest: of the version.
            settings: which engines may run the program; by default those of the environment.

        Raises:
            InferenceError: a file is missing, or Paddle or the tokenizer cannot use it.
        """
        if settings is None:
            from headrace.settings import ModelSettings  # not at the top: Flink's client has no use for it

            settings = ModelSettings()
        self.folder = folder
        self.manifest = manifest
        self._tokenizer = load_tokenizer(folder, manifest.tokenizer)
        self._predictor = _predictor(folder, manifest, engines(settings), self._tokenizer)

    def classifier(self, metrics: Metrics) -> TextClassifier:
        """The model as a function of texts that counts into `metrics`."""
        return TextClassifier(self.manifest, self.probabilities, metrics)

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Probability of each label for each of one or more texts: float32 [len(texts), len(manifest.labels)]."""
        result = np.empty((len(texts), len(self.manifest.labels)), dtype=np.float32)
        for batch in self._tokenizer.batches(texts):
            output = self._predictor.run(batch.inputs)
            # A program of two labels may give the second one's probability alone.
            result[batch.rows] = output if output.ndim == 2 else np.stack([1 - output, output], axis=1)
        return result


def _predictor(folder: Path, manifest: TextManifest, allowed: Sequence[Engine], tokenizer: Tokenizer) -> Predictor:
    files = folder / manifest.program.model, folder / manifest.program.parameters
    predictors = [PaddlePredictor(*files, engine) for engine in allowed]
    if len(predictors) == 1:
        return predictors[0]
    samples = [batch.inputs for rows in SAMPLE_ROWS for batch in tokenizer.batches([SAMPLE_TEXT] * rows)]
    # Runs on several threads do not all count as time of the one that waits for them.
    clock = time.thread_time if allowed[0].math_threads == 1 else time.perf_counter
    return MeasuredPredictor(predictors, samples, clock)
