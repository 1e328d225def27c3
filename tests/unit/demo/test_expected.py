"""The plain computation that the demo holds the SQL against, itself held against numbers worked out by hand."""

from __future__ import annotations

import pytest

from headrace.demo.comments import Comment
from headrace.demo.expected import Features, ScoredComment, differences, expected_features, iso

MINUTE = 60_000
START = 1_795_000_020_000 // MINUTE * MINUTE


def scored(second: float, score: float, user: str = "u1", item: str = "i1", **other: object) -> ScoredComment:
    late = bool(other.get("late", False))
    comment = Comment(f"c{second}", user, item, "文本", START + int(second * 1000), late)
    label = "positive" if score >= 0.5 else "negative"
    return ScoredComment(comment, label, score, max(score, 1 - score), "1", str(other.get("status", "ok")))


def features(*comments: ScoredComment) -> Features:
    return expected_features(list(comments))


def test_item_window_closes_with_the_watermark() -> None:
    open_window = features(scored(10, 0.2), scored(59, 0.6), scored(64.9, 0.9, item="i2"))
    assert "item_sentiment:i1" not in open_window
    closed = features(scored(10, 0.2), scored(59, 0.6), scored(65, 0.9, item="i2"))["item_sentiment:i1"]
    assert closed["comments"] == 2
    assert closed["mean_score"] == pytest.approx(0.4)
    assert closed["negative_share"] == pytest.approx(0.5)
    assert (closed["window_start"], closed["window_end"]) == (iso(START), iso(START + MINUTE))


def test_user_emotion_forgets_after_five_minutes() -> None:
    row = features(scored(0, 0.0), scored(1, 0.4), scored(301, 0.8), scored(400, 0.5, user="u2"))["user_emotion:u1"]
    assert row["comments"] == 2
    assert row["mean_score"] == pytest.approx(0.6)
    assert row["volatility"] == pytest.approx(0.2)


def test_session_ends_after_thirty_seconds_of_silence() -> None:
    row = features(scored(0, 0.1), scored(40, 0.3), scored(70, 0.7), scored(200, 0.5, user="u2"))[
        "user_session_emotion:u1"
    ]
    assert row["comments"] == 2  # thirty seconds exactly still belong together
    assert row["session_start"] == iso(START + 40_000)
    assert row["session_end"] == iso(START + 100_000)


def test_late_and_failed_comments_count_in_no_window() -> None:
    found = features(
        scored(1, 0.2), scored(2, 0.9, late=True), scored(3, 0.5, status="too_long"), scored(90, 0.5, item="i2")
    )
    assert found["item_sentiment:i1"]["comments"] == 1
    assert len([key for key in found if key.startswith("comment_sentiment:")]) == 4


def test_differences_name_key_and_field() -> None:
    expected: Features = {"t:1": {"a": 1.0, "b": "x"}, "t:2": {"a": 1}, "t:3": {"a": 1}}
    found = {"t:1": {"a": "1.0000000001", "b": "y"}, "t:2": {"a": "1", "c": "2"}}
    assert list(differences(expected, found)) == [
        "t:1: field b is y, expected x",
        "t:2: field c = 2 is not expected",
        "t:3: missing",
    ]
