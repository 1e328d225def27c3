"""Word pieces: special tokens, padding, truncation, and what files are refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import tokenizers

from headrace.inference.errors import ModelNotFoundError, VocabularyError
from headrace.inference.word_piece import WordPiece

VOCABULARY = ["[PAD]", "[CLS]", "[SEP]", "[UNK]", "好", "评", "差", "ok", "##ay"]
PAD, CLS, SEP, UNKNOWN, GOOD, REVIEW, BAD, OK, AY = range(len(VOCABULARY))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A tokenizer.json that asks for padding and truncation of its own, which the manifest's values replace."""
    tokenizer = tokenizers.BertWordPieceTokenizer({token: number for number, token in enumerate(VOCABULARY)})
    tokenizer.enable_padding(length=64)
    tokenizer.enable_truncation(3)
    path = tmp_path / "tokenizer.json"
    tokenizer.save(str(path))
    return path


def test_rows_are_padded_to_the_longest(file: Path) -> None:
    ids = WordPiece.from_file(file, max_tokens=16, padding_id=PAD).encode(["好评", "差", "OKay！"])
    assert ids.dtype == np.int64
    assert ids.flags.c_contiguous
    assert ids.tolist() == [
        [CLS, GOOD, REVIEW, SEP, PAD],
        [CLS, BAD, SEP, PAD, PAD],
        [CLS, OK, AY, UNKNOWN, SEP],
    ]


def test_long_texts_are_cut_before_the_last_special_token(file: Path) -> None:
    ids = WordPiece.from_file(file, max_tokens=4, padding_id=PAD).encode(["好评差好评", "差"])
    assert ids.tolist() == [[CLS, GOOD, REVIEW, SEP], [CLS, BAD, SEP, PAD]]


def test_a_choice_of_rows_is_padded_to_a_width(file: Path) -> None:
    rows = WordPiece.from_file(file, max_tokens=16, padding_id=PAD).rows(["好评差好评", "差", "", "好评"])
    assert rows.lengths.tolist() == [7, 3, 2, 4]
    assert rows.padded(np.array([3, 2]), 5).tolist() == [[CLS, GOOD, REVIEW, SEP, PAD], [CLS, SEP, PAD, PAD, PAD]]


def test_it_starts_no_threads(file: Path) -> None:
    """In a process of its own: the library keeps threads that another test might have started."""
    script = f"""
from pathlib import Path
from headrace.inference.word_piece import WordPiece
tokenizer = WordPiece.from_file(Path({str(file)!r}), max_tokens=16, padding_id={PAD})
tasks = Path("/proc/self/task")
before = set(tasks.iterdir())
tokenizer.encode(["好评"] * 10_000)
assert set(tasks.iterdir()) == before
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFoundError, match=r"tokenizer.json: there is no such file"):
        WordPiece.from_file(tmp_path / "tokenizer.json", max_tokens=16, padding_id=PAD)


def test_damaged_file(file: Path) -> None:
    file.write_text("{}")
    with pytest.raises(VocabularyError, match=r"tokenizer.json: is no tokenizer.json \("):
        WordPiece.from_file(file, max_tokens=16, padding_id=PAD)


def test_padding_that_is_no_token(file: Path) -> None:
    with pytest.raises(VocabularyError, match=r"tokenizer.json: has no token 9, which the manifest pads with"):
        WordPiece.from_file(file, max_tokens=16, padding_id=len(VOCABULARY))
