"""Results of the most recent texts of one version: people write 好评 and 666 many times a minute."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence


class TextCache:
    """Probabilities by text, the least recently used ones dropped. Not for several threads."""

    def __init__(self, max_entries: int, max_characters: int) -> None:
        """Start empty.

        Args:
            max_entries: how many texts are kept; with 0 none is.
            max_characters: how many characters the kept texts have together, in code points.
        """
        self._max_entries = max_entries
        self._max_characters = max_characters
        self._characters = 0
        self._entries: OrderedDict[str, list[float]] = OrderedDict()

    def __len__(self) -> int:
        """How many texts are kept."""
        return len(self._entries)

    def get(self, text: str) -> list[float] | None:
        """The probabilities of a text, in the order of the labels; None if it is not kept."""
        probabilities = self._entries.get(text)
        if probabilities is not None:
            self._entries.move_to_end(text)
        return probabilities

    def put(self, texts: Sequence[str], probabilities: Sequence[list[float]]) -> None:
        """Keep texts that `get` did not find."""
        if not self._max_entries:
            return
        for text, row in zip(texts, probabilities, strict=True):
            self._entries[text] = row
            self._characters += len(text)
        while len(self._entries) > self._max_entries or self._characters > self._max_characters:
            oldest, _ = self._entries.popitem(last=False)
            self._characters -= len(oldest)
