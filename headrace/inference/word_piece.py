"""The tokenizer `word_piece`: sub-words with special tokens around them, for models of the ERNIE and BERT families.

The library `tokenizers` does the work, from the file (tokenizer.json) that the model was trained with.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headrace.inference.errors import ModelNotFoundError, VocabularyError


class TokenRows:
    """The token ids of some texts, rows of different lengths in one array."""

    def __init__(self, rows: Sequence[Sequence[int]], padding_id: int) -> None:
        """Join rows of token ids; `padding_id` fills up shorter ones later."""
        self.lengths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
        self._starts = np.cumsum(self.lengths) - self.lengths
        self._ids = np.fromiter(itertools.chain.from_iterable(rows), dtype=np.int64, count=int(self.lengths.sum()))
        self._padding_id = padding_id

    def padded(self, rows: NDArray[np.intp], width: int) -> NDArray[np.int64]:
        """Some of the rows, padded: int64 [len(rows), width]; no row may be longer than `width`."""
        columns = np.arange(width)
        is_token = columns < self.lengths[rows, None]
        result = np.full(is_token.shape, self._padding_id, dtype=np.int64)
        result[is_token] = self._ids[(self._starts[rows, None] + columns)[is_token]]
        return result


class WordPiece:
    """Turns texts into padded rows of token ids, on the thread that calls."""

    def __init__(self, tokenizer: Any, max_tokens: int, padding_id: int) -> None:
        """Use a tokenizer of the library `tokenizers`.

        Args:
            tokenizer: a tokenizers.Tokenizer; what it says about truncation and padding is replaced.
            max_tokens: longest row, special tokens included; the end of a longer text is cut off.
            padding_id: fills rows up to the longest one of a batch.
        """
        # Flink brings parallelism by subtasks; the library would start a thread a core.
        os.environ["TOKENIZERS_PARALLELISM"] = "false"
        tokenizer.enable_truncation(max_tokens)
        tokenizer.no_padding()
        self.max_tokens = max_tokens
        self._tokenizer = tokenizer
        self._padding_id = padding_id

    @classmethod
    def from_file(cls, path: Path, max_tokens: int, padding_id: int) -> WordPiece:
        """Read a tokenizer.json; see `__init__` for the other arguments.

        Raises:
            ModelNotFoundError: there is no such file.
            VocabularyError: the file is no such tokenizer, or has no token of the id `padding_id`.
        """
        from tokenizers import Tokenizer  # not at the top: Flink's client, which imports this module, has no use for it

        try:
            content = path.read_bytes()
        except FileNotFoundError as error:
            raise ModelNotFoundError(f"{path}: there is no such file. Restore it from version control.") from error
        try:
            tokenizer = Tokenizer.from_buffer(content)
        except Exception as error:  # the library raises nothing narrower
            raise VocabularyError(
                f"{path}: is no tokenizer.json ({error}). Restore it, or publish the model as a new version."
            ) from error
        if tokenizer.id_to_token(padding_id) is None:
            raise VocabularyError(
                f"{path}: has no token {padding_id}, which the manifest pads with. "
                "Correct tokenizer.padding_id, and publish the model as a new version."
            )
        return cls(tokenizer, max_tokens, padding_id)

    def rows(self, texts: Sequence[str]) -> TokenRows:
        """The token ids of texts, special tokens included."""
        encodings = self._tokenizer.encode_batch_fast(texts)
        return TokenRows([encoding.ids for encoding in encodings], self._padding_id)

    def encode(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """The token ids of one or more texts, padded: int64 [len(texts), longest]."""
        rows = self.rows(texts)
        return rows.padded(np.arange(len(texts)), int(rows.lengths.max()))
