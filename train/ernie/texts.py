"""The labelled texts that models are trained and measured on, by source and split."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from train.sentiment.dataset import LABELS
from train.sentiment.reviews import Split, read_reviews
from train.sentiment.supplement.reader import read_supplement

MAX_CHARACTERS = 1024  # all but 12 of the reviews


@dataclass(frozen=True)
class Part:
    """Some texts and their labels: positions in LABELS, int64 [texts]."""

    texts: list[str]
    labels: NDArray[np.int64]


Sources = dict[str, dict[Split, Part]]


def read_sources() -> Sources:
    """Every source of texts, by name.

    The reviews know two of the three labels. They are trained on with all three nevertheless: what people mean by
    neutral is learnt from the supplement, and a review is never an example of it.
    """
    return {
        "reviews": _by_split(
            (review.text, "positive" if review.is_positive else "negative", review.split) for review in read_reviews()
        ),
        "supplement": _by_split((sentence.text, sentence.label, sentence.split) for sentence in read_supplement()),
    }


def all_of(sources: Sources, split: Split) -> Part:
    """The texts of all sources in one part."""
    parts = [source[split] for source in sources.values()]
    return Part([text for part in parts for text in part.texts], np.concatenate([part.labels for part in parts]))


def _by_split(labelled: Iterable[tuple[str, str, Split]]) -> dict[Split, Part]:
    texts: dict[Split, list[str]] = {split: [] for split in Split}
    labels: dict[Split, list[int]] = {split: [] for split in Split}
    for text, label, split in labelled:
        if len(text) <= MAX_CHARACTERS:
            texts[split].append(text)
            labels[split].append(LABELS.index(label))
    return {split: Part(texts[split], np.array(labels[split], dtype=np.int64)) for split in Split}
