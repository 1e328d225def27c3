"""The texts of the measurements: real reviews, each once in a round."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

from train.sentiment.reviews import read_reviews

LONGEST = 1024


def reviews(count: int) -> list[str]:
    """Different reviews that every version takes, in an order that is the same each time; at most all there are."""
    texts = [review.text for review in read_reviews() if len(review.text) <= LONGEST]
    random.Random(0).shuffle(texts)  # noqa: S311 (an order, not a secret)
    return texts[:count]


def repeated(texts: Sequence[str], count: int) -> list[str]:
    """As many texts, all of them before any comes again: no bundle holds a text twice."""
    return list(itertools.islice(itertools.cycle(texts), count))
