"""N-gram features of texts, by the same tokenizer that serves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from headrace.inference.char_ngrams import ngrams, normalize


def choose_vocabulary(texts: Sequence[str], orders: Sequence[int], min_document_frequency: int) -> list[str]:
    """N-grams that stand in at least `min_document_frequency` of the texts, in code point order."""
    frequency: Counter[str] = Counter()
    for text in texts:
        frequency.update(set(ngrams(normalize(text), orders)))
    return sorted(entry for entry, count in frequency.items() if count >= min_document_frequency)
