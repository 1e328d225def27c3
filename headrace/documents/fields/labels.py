"""The words printed on forms, found in spite of gaps, splits, merges and a misread character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from headrace.documents.fields.characters import is_chinese
from headrace.documents.fields.label_words import MISREADINGS, NOT_BEFORE, REMNANTS, WORDS, Label
from headrace.documents.fields.page import Cell, Glyph, Page

_WIDEST_GAP = 10.0
"""Between two characters of one label (合　　　　计), in heights of the higher one of their lines."""


@dataclass(frozen=True, slots=True)
class LabelHit:
    """A label found on a page.

    Attributes:
        label: which one.
        word: how the form prints it.
        exact: whether every character was read as printed.
        cell: the cell that it begins in.
        glyphs: its characters.
        rest: the characters of the row after it.
    """

    label: Label
    word: str
    exact: bool
    cell: Cell
    glyphs: tuple[Glyph, ...]
    rest: tuple[Glyph, ...]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.glyphs[-1].right

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return (self.left + self.right) / 2, self.cell.middle[1]


def find_labels(page: Page) -> list[LabelHit]:
    """Every label of a page, each character in at most one; in the order of cells.

    Exact hits win over inexact ones, longer over shorter.
    """
    found: list[LabelHit] = []
    taken: set[int] = set()
    hits = [hit for cell in page.cells if not cell.is_vertical for hit in _in_row(page, cell)]
    hits += [hit for cell in page.cells if cell.is_vertical for hit in _in_vertical(cell)]
    hits += _in_columns(page)
    hits += _half_sums(page)
    for hit in sorted(hits, key=lambda hit: (-len(hit.word) + (not hit.exact), hit.cell.number)):
        if not any(id(glyph) in taken for glyph in hit.glyphs):
            taken.update(map(id, hit.glyphs))
            found.append(hit)
    return sorted(found, key=lambda hit: (hit.cell.number, hit.left))


def _in_row(page: Page, cell: Cell) -> Iterator[LabelHit]:
    run = page.run(cell)
    text = "".join(glyph.character[:1] for glyph in run)
    own = len(cell.glyphs)
    for label, word, exact, start, end in _matches(text, own):
        glyphs = run[start:end]
        gaps = (after.left - before.right for before, after in pairwise(glyphs))
        height = max(page.cells[glyph.cell].height for glyph in glyphs)
        if max(gaps, default=0.0) <= _WIDEST_GAP * height:
            yield LabelHit(label, word, exact, cell, tuple(glyphs), tuple(run[end:]))


def _in_vertical(cell: Cell) -> Iterator[LabelHit]:
    for label, word in _VERTICAL_WORDS:
        if cell.text == word:
            yield LabelHit(label, word, True, cell, cell.glyphs, ())
            return


def _half_sums(page: Page) -> Iterator[LabelHit]:
    """合计 in wide letter spacing, of which a detector found one character; a sum with the yuan's sign follows."""
    for cell in page.cells:
        if cell.text in ("合", "计"):
            rest = page.run(cell)[1:]
            if rest and rest[0].character == "¥":
                yield LabelHit(Label.SUM, "合计", False, cell, cell.glyphs, tuple(rest))


def _in_columns(page: Page) -> Iterator[LabelHit]:
    """Labels that are written downwards and were read one or two characters a line."""
    short = [cell for cell in page.cells if len(cell.glyphs) <= 2 and all(is_chinese(c) for c in cell.text)]
    for first in short:
        for label, word in _VERTICAL_WORDS:
            column = _column(page, first, word, short)
            if column is not None:
                yield LabelHit(label, word, True, first, column, ())


_VERTICAL_WORDS = [
    (label, word)
    for label in (Label.BUYER, Label.SELLER, Label.CIPHER, Label.REMARKS)
    for word in sorted(WORDS[label], key=len, reverse=True)
]


def _column(page: Page, first: Cell, word: str, short: list[Cell]) -> tuple[Glyph, ...] | None:
    if not word.startswith(first.text):
        return None
    glyphs, at, rest = list(first.glyphs), first, word[len(first.text) :]
    while rest:
        below = [other for other in page.below(at, 4.0) if other in short and rest.startswith(other.text)]
        if not below:
            # A line of the column may be lost: what remains is still more than half of the word.
            return tuple(glyphs) if len(rest) < len(word) / 2 and len(word) > 2 else None
        at = below[0]
        glyphs.extend(at.glyphs)
        rest = rest[len(at.text) :]
    return tuple(glyphs)


def _matches(text: str, own: int) -> Iterator[tuple[Label, str, bool, int, int]]:
    """Labels that begin in the first `own` characters: label, word, whether exact, begin, end."""
    head = text[: own + 24]
    characters = set(head)
    for label, word in _exact_words():
        start = head.find(word)
        while 0 <= start < own:
            if not _is_part_of_other(word, head, start):
                yield label, word, True, start, start + len(word)
            start = head.find(word, start + 1)
    for label, word, needed, pattern in _inexact_patterns():
        # Patterns are slow, and a row has few of a label's characters.
        if len(needed - characters) > 1:
            continue
        for match in pattern.finditer(head):
            if match.start() < own:
                yield label, word, False, match.start(), match.end()


def _is_part_of_other(word: str, text: str, start: int) -> bool:
    if start == 0:
        return False
    before = text[start - 1]
    inside_word = before.isascii() and before.isalnum() and word in WORDS[Label.NUMBER_SIGN]
    return inside_word or before in NOT_BEFORE.get(word, "")


@cache
def _exact_words() -> list[tuple[Label, str]]:
    return [(label, word) for label, words in WORDS.items() for word in words]


@cache
def _inexact_patterns() -> list[tuple[Label, str, frozenset[str], re.Pattern[str]]]:
    """Words of four characters and more with one of them misread, lost or added; and listed misreadings.

    With each the characters of which at most one may be absent.
    """
    patterns = [
        (label, word, frozenset(word), re.compile(_one_off(word)))
        for label, words in WORDS.items()
        for word in words
        if len(word) >= 4 and sum(map(is_chinese, word)) >= 4
    ]
    patterns += [
        (label, word, frozenset(word), re.compile(re.escape(word)))
        for label, words in MISREADINGS.items()
        for word in words
    ]
    return patterns + [
        (label, word, frozenset(word), re.compile("^" + re.escape(word)))
        for label, words in REMNANTS.items()
        for word in words
    ]


def _one_off(word: str) -> str:
    places = range(len(word))
    changed = [re.escape(word[:at]) + "." + re.escape(word[at + 1 :]) for at in places]
    added = [re.escape(word[:at]) + "." + re.escape(word[at:]) for at in places if at]
    lost = [re.escape(word[:at] + word[at + 1 :]) for at in places] if len(word) > 4 else []
    return "|".join(changed + added + lost)
