"""Tax identification numbers: the unified social credit identifier of GB 32100-2015 and its check character.

18 characters: who registered it (1), the kind of body (1), the place (6 digits, GB/T 2260), the body (9, GB 11714 with
a check character of its own), the check character (1).
"""

from __future__ import annotations

import re

# The letters that look like digits (I, O, S, V, Z) are left out; a character's value is its place.
CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {character: value for value, character in enumerate(CHARACTERS)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))

_BODY_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

_SHAPE = re.compile(f"[{CHARACTERS}]{{2}}[0-9]{{6}}[{CHARACTERS}]{{10}}")


def check_character(first_17: str) -> str:
    """The eighteenth character of a unified social credit identifier (GB 32100-2015, annex B).

    Raises ValueError where `first_17` is not 17 characters of the standard's.
    """
    if len(first_17) != 17 or not _VALUES.keys() >= set(first_17):
        raise ValueError(f"{first_17!r}: a check character is of 17 characters of {CHARACTERS}")
    total = sum(_VALUES[character] * weight for character, weight in zip(first_17, _WEIGHTS, strict=True))
    return CHARACTERS[-total % 31]


def body_check_character(first_8: str) -> str:
    """The ninth character of a body's own code (GB 11714-1997): a digit, or X for ten.

    Raises ValueError where `first_8` is not 8 digits or capital letters.
    """
    if len(first_8) != 8 or not set(first_8) <= set(_BODY_CHARACTERS):
        raise ValueError(f"{first_8!r}: a check character is of 8 digits or capital letters")
    total = sum(
        _BODY_CHARACTERS.index(character) * weight for character, weight in zip(first_8, _BODY_WEIGHTS, strict=True)
    )
    return "0123456789X"[-total % 11]


def is_valid(tax_id: str) -> bool:
    """Whether this is a unified social credit identifier: its shape is right and so is its check character.

    The body's own check character (place 17) is not asked: sole traders' identifiers do not keep it.
    """
    return _SHAPE.fullmatch(tax_id) is not None and check_character(tax_id[:17]) == tax_id[17]
