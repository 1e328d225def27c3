"""Whether a model takes a text, and if not, why."""

from __future__ import annotations

import unicodedata
from enum import StrEnum


class TextStatus(StrEnum):
    """What became of a text. A NULL has no status: its result is NULL."""

    OK = "ok"
    """The model answered."""
    EMPTY = "empty"
    """No visible character."""
    UNDECODABLE = "undecodable"
    """Bytes that are not UTF-8: the text has a replacement character (U+FFFD) or a lone surrogate."""
    TOO_LONG = "too_long"
    """More characters than the model was trained for."""
    FAILED = "failed"
    """The model raised an error; the worker's log has it."""


# General categories (Unicode Standard, section 4.5): controls, formats, surrogates aside, and separators.
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
# Letters and marks by category, yet drawn as nothing.
_INVISIBLE_CHARACTERS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0" + "".join(map(chr, range(0xFE00, 0xFE10)))
)


def text_status(text: str, max_characters: int) -> TextStatus:
    """The first status, in the order of `TextStatus` after OK, that is true of a text; OK if none is.

    Args:
        text: any string, lone surrogates allowed.
        max_characters: longest text that the model takes, in code points.
    """
    if not any(map(_is_visible, text)):
        return TextStatus.EMPTY
    if not _is_decoded(text):
        return TextStatus.UNDECODABLE
    if len(text) > max_characters:
        return TextStatus.TOO_LONG
    return TextStatus.OK


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in _INVISIBLE_CATEGORIES and character not in _INVISIBLE_CHARACTERS


def _is_decoded(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate
        return False
    return "\ufffd" not in text
