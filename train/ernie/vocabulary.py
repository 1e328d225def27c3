"""The vocabulary of a model from scratch: characters, frequent words of Latin letters, and pieces for the others."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Iterable

from train.ernie.tokenizer import SPECIAL_TOKENS, make_tokenizer

_LETTERS = string.digits + string.ascii_lowercase


def build_vocabulary(texts: Iterable[str], min_frequency: int) -> list[str]:
    """Choose tokens from texts.

    A word of the tokenizer's is one character, if Chinese, and otherwise a run of letters and digits. Words that occur
    often enough are tokens. Each letter and digit is one too, at a word's start and inside, so that WordPiece can
    spell the other words.

    Args:
        texts: of the training part.
        min_frequency: how often a word has to occur.

    Returns:
        The tokens by id, equal for equal texts in any order.
    """
    tokenizer = make_tokenizer(SPECIAL_TOKENS)
    frequencies: Counter[str] = Counter()
    for text in texts:
        normalized = tokenizer.normalizer.normalize_str(text)
        frequencies.update(word for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(normalized))
    words = {word for word, frequency in frequencies.items() if frequency >= min_frequency}
    pieces = [f"##{letter}" for letter in _LETTERS]
    return [*SPECIAL_TOKENS, *pieces, *sorted(words | set(_LETTERS))]
