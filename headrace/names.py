"""Names in messages: the one that is probably meant, and those that there are."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

# How alike two names are at the least, by `difflib`: a letter wrong, lacking or too much, two in longer names.
NEAR = 0.7


def likely_name(name: str, known: Iterable[str]) -> str:
    """The known name that a wrong one probably means; empty if none is near.

    >>> likely_name("sentimant", ["sentiment", "score"])
    'sentiment'
    """
    names = {other.lower(): other for other in known}
    if name.lower() in names:
        return names[name.lower()]
    found = difflib.get_close_matches(name.lower(), names, n=1, cutoff=NEAR)
    return names[found[0]] if found else ""


def listed(names: Iterable[str], limit: int = 12) -> str:
    """Names for a message, not too many of them."""
    all_names = list(names)
    return ", ".join(all_names[:limit]) + (f" and {len(all_names) - limit} more" if len(all_names) > limit else "")


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A sentence with the name that is probably meant; empty if none is near."""
    likely = likely_name(name, known)
    return f"Did you mean {likely}?" if likely else ""
