"""The labelled texts of all sources in one form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from train.sentiment.reviews import Split, read_reviews
from train.sentiment.supplement.reader import Origin, Sentence, read_supplement

LABELS = ("negative", "neutral", "positive")
NEGATIVE, NEUTRAL, POSITIVE = range(3)


@dataclass(frozen=True)
class LabelledTexts:
    """Texts and what is known of them.

    labels:         int64 [texts], positions in LABELS.
    is_handwritten: bool [texts], whether a sentence of the supplement was written by hand, not by a grammar.
    """

    texts: list[str]
    labels: NDArray[np.int64]
    is_handwritten: NDArray[np.bool_]

    def __add__(self, other: LabelledTexts) -> LabelledTexts:
        """These texts, then the others."""
        return LabelledTexts(
            [*self.texts, *other.texts],
            np.concatenate([self.labels, other.labels]),
            np.concatenate([self.is_handwritten, other.is_handwritten]),
        )


@dataclass(frozen=True)
class Dataset:
    """Reviews and supplement by split."""

    reviews: dict[Split, LabelledTexts]
    supplement: dict[Split, LabelledTexts]
    handwritten_test: LabelledTexts

    def parts(self) -> dict[str, LabelledTexts]:
        """The parts that quality is told of, by `<source> <split>`."""
        return {
            **{f"reviews {split.value}": part for split, part in self.reviews.items()},
            **{f"supplement {split.value}": part for split, part in self.supplement.items()},
            "handwritten test": self.handwritten_test,
        }


def read_dataset(max_characters: int) -> Dataset:
    """Read all sources; reviews longer than the model takes are left out.

    Raises:
        FileNotFoundError: the reviews are not there.
    """
    reviews = [review for review in read_reviews() if len(review.text) <= max_characters]
    sentences = read_supplement()

    def of(chosen: Callable[[Sentence], bool]) -> LabelledTexts:
        kept = [sentence for sentence in sentences if chosen(sentence)]
        return LabelledTexts(
            [sentence.text for sentence in kept],
            np.array([LABELS.index(sentence.label) for sentence in kept]),
            np.array([sentence.origin is Origin.HANDWRITTEN for sentence in kept]),
        )

    return Dataset(
        reviews={
            split: LabelledTexts(
                [review.text for review in reviews if review.split is split],
                np.array([POSITIVE if review.is_positive else NEGATIVE for review in reviews if review.split is split]),
                np.zeros(sum(review.split is split for review in reviews), dtype=bool),
            )
            for split in Split
        },
        supplement={split: of(lambda sentence, split=split: sentence.split is split) for split in Split},  # type: ignore[misc]
        handwritten_test=of(lambda one: one.split is Split.TEST and one.origin is Origin.HANDWRITTEN),
    )
