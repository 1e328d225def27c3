"""The tokenizer `char_ngrams`: the distinct character n-grams of a text that stand in a vocabulary.

A whole batch is one array of code points. Every character of the vocabulary has a number below 2**16, so an n-gram
of up to four characters is one integer of 64 bits, without collisions, and the vocabulary is one hash table in NumPy
(open addressing, linear probing).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headrace.inference.errors import ModelNotFoundError, VocabularyError

MAX_ORDER = 4
BITS_PER_CHARACTER = 64 // MAX_ORDER
SEPARATOR = "\n"  # between the texts of a batch; a normalised text does not contain it

# What a character's number says besides which character it is. ABSENT fills up the key of an n-gram that is shorter
# than MAX_ORDER. No entry of a vocabulary contains UNKNOWN or BORDER, so an n-gram across them is never found: texts
# of a batch need no mask to be kept apart.
ABSENT, UNKNOWN, BORDER, FIRST_CHARACTER = 0, 1, 2, 3

GOLDEN_RATIO = np.uint64(0x9E3779B97F4A7C15)  # multiplicative hashing: Knuth, TAOCP volume 3, section 6.4

Ids = NDArray[np.int32]
Keys = NDArray[np.uint64]


class EncodedTexts(NamedTuple):
    """The n-grams of a batch as flat arrays, sorted by row; each row starts or ends with one padding id.

    ids:  int32 [M], line numbers (from 0) in the vocabulary, or `CharNgrams.padding_id`.
    rows: int32 [M], which text of the batch each id belongs to, ascending from 0 without gaps.
    """

    ids: Ids
    rows: Ids


def normalize(text: str) -> str:
    """The form of a text that n-grams are taken from: single spaces, NFKC, lower case.

    It does not matter whether it is applied to each text or to many that are joined by SEPARATOR.
    """
    return unicodedata.normalize("NFKC", " ".join(text.split())).lower()


def ngrams(normalized: str, orders: Sequence[int]) -> Iterator[str]:
    """Every n-gram of a normalised text, repeated ones repeatedly: what a vocabulary is chosen from."""
    for order in orders:
        for start in range(len(normalized) - order + 1):
            yield normalized[start : start + order]


class CharNgrams:
    """Turns texts into the vocabulary ids of their distinct character n-grams."""

    def __init__(self, vocabulary: Sequence[str], place: str = "vocabulary") -> None:
        """Number the characters and build the hash table.

        Args:
            vocabulary: n-grams of 1 to 4 characters; the position of an n-gram is its id.
            place: what error messages call the vocabulary, usually the path of its file.

        Raises:
            VocabularyError: an entry is empty, too long or there twice, or there are too many characters.
        """
        _check_entries(vocabulary, place)
        self.padding_id = len(vocabulary)
        self._orders = sorted({len(entry) for entry in vocabulary})
        characters = "".join(sorted(set("".join(vocabulary))))
        if FIRST_CHARACTER + len(characters) > 1 << BITS_PER_CHARACTER:
            raise VocabularyError(
                f"{place}: has {len(characters)} different characters, more than {BITS_PER_CHARACTER} bits can number. "
                "Raise the minimum document frequency when the vocabulary is chosen."
            )
        self._numbers = np.full(0x110000, UNKNOWN, dtype=np.uint16)
        self._numbers[_code_points(characters)] = np.arange(len(characters), dtype=np.uint16) + FIRST_CHARACTER
        self._numbers[ord(SEPARATOR)] = BORDER
        self._build_table([*vocabulary, SEPARATOR])

    @classmethod
    def from_file(cls, path: Path) -> CharNgrams:
        """Read a vocabulary: UTF-8, one n-gram a line (spaces count), the number of a line is the id.

        Raises:
            ModelNotFoundError: there is no such file.
            VocabularyError: the file is no such vocabulary.
        """
        try:
            content = path.read_bytes().decode("utf-8")
        except FileNotFoundError as error:
            raise ModelNotFoundError(f"{path}: there is no such file. Restore it from version control.") from error
        except UnicodeDecodeError as error:
            raise VocabularyError(f"{path}: is not UTF-8 ({error}). Restore it from version control.") from error
        return cls(content.removesuffix("\n").split("\n"), str(path))

    def encode(self, texts: Sequence[str]) -> EncodedTexts:
        """Normalise texts and find their distinct n-grams.

        Args:
            texts: at least one text, in any form; each is a row of the result.
        """
        # One pass of NFKC and lower-casing over all texts costs less than one for each of them.
        joined = SEPARATOR.join([" ".join(text.split()) for text in texts]) + SEPARATOR
        joined = unicodedata.normalize("NFKC", joined).lower()
        numbers = self._numbers[_code_points(joined)]
        at_border = numbers == BORDER
        row_of_position = np.cumsum(at_border) - at_border
        # One key holds row and id: a sort then brings equal ids of a row together, and the rows in order.
        width = np.int64(self.padding_id + 1)
        found = []
        keys = np.zeros(len(numbers), dtype=np.uint64)
        for order in range(1, self._orders[-1] + 1):
            # An n-gram that runs over the end of the batch crosses its last border: it is in no vocabulary.
            keys = keys[: len(numbers) - order + 1] | _shifted(numbers[order - 1 :], order)
            ids = self._look_up(keys)
            positions = np.flatnonzero(ids >= 0)
            found.append(row_of_position[positions] * width + ids[positions])
        distinct = np.sort(np.concatenate(found))
        is_first = np.empty(len(distinct), dtype=bool)
        is_first[0] = True
        np.not_equal(distinct[1:], distinct[:-1], out=is_first[1:])
        distinct = distinct[is_first]
        rows = distinct // width
        return EncodedTexts((distinct - rows * width).astype(np.int32), rows.astype(np.int32))

    def _build_table(self, entries: Sequence[str]) -> None:
        """Place each entry's key into the first free slot at or after its hash.

        The separator is an entry too, with the padding id: that is how each row gets its padding.
        """
        lengths = np.fromiter(map(len, entries), dtype=np.int64, count=len(entries))
        starts = np.cumsum(lengths) - lengths
        numbers = self._numbers[_code_points("".join(entries))]
        keys = np.zeros(len(entries), dtype=np.uint64)
        for order in range(1, MAX_ORDER + 1):
            long_enough = lengths >= order
            keys[long_enough] |= _shifted(numbers[starts[long_enough] + order - 1], order)
        slot_bits = max(4, int(len(entries) * 3).bit_length())  # between 3 and 6 slots an entry: few probes
        self._hash_shift = np.uint64(64 - slot_bits)
        self._slot_mask = (1 << slot_bits) - 1
        self._table_keys = np.zeros(1 << slot_bits, dtype=np.uint64)  # 0 is no key: a free slot
        self._table_ids = np.full(1 << slot_bits, -1, dtype=np.int32)
        waiting = np.arange(len(entries), dtype=np.int32)
        slots = self._hash(keys)
        while waiting.size:
            slots_of_waiting = slots[waiting]
            chosen, first = np.unique(slots_of_waiting, return_index=True)
            free = self._table_keys[chosen] == 0
            placed = first[free]
            self._table_keys[chosen[free]] = keys[waiting[placed]]
            self._table_ids[chosen[free]] = waiting[placed]
            waiting = np.delete(waiting, placed)
            slots[waiting] = (slots[waiting] + 1) & self._slot_mask

    def _hash(self, keys: Keys) -> NDArray[np.int64]:
        return ((keys * GOLDEN_RATIO) >> self._hash_shift).astype(np.int64)

    def _look_up(self, keys: Keys) -> Ids:
        """The id of each key, -1 where the vocabulary does not have it."""
        slots = self._hash(keys)
        stored = self._table_keys[slots]
        ids = np.where(stored == keys, self._table_ids[slots], np.int32(-1))
        pending = np.flatnonzero((stored != keys) & (stored != 0))
        slots, keys = slots[pending], keys[pending]
        while pending.size:
            slots = (slots + 1) & self._slot_mask
            stored = self._table_keys[slots]
            hit = stored == keys
            ids[pending[hit]] = self._table_ids[slots[hit]]
            going_on = ~hit & (stored != 0)
            pending, slots, keys = pending[going_on], slots[going_on], keys[going_on]
        return ids


def _code_points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def _shifted(numbers: NDArray[np.uint16], order: int) -> Keys:
    """Numbers of characters at their place in a key: the first character (order 1) in the lowest bits."""
    return numbers.astype(np.uint64) << np.uint64(BITS_PER_CHARACTER * (order - 1))


def _check_entries(vocabulary: Sequence[str], place: str) -> None:
    if not vocabulary:
        raise VocabularyError(f"{place}: has no entries. Choose a vocabulary from some texts.")
    lines: dict[str, int] = {}
    for line, entry in enumerate(vocabulary, start=1):
        if not 1 <= len(entry) <= MAX_ORDER or SEPARATOR in entry:
            raise VocabularyError(
                f"{place}, line {line}: {entry!r} is not an n-gram of 1 to {MAX_ORDER} characters. "
                "Leave it out, and publish the model as a new version."
            )
        if entry in lines:
            raise VocabularyError(
                f"{place}, line {line}: {entry!r} stands in line {lines[entry]} already. "
                "Leave one out, and publish the model as a new version."
            )
        lines[entry] = line
