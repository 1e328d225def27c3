"""Reads the supplement: grammars and sentences written by hand, split for training, validation and test.

Grammars are whole in one part, so no template stands in two, and no word of their slots does. The sentences of
handwritten/test were written apart from all grammars. What is chosen is chosen by the validation part alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from train.sentiment.reviews import Split, text_key
from train.sentiment.supplement import (
    colloquial,
    delivery,
    events,
    held_out,
    holidays,
    hotels,
    judgements,
    opinions,
    plain,
    products,
    service,
    social,
    validation,
    wishes,
)
from train.sentiment.supplement.grammar import Grammar

FOLDER = Path(__file__).resolve().parent
HANDWRITTEN_FOLDER = FOLDER / "handwritten"
LABELS_OF_SIGNS = {"-": "negative", "0": "neutral", "+": "positive"}
GRAMMARS: dict[Split, list[Grammar]] = {
    Split.TRAIN: [
        grammar
        for module in (
            social,
            holidays,
            service,
            delivery,
            hotels,
            products,
            opinions,
            events,
            colloquial,
            wishes,
            judgements,
            plain,
        )
        for grammar in module.GRAMMARS
    ],
    Split.VALIDATION: validation.GRAMMARS,
    Split.TEST: held_out.GRAMMARS,
}


class Origin(StrEnum):
    """How a sentence was made."""

    GRAMMAR = "grammar"
    HANDWRITTEN = "handwritten"


class SupplementError(ValueError):
    """A file of sentences cannot be read."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A labelled sentence.

    label:  negative, neutral or positive.
    source: name of its grammar, or of its file: `train/social.txt`.
    """

    text: str
    label: str
    split: Split
    origin: Origin
    source: str


def read_supplement() -> list[Sentence]:
    """Every sentence, in the order of grammars and files, the same ones on each run.

    A sentence that differs from one of another part only in punctuation, case or width of characters is left out of
    the training or validation part: the test part is taken first, validation second. One of the sentences of
    handwritten/train in five validates, by the hash of its text.

    Raises:
        SupplementError: a file has a line that is not a sign, a space and a sentence.
        GrammarError: a grammar cannot give its number of sentences.
    """
    sentences = [*_from_grammars(), *_from_files()]
    taken: dict[str, Split] = {}
    for split in (Split.TEST, Split.VALIDATION, Split.TRAIN):
        for sentence in sentences:
            if sentence.split is split:
                taken.setdefault(_identity(sentence.text), split)
    unique: dict[str, Sentence] = {}
    for sentence in sentences:
        key = _identity(sentence.text)
        if taken[key] is sentence.split:
            unique.setdefault(key, sentence)
    return list(unique.values())


def supplement_hash() -> str:
    """SHA-256 over the names and contents of the supplement's files."""
    digest = hashlib.sha256()
    for path in sorted([*FOLDER.glob("*.py"), *HANDWRITTEN_FOLDER.glob("*/*.txt")]):
        digest.update(path.relative_to(FOLDER).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _from_grammars() -> Iterator[Sentence]:
    for split, grammars in GRAMMARS.items():
        for grammar in grammars:
            for text in grammar.sentences():
                yield Sentence(text, grammar.label, split, Origin.GRAMMAR, grammar.name)


def _from_files() -> Iterator[Sentence]:
    for path in sorted(HANDWRITTEN_FOLDER.glob("*/*.txt")):
        source = path.relative_to(HANDWRITTEN_FOLDER).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            sign, _, text = line.partition(" ")
            if sign not in LABELS_OF_SIGNS or not text.strip():
                raise SupplementError(
                    f"{path}, line {number}: is {line!r}. Write `+`, `0` or `-`, a space, then the sentence."
                )
            yield Sentence(text.strip(), LABELS_OF_SIGNS[sign], _split_of(source, text), Origin.HANDWRITTEN, source)


def _split_of(source: str, text: str) -> Split:
    if source.startswith("test/"):
        return Split.TEST
    fifth = int.from_bytes(hashlib.sha256(_identity(text).encode("utf-8")).digest()) % 5
    return Split.VALIDATION if fifth == 0 else Split.TRAIN


def _identity(text: str) -> str:
    """Letters and digits in one form; a text without any is itself."""
    return text_key(text) or text
