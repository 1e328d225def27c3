"""The labelled texts that models are trained and measured on, by source and split."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from train.sentiment.reviews import Split, read_reviews

LABELS = ("negative", "neutral", "positive")
MAX_CHARACTERS = 1024  # all but 12 of the reviews


@dataclass(frozen=True)
class Part:
    """Some texts and their labels: positions in LABELS, int64 [texts]."""

    texts: list[str]
    labels: NDArray[np.int64]


Sources = dict[str, dict[Split, Part]]


def read_sources() -> Sources:
    """Every source of texts, by name.

    The reviews know two of the labels. They are trained on with all three nevertheless: what people mean by neutral
    is learnt from the supplement, and a review is never an example of it.
    """
    reviews = [review for review in read_reviews() if len(review.text) <= MAX_CHARACTERS]
    return {
        "reviews": {
            split: Part(
                [review.text for review in reviews if review.split is split],
                np.array([2 if review.is_positive else 0 for review in reviews if review.split is split]),
            )
            for split in Split
        }
    }


def all_of(sources: Sources, split: Split) -> Part:
    """The texts of all sources in one part."""
    parts = [source[split] for source in sources.values()]
    return Part([text for part in parts for text in part.texts], np.concatenate([part.labels for part in parts]))
