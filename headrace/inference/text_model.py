"""A text classification model in memory: tokenizer and program of one version."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from headrace.inference.manifest import Manifest
from headrace.inference.predictor import PaddlePredictor
from headrace.inference.tokenizer import load_tokenizer


class TextModel:
    """Gives the probability of each label for texts that a model takes."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        """Load the files of a version that was checked by `ModelRepository.manifest`.

        Raises:
            InferenceError: a file is missing, or Paddle or the tokenizer cannot use it.
        """
        self.folder = folder
        self.manifest = manifest
        self._tokenizer = load_tokenizer(folder, manifest.tokenizer)
        self._predictor = PaddlePredictor(folder / manifest.program.model, folder / manifest.program.parameters)

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Probability of each label for each of one or more texts: float32 [len(texts), len(manifest.labels)]."""
        result = np.empty((len(texts), len(self.manifest.labels)), dtype=np.float32)
        for batch in self._tokenizer.batches(texts):
            output = self._predictor.run(batch.inputs)
            # A program of two labels may give the second one's probability alone.
            result[batch.rows] = output if output.ndim == 2 else np.stack([1 - output, output], axis=1)
        return result
