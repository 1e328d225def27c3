"""A text classification model in memory: tokenizer and program of one version."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from headrace.inference.char_ngrams import CharNgrams
from headrace.inference.errors import ManifestError
from headrace.inference.manifest import CharNgramsTokenizer, Manifest
from headrace.inference.predictor import PaddlePredictor


class TextModel:
    """Gives the probability of each label for texts that a model takes."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        """Load the files of a version that was checked by `ModelRepository.manifest`.

        Raises:
            InferenceError: a file is missing, or Paddle or the tokenizer cannot use it.
        """
        self.folder = folder
        self.manifest = manifest
        if not isinstance(manifest.tokenizer, CharNgramsTokenizer):
            raise ManifestError(f"{folder}: tokenizer {manifest.tokenizer.kind} is not supported. Publish another one.")
        self._tokenizer = CharNgrams.from_file(folder / manifest.tokenizer.file, manifest.tokenizer.orders)
        self._predictor = PaddlePredictor(folder / manifest.program.model, folder / manifest.program.parameters)

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Probability of each label for each of one or more texts: float32 [len(texts), len(manifest.labels)]."""
        output = self._predictor.run(self._tokenizer.encode(texts))
        # A program of two labels may give the second one's probability alone.
        return output if output.ndim == 2 else np.stack([1 - output, output], axis=1)
