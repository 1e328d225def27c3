"""The tokenizer gives what a plain reading of its definition gives."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from headrace.inference.char_ngrams import CharNgrams, ngrams, normalize
from headrace.inference.errors import ModelNotFoundError, VocabularyError

ORDERS = (1, 2, 3, 4)
# Few characters, so that n-grams meet; among them whitespace, case, full width, combining marks and one beyond the BMP.
CHARACTERS = "好差不aAＡ！! \t\n\u3000\u2028e\u0301éΣσ🙂㈱ﬁ"
texts = st.text(st.sampled_from(CHARACTERS), max_size=12) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=6
)


def reference(text: str, vocabulary: list[str]) -> set[int]:
    """Ids of a text, one n-gram after the other."""
    return {vocabulary.index(entry) for entry in ngrams(normalize(text), ORDERS) if entry in vocabulary}


@given(st.lists(texts, min_size=1, max_size=6), st.lists(texts, min_size=1, max_size=4), st.data())
@example(["", "\n", "好", "\n好\n"], ["好"], None)
def test_batch_equals_reference(batch: list[str], known: list[str], data: st.DataObject | None) -> None:
    candidates = sorted({entry for text in known for entry in ngrams(normalize(text), ORDERS)} | {"好"})
    vocabulary = data.draw(st.lists(st.sampled_from(candidates), min_size=1, unique=True)) if data else candidates
    tokenizer = CharNgrams(vocabulary, ORDERS)
    encoded = tokenizer.encode(batch)
    assert encoded.ids.dtype == encoded.rows.dtype == np.int32
    assert np.all(np.diff(encoded.rows) >= 0)
    for row, text in enumerate(batch):
        ids = encoded.ids[encoded.rows == row].tolist()
        assert sorted(ids) == sorted({*reference(text, vocabulary), tokenizer.padding_id})


@given(st.lists(texts, min_size=1, max_size=6))
def test_normalizing_joined_texts_equals_normalizing_each(batch: list[str]) -> None:
    one_line_each = [" ".join(text.split()) for text in batch]
    joined = unicodedata.normalize("NFKC", "\n".join(one_line_each)).lower()
    assert joined.split("\n") == [normalize(text) for text in batch]


def test_a_large_vocabulary_finds_each_entry() -> None:
    vocabulary = [chr(0x4E00 + first) + chr(0x4E00 + second) for first in range(200) for second in range(200)]
    tokenizer = CharNgrams(vocabulary, [2])
    encoded = tokenizer.encode(vocabulary)
    assert encoded.ids[encoded.ids != tokenizer.padding_id].tolist() == list(range(len(vocabulary)))


def test_file_keeps_spaces(tmp_path: Path) -> None:
    path = tmp_path / "vocabulary.txt"
    path.write_bytes("好\n 好\n好 \n".encode())
    encoded = CharNgrams.from_file(path, [1, 2]).encode(["很 好 了"])
    assert encoded.ids.tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("vocabulary", "fact"),
    [
        ([], "no entries"),
        (["好", ""], "line 2: '' is not"),
        (["好", "一二三四五"], "line 2: '一二三四五' is not"),
        (["好", "差", "好"], "line 3: '好' stands in line 1"),
        ([chr(0x20000 + number) for number in range(40_000)] + [chr(0x30000 + n) for n in range(30_000)], "70000"),
    ],
)
def test_vocabulary_is_refused(vocabulary: list[str], fact: str) -> None:
    with pytest.raises(VocabularyError, match=fact):
        CharNgrams(vocabulary, ORDERS, "the file")


def test_missing_and_broken_files(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFoundError, match=r"vocabulary\.txt: there is no such file"):
        CharNgrams.from_file(tmp_path / "vocabulary.txt", ORDERS)
    (tmp_path / "vocabulary.txt").write_bytes(b"\xff")
    with pytest.raises(VocabularyError, match=r"vocabulary\.txt: is not UTF-8"):
        CharNgrams.from_file(tmp_path / "vocabulary.txt", ORDERS)
