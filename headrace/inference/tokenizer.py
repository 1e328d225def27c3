"""What turns texts into the inputs of a program: one interface for all kinds of tokenizers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from headrace.inference import text_manifest
from headrace.inference.char_ngrams import CharNgrams
from headrace.inference.word_piece import WordPiece

# Tokens in one run, padding included: with more, what a layer computes no longer fits into a processor's cache.
MAX_BATCH_TOKENS = 1024
WIDTH_STEP = 8


class Batch(NamedTuple):
    """Some texts as the inputs of one run of the program.

    rows:   intp [N], which texts these are: positions in the sequence that was tokenized, in the program's order.
    inputs: C-contiguous arrays in the order of the program's inputs.
    """

    rows: NDArray[np.intp]
    inputs: Sequence[NDArray[Any]]


class Tokenizer(Protocol):
    """Encodes texts for a program."""

    def batches(self, texts: Sequence[str]) -> Iterable[Batch]:
        """Encode one or more texts; each is in exactly one of the batches."""


class CharNgramsBatches:
    """`char_ngrams`: flat arrays without padding, so that any number of texts is one batch."""

    def __init__(self, tokenizer: CharNgrams) -> None:
        """Use a tokenizer."""
        self._tokenizer = tokenizer

    def batches(self, texts: Sequence[str]) -> Iterable[Batch]:
        """All texts as one batch."""
        return [Batch(np.arange(len(texts)), self._tokenizer.encode(texts))]


class WordPieceBatches:
    """`word_piece`: texts of similar length side by side, so that padding costs little.

    Batches have few different shapes, powers of two by multiples of WIDTH_STEP: kernels are prepared for each shape,
    and stay in memory.
    """

    def __init__(self, tokenizer: WordPiece) -> None:
        """Use a tokenizer."""
        self._tokenizer = tokenizer

    def batches(self, texts: Sequence[str]) -> Iterable[Batch]:
        """The longest texts first; at most MAX_BATCH_TOKENS a batch, padding included, unless one text has more."""
        token_rows = self._tokenizer.rows(texts)
        waiting = np.argsort(-token_rows.lengths, kind="stable")
        while waiting.size:
            width = -(-int(token_rows.lengths[waiting[0]]) // WIDTH_STEP) * WIDTH_STEP
            width = min(width, self._tokenizer.max_tokens)
            rows = _power_of_two(min(len(waiting), max(1, MAX_BATCH_TOKENS // width)))
            yield Batch(waiting[:rows], [token_rows.padded(waiting[:rows], width)])
            waiting = waiting[rows:]


def _power_of_two(number: int) -> int:
    """The largest one that is no larger than a number from 1 on."""
    return 1 << (number.bit_length() - 1)


def load_tokenizer(folder: Path, description: text_manifest.Tokenizer) -> Tokenizer:
    """Load the tokenizer of a version.

    Args:
        folder: of the version.
        description: the manifest's `tokenizer`.

    Raises:
        ModelNotFoundError: its file is not there.
        VocabularyError: its file is no vocabulary of this kind.
    """
    path = folder / description.file
    if isinstance(description, text_manifest.CharNgramsTokenizer):
        return CharNgramsBatches(CharNgrams.from_file(path, description.orders))
    return WordPieceBatches(WordPiece.from_file(path, description.max_tokens, description.padding_id))
