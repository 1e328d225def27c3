"""Characters as one form each, and the ones that a reader of images confuses."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Beyond compatibility forms (NFKC, which takes care of full width): marks that stand for one and the same thing here.
_ONE_FORM = str.maketrans(
    {
        "﹕": ":", "∶": ":", "꞉": ":", "；": ":", ";": ":",
        "〔": "(", "〕": ")", "【": "(", "】": ")", "［": "(", "］": ")", "[": "(", "]": ")", "{": "(", "}": ")",
        "–": "-", "—": "-", "−": "-", "‐": "-",
        "，": ",", "、": ",", "。": ".", "・": ".", "·": ".",
        "圓": "圆", "於": "于",
    }
)  # fmt: skip

# What a digit is misread as. Only applied where a digit must stand.
_DIGIT_LOOKALIKES = str.maketrans(
    {
        "O": "0", "o": "0", "Q": "0", "D": "0", "〇": "0", "U": "0",
        "l": "1", "I": "1", "|": "1", "i": "1", "!": "1", "丨": "1",
        "Z": "2", "z": "2", "S": "5", "s": "5", "b": "6", "G": "6", "T": "7", "B": "8", "g": "9", "q": "9",
    }
)  # fmt: skip


@lru_cache(maxsize=16384)
def one_form(character: str) -> str:
    """The form that the rules know a character by: half width, plain punctuation. May be several characters (№: No)."""
    return unicodedata.normalize("NFKC", character).translate(_ONE_FORM)


@lru_cache(maxsize=16384)
def advance(character: str) -> float:
    """How wide a character is drawn, in widths of a Chinese character."""
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return 0.3 if character in ".,:;'|!il" else 0.55


def digits(text: str) -> str:
    """A text with what may be misread digits put right."""
    return text.translate(_DIGIT_LOOKALIKES)


def misread_digits(text: str) -> int:
    """How many characters `digits` changes."""
    return sum(before != after for before, after in zip(text, digits(text), strict=True))


def is_chinese(character: str) -> bool:
    """Whether a character is a Chinese one (CJK unified ideographs)."""
    return "\u4e00" <= character <= "\u9fff"
