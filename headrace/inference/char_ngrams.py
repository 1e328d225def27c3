"""The tokenizer `char_ngrams`: the distinct character n-grams of a text that stand in a vocabulary.

A whole batch is one array of code points. Every character of the vocabulary has a number below 2**16, so an n-gram
of up to four characters is one integer of 64 bits, without collisions, and the vocabulary is one perfect hash table:
two multiplications and four array look-ups find all n-grams of the batch, without a loop in Python.
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

# Odd multipliers of multiplicative hashing (Knuth, TAOCP volume 3, section 6.4); the step between those that a bucket
# tries is even, so that they stay odd.
GOLDEN_RATIO = np.uint64(0x9E3779B97F4A7C15)
NEXT_MULTIPLIER = np.uint64(0xD1B54A32D192ED02)

Keys = NDArray[np.uint64]
Indices = NDArray[np.int64]


class EncodedTexts(NamedTuple):
    """The n-grams of a batch as flat arrays, sorted by row; each row ends with one padding id.

    ids:  int32 [M], line numbers (from 0) in the vocabulary, or `CharNgrams.padding_id`.
    rows: int32 [M], which text of the batch each id belongs to, ascending from 0 without gaps.
    """

    ids: NDArray[np.int32]
    rows: NDArray[np.int32]


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

    def __init__(self, vocabulary: Sequence[str], orders: Sequence[int], place: str = "vocabulary") -> None:
        """Number the characters and build the hash table.

        Args:
            vocabulary: n-grams; the position of an n-gram is its id.
            orders: lengths of the n-grams in characters, 1 to 4.
            place: what error messages call the vocabulary, usually the path of its file.

        Raises:
            VocabularyError: an entry has another length or is there twice, or there are too many characters.
        """
        _check_entries(vocabulary, orders, place)
        self.padding_id = len(vocabulary)
        self._max_order = max(orders)
        # Not a set of Python's: while that is built, no other thread of the process goes on, such as one that serves.
        characters = np.unique(_code_points("".join(vocabulary)))
        if FIRST_CHARACTER + len(characters) > 1 << BITS_PER_CHARACTER:
            raise VocabularyError(
                f"{place}: has {len(characters)} different characters, more than {BITS_PER_CHARACTER} bits can number. "
                "Raise the minimum document frequency when the vocabulary is chosen."
            )
        self._numbers = np.full(0x110000, UNKNOWN, dtype=np.uint16)
        self._numbers[characters] = np.arange(len(characters), dtype=np.uint16) + FIRST_CHARACTER
        self._numbers[ord(SEPARATOR)] = BORDER
        self._build_table([*vocabulary, SEPARATOR])

    @classmethod
    def from_file(cls, path: Path, orders: Sequence[int]) -> CharNgrams:
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
        return cls(content.removesuffix("\n").split("\n"), orders, str(path))

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
        # Row by row the n-grams of one order. One that runs over the end of the batch crosses its last border: it is
        # in no vocabulary, and its key stays 0.
        keys = np.zeros((self._max_order, len(numbers)), dtype=np.uint64)
        keys[0] = numbers
        for order in range(2, self._max_order + 1):
            np.bitwise_or(
                keys[order - 2, : 1 - order], _shifted(numbers[order - 1 :], order), out=keys[order - 1, : 1 - order]
            )
        ids = self._look_up(keys)
        # One number holds row and id: a sort brings equal ids of a row together, and the rows in order.
        id_bits = self.padding_id.bit_length()
        found = np.sort((ids | row_of_position << id_bits)[ids >= 0])
        is_first = np.empty(len(found), dtype=bool)
        is_first[0] = True
        np.not_equal(found[1:], found[:-1], out=is_first[1:])
        found = found[is_first]
        return EncodedTexts((found & (1 << id_bits) - 1).astype(np.int32), (found >> id_bits).astype(np.int32))

    def _build_table(self, entries: Sequence[str]) -> None:
        """Find a perfect hash of the entries' keys: each gets a slot of its own.

        A first hash sends a key to a bucket, a second one, with the bucket's own multiplier, to a slot. Buckets whose
        keys do not fit beside the others' try the next multiplier, all at once in each round.

        The separator is an entry too, with the padding id: so each text gets its padding from its border.
        """
        keys = self._keys(entries)
        bucket_bits = max(1, (len(keys) // 4).bit_length())
        slot_bits = (4 * len(keys)).bit_length()  # at most a quarter of the slots is taken: few rounds
        self._bucket_shift, self._slot_shift = np.uint64(64 - bucket_bits), np.uint64(64 - slot_bits)
        self._multipliers = np.full(1 << bucket_bits, GOLDEN_RATIO)
        self._slot_keys = np.zeros(1 << slot_bits, dtype=np.uint64)  # 0 is no key: a free slot
        self._slot_ids = np.full(1 << slot_bits, -1, dtype=np.int64)
        buckets = self._buckets(keys)
        waiting = np.arange(len(keys))
        while waiting.size:
            self._multipliers[np.unique(buckets[waiting])] += NEXT_MULTIPLIER
            slots = self._slots(keys[waiting])
            _, first, wanted_by = np.unique(slots, return_inverse=True, return_counts=True)
            clash = (wanted_by[first] > 1) | (self._slot_keys[slots] != 0)
            stays = np.isin(buckets[waiting], buckets[waiting[clash]])
            placed = waiting[~stays]
            self._slot_keys[slots[~stays]] = keys[placed]
            self._slot_ids[slots[~stays]] = placed
            waiting = waiting[stays]

    def _keys(self, entries: Sequence[str]) -> Keys:
        lengths = np.fromiter(map(len, entries), dtype=np.int64, count=len(entries))
        starts = np.cumsum(lengths) - lengths
        numbers = self._numbers[_code_points("".join(entries))]
        keys = np.zeros(len(entries), dtype=np.uint64)
        for order in range(1, MAX_ORDER + 1):
            long_enough = lengths >= order
            keys[long_enough] |= _shifted(numbers[starts[long_enough] + order - 1], order)
        return keys

    def _buckets(self, keys: Keys) -> Indices:
        return ((keys * GOLDEN_RATIO) >> self._bucket_shift).view(np.int64)

    def _slots(self, keys: Keys) -> Indices:
        products: Keys = keys * self._multipliers[self._buckets(keys)]
        return (products >> self._slot_shift).view(np.int64)

    def _look_up(self, keys: Keys) -> Indices:
        """The id of each key, -1 where the vocabulary does not have it."""
        slots = self._slots(keys)
        return np.where(self._slot_keys[slots] == keys, self._slot_ids[slots], -1)


def _code_points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def _shifted(numbers: NDArray[np.uint16], order: int) -> Keys:
    """Numbers of characters at their place in a key: the first character (order 1) in the lowest bits."""
    return numbers.astype(np.uint64) << np.uint64(BITS_PER_CHARACTER * (order - 1))


def _check_entries(vocabulary: Sequence[str], orders: Sequence[int], place: str) -> None:
    if not vocabulary:
        raise VocabularyError(f"{place}: has no entries. Choose a vocabulary from some texts.")
    lines: dict[str, int] = {}
    for line, entry in enumerate(vocabulary, start=1):
        if len(entry) not in orders or SEPARATOR in entry:
            raise VocabularyError(
                f"{place}, line {line}: {entry!r} is not an n-gram of {list(orders)} characters. "
                "Leave it out, and publish the model as a new version."
            )
        if entry in lines:
            raise VocabularyError(
                f"{place}, line {line}: {entry!r} stands in line {lines[entry]} already. "
                "Leave one out, and publish the model as a new version."
            )
        lines[entry] = line
