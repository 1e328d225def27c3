"""The vocabulary of a model from scratch, and its tokenizer.json."""

from __future__ import annotations

from pathlib import Path

from headrace.inference.word_piece import WordPiece
from train.ernie.tokenizer import SPECIAL_TOKENS, make_tokenizer, vocabulary_of
from train.ernie.vocabulary import build_vocabulary

TEXTS = ["酒店很好", "酒店不好", "WIFI很好，wifi快", "价格￥99"]


def tokens(text: str, vocabulary: list[str]) -> list[str]:
    return make_tokenizer(vocabulary).encode(text, add_special_tokens=False).tokens


def test_frequent_words_and_all_letters_are_in_the_vocabulary() -> None:
    vocabulary = build_vocabulary(TEXTS, min_frequency=2)
    assert tuple(vocabulary[: len(SPECIAL_TOKENS)]) == SPECIAL_TOKENS
    assert {"酒", "店", "好", "很", "wifi", "a", "##a", "9", "##9"} <= set(vocabulary)
    assert "快" not in vocabulary
    assert len(set(vocabulary)) == len(vocabulary)


def test_the_order_of_texts_does_not_matter() -> None:
    assert build_vocabulary(TEXTS, 1) == build_vocabulary(TEXTS[::-1], 1)


def test_rare_words_are_spelled_and_rare_characters_are_unknown() -> None:
    vocabulary = build_vocabulary(TEXTS, min_frequency=2)
    assert tokens("wifi5 wi5快", vocabulary) == ["wifi", "##5", "w", "##i", "##5", "[UNK]"]


def test_width_and_case_do_not_matter_and_symbols_stand_alone() -> None:
    vocabulary = [*build_vocabulary(TEXTS, 1), "¥", "+"]
    assert tokens("ＷＩＦＩ￥99＋a", vocabulary) == ["wifi", "¥", "99", "+", "a"]


def test_a_text_cannot_contain_special_tokens() -> None:
    vocabulary = build_vocabulary(TEXTS, 1)
    assert not set(tokens("[PAD][CLS] [SEP] [MASK]", vocabulary)) & {"[PAD]", "[CLS]", "[SEP]", "[MASK]"}


def test_the_worker_reads_the_file(tmp_path: Path) -> None:
    tokenizer = make_tokenizer(build_vocabulary(TEXTS, 1))
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    ids = WordPiece.from_file(tmp_path / "tokenizer.json", max_tokens=4, padding_id=0).encode(["酒店很好", "好"])
    vocabulary = vocabulary_of(tokenizer)
    assert [[vocabulary[token] for token in row] for row in ids] == [
        ["[CLS]", "酒", "店", "[SEP]"],
        ["[CLS]", "好", "[SEP]", "[PAD]"],
    ]
