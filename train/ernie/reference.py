"""A published version as PaddleNLP runs it: ErnieTokenizer and the network in dynamic-graph mode.

Weights, configuration and vocabulary come from the version's own files, so any checkout of the repository has them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import paddle
from numpy.typing import NDArray
from paddlenlp.transformers import ErnieTokenizer
from tokenizers import Tokenizer

from headrace.inference.text_manifest import TextManifest, WordPieceTokenizer
from train.ernie.model import CONFIGURATION_FILE, VOCABULARY_FILE, network_of, write_vocabulary
from train.ernie.program import weights_of
from train.ernie.settings import TrainingError
from train.ernie.tokenizer import normalize_for_paddlenlp, vocabulary_of


class PaddleNlpReference:
    """Tokens and logits of texts, by PaddleNLP."""

    def __init__(self, folder: Path, manifest: TextManifest) -> None:
        """Load a version.

        Args:
            folder: of the version.
            manifest: its manifest.

        Raises:
            TrainingError: the version is no ERNIE model of this recipe.
        """
        if not isinstance(manifest.tokenizer, WordPieceTokenizer) or CONFIGURATION_FILE not in manifest.files:
            raise TrainingError(
                f"{folder}: is no ERNIE model: its tokenizer is {manifest.tokenizer.kind}. Name a version that "
                "`make train-ernie` published."
            )
        self.description: WordPieceTokenizer = manifest.tokenizer
        self.network = network_of(folder / CONFIGURATION_FILE)
        weights = weights_of(folder / manifest.program.model)
        missing, unexpected = self.network.set_state_dict(
            {name: paddle.to_tensor(array) for name, array in weights.items()}
        )
        if missing or unexpected:
            raise TrainingError(
                f"{folder / manifest.program.parameters}: lacks {missing} and has {unexpected} too many, as "
                f"{CONFIGURATION_FILE} describes the network. Restore the version's files."
            )
        self.network.eval()
        vocabulary = vocabulary_of(Tokenizer.from_file(str(folder / manifest.tokenizer.file)))
        with tempfile.TemporaryDirectory() as temporary:
            path = Path(temporary) / VOCABULARY_FILE
            write_vocabulary(vocabulary, path)
            self.tokenizer = ErnieTokenizer(str(path))

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """The rows of token ids, special tokens included."""
        return self._encode(texts, padding=False)

    def inputs(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Padded rows of token ids of one batch: int64 [texts, longest]."""
        return np.array(self._encode(texts, padding=True), dtype=np.int64)

    def logits_of_inputs(self, inputs: NDArray[np.int64]) -> NDArray[np.float32]:
        """Calibrated logits of padded rows: float32 [rows, labels]."""
        with paddle.no_grad():
            logits: NDArray[np.float32] = self.network(paddle.to_tensor(inputs)).numpy()
        return logits

    def _encode(self, texts: Sequence[str], padding: bool) -> list[list[int]]:
        ids: list[list[int]] = self.tokenizer(
            [normalize_for_paddlenlp(text) for text in texts],
            max_length=self.description.max_tokens,
            truncation=True,
            padding=padding,
            return_token_type_ids=False,
            return_attention_mask=False,
        )["input_ids"]
        return ids
