"""The demo's messages: in disorder as announced, late as announced, each kind of fault once or more."""

from __future__ import annotations

import json

from headrace.demo.comments import LATE_COMMENTS, MAX_DISORDER_SECONDS, Message, make_messages
from headrace.demo.expected import WATERMARK_DELAY

START = 1_795_000_000_000
MESSAGES = make_messages([f"评论{n}" for n in range(1200)], "run", START, max_characters=512, seed=3)


def lateness(messages: list[Message]) -> list[tuple[Message, int]]:
    """Each comment with how far it is behind the latest one before it, in milliseconds."""
    behind, latest = [], 0
    for message in messages:
        if message.comment:
            behind.append((message, latest - message.comment.time))
            latest = max(latest, message.comment.time)
    return behind


def test_seed_decides() -> None:
    again = make_messages([f"评论{n}" for n in range(1200)], "run", START, max_characters=512, seed=3)
    other = make_messages([f"评论{n}" for n in range(1200)], "run", START, max_characters=512, seed=4)
    assert again == MESSAGES
    assert other != MESSAGES


def test_late_comments_are_behind_the_watermark_and_no_others() -> None:
    behind = lateness(MESSAGES)
    late = [by for message, by in behind if message.reason == "late"]
    others = [by for message, by in behind if message.reason != "late"]
    assert len(late) == LATE_COMMENTS
    assert min(late) > WATERMARK_DELAY
    assert 0 < max(others) <= MAX_DISORDER_SECONDS * 1000


def test_every_text_is_sent_once_and_time_spreads_over_twenty_minutes() -> None:
    comments = [
        message.comment for message in MESSAGES if message.comment and "-bad-" not in message.comment.comment_id
    ]
    assert sorted(comment.content for comment in comments) == sorted(f"评论{n}" for n in range(1200))
    times = [comment.time for comment in comments]
    assert min(times) == START
    assert max(times) - min(times) >= 20 * 60_000


def test_payload_is_the_comment_unless_it_is_to_be_rejected() -> None:
    for message in MESSAGES:
        if message.comment and message.reason != "undecodable":
            assert message.payload is not None
            assert json.loads(message.payload)["content"] == message.comment.content
    reasons = {message.reason for message in MESSAGES}
    assert reasons >= {
        "empty_message",
        "not_json",
        "no_content",
        "no_ts",
        "absurd_ts",
        "empty",
        "too_long",
        "undecodable",
    }
