"""What turns texts into the inputs of a program: one interface for all kinds of tokenizers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from headrace.inference import manifest
from headrace.inference.char_ngrams import CharNgrams
from headrace.inference.word_piece import WordPiece


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
    """`word_piece`: rows padded to the longest one of their batch."""

    def __init__(self, tokenizer: WordPiece) -> None:
        """Use a tokenizer."""
        self._tokenizer = tokenizer

    def batches(self, texts: Sequence[str]) -> Iterable[Batch]:
        """All texts as one batch."""
        return [Batch(np.arange(len(texts)), [self._tokenizer.encode(texts)])]


def load_tokenizer(folder: Path, description: manifest.Tokenizer) -> Tokenizer:
    """Load the tokenizer of a version.

    Args:
        folder: of the version.
        description: the manifest's `tokenizer`.

    Raises:
        ModelNotFoundError: its file is not there.
        VocabularyError: its file is no vocabulary of this kind.
    """
    path = folder / description.file
    if isinstance(description, manifest.CharNgramsTokenizer):
        return CharNgramsBatches(CharNgrams.from_file(path, description.orders))
    return WordPieceBatches(WordPiece.from_file(path, description.max_tokens, description.padding_id))
