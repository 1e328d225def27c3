"""The demo's comments: real held-out reviews, as users write them about items, with what goes wrong in real life."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass

USERS = 90
ITEMS = 24
SPAN_SECONDS = 24 * 60
# Out of order by less than the 5 seconds that the watermark waits (catalog/sources/comments.sql) …
MAX_DISORDER_SECONDS = 4.0
# … or by so much that the watermark has passed for certain.
LATE_SECONDS = (180.0, 400.0)
LATE_COMMENTS = 25


@dataclass(frozen=True)
class Comment:
    """One comment, well formed.

    Attributes:
        time: when it was written, in milliseconds since 1970.
        late: it arrives behind the watermark.
    """

    comment_id: str
    user_id: str
    item_id: str
    content: str
    time: int
    late: bool = False

    def payload(self) -> bytes:
        fields = {
            "comment_id": self.comment_id,
            "user_id": self.user_id,
            "item_id": self.item_id,
            "content": self.content,
            "ts": self.time,
        }
        return json.dumps(fields, ensure_ascii=False).encode()


@dataclass(frozen=True)
class Message:
    """One message of the topic.

    Attributes:
        payload: what is sent; None is Kafka's NULL.
        comment: the comment in it, if it can be read.
        reason: why a dead letter is expected, if one is.
    """

    payload: bytes | None
    comment: Comment | None = None
    reason: str | None = None


def make_messages(
    texts: Sequence[str], run: str, start: int, max_characters: int, seed: int, late_comments: int = LATE_COMMENTS
) -> list[Message]:
    """Messages in the order in which they arrive.

    Users come in sessions of a few comments, some seconds apart, with pauses between. Each text is used once.

    Args:
        texts: the contents of the comments.
        run: tells the ids of this run's comments from those of others.
        start: time of the first comment, in milliseconds since 1970.
        max_characters: the longest text that the model takes.
        seed: the same seed makes the same messages.
        late_comments: how many arrive behind the watermark.
    """
    random_ = random.Random(seed)  # noqa: S311  (a demo, not a secret)
    placed = _sessions(len(texts), random_)
    events = [
        _comment(run, number, text, start, random_, where)
        for number, (text, where) in enumerate(zip(texts, placed, strict=True))
    ]
    # Not at the end: those are not yet behind the watermark when the replay ends.
    late = set(random_.sample(range(len(events) // 3, len(events) * 4 // 5), late_comments))
    arrivals: list[tuple[float, Message]] = []
    for number, comment in enumerate(sorted(events, key=lambda event: event.time)):
        if number in late:
            behind = Comment(**{**vars(comment), "late": True})
            arrival = comment.time + random_.uniform(*LATE_SECONDS) * 1000
            arrivals.append((arrival, Message(behind.payload(), behind, "late")))
        else:
            # The very first opens the replay: nothing arrives before it.
            arrival = comment.time + (random_.uniform(0, MAX_DISORDER_SECONDS) * 1000 if number else 0)
            arrivals.append((arrival, Message(comment.payload(), comment)))
    last = max(time for time, message in arrivals if message.reason is None)
    # Those that would arrive after the end come just before it; they are no less late.
    arrivals = [(min(time, last - 1), message) for time, message in arrivals]
    for number in range(len(_bad_messages(run, start, max_characters))):
        arrival = random_.uniform(start + 1000, last - 2)
        # Written when it arrives: a time ahead of the others' would make the others late.
        arrivals.append((arrival, _bad_messages(run, int(arrival), max_characters)[number]))
    return [message for _, message in sorted(arrivals, key=lambda arrival: arrival[0])]


def _sessions(count: int, random_: random.Random) -> list[tuple[str, float]]:
    """A user and a time, in seconds from the start, for each of `count` comments."""
    placed: list[tuple[str, float]] = []
    clock = {f"u{number:03d}": random_.uniform(0, 120) for number in range(1, USERS + 1)}
    clock["u001"] = 0.0
    while len(placed) < count:
        user = min(clock, key=clock.__getitem__)
        time = clock[user]
        # Stretched or squeezed below to fill the span exactly.
        for _ in range(random_.randint(2, 9)):
            placed.append((user, time))
            time += random_.uniform(1.5, 18.0)
        clock[user] = time + random_.uniform(45.0, 240.0)
    placed = placed[:count]
    stretch = SPAN_SECONDS / max(time for _, time in placed)
    return [(user, time * stretch) for user, time in placed]


def _comment(
    run: str, number: int, text: str, start: int, random_: random.Random, placed: tuple[str, float]
) -> Comment:
    user, seconds = placed
    return Comment(
        comment_id=f"{run}-{number:05d}",
        user_id=user,
        # A few items get most of the comments.
        item_id=f"i{1 + min(int(random_.expovariate(1 / 6)), ITEMS - 1):02d}",
        content=text,
        time=start + int(seconds * 1000),
    )


def _bad_messages(run: str, time: int, max_characters: int) -> list[Message]:
    """Everything that can be wrong with a message: kept as a dead letter, and the job goes on."""

    def comment(number: int, **other: object) -> dict[str, object]:
        fields = {
            "comment_id": f"{run}-bad-{number}",
            "user_id": "u001",
            "item_id": "i01",
            "content": "还不错",
            "ts": time,
        }
        return {**fields, **other}

    def payload(fields: dict[str, object]) -> bytes:
        return json.dumps(fields, ensure_ascii=False).encode()

    def taken(number: int, content: str, reason: str, raw: bytes | None = None) -> Message:
        """A comment whose text the model does not take: it has the neutral default, and a dead letter."""
        readable = Comment(f"{run}-bad-{number}", "u001", "i01", content, time)
        return Message(raw or readable.payload(), readable, reason)

    cut_character = payload(comment(14, content="味道@很好")).replace(b"@", "好".encode()[:2])
    return [
        Message(None, reason="empty_message"),
        Message(b"", reason="empty_message"),
        Message("今天天气不错".encode(), reason="not_json"),
        Message(b'{"comment_id": "cut', reason="not_json"),
        Message(b"\xff\xfe\x00\x01", reason="not_json"),
        Message(b"[1, 2]", reason="not_json"),
        Message(payload(comment(1, comment_id=None)), reason="no_comment_id"),
        Message(payload(comment(2, user_id=None)), reason="no_user_id"),
        Message(payload(comment(3, item_id=None)), reason="no_item_id"),
        Message(payload(comment(4, content=None)), reason="no_content"),
        Message(payload(comment(5, ts="yesterday")), reason="no_ts"),
        Message(payload(comment(6, ts=time * 1000)), reason="absurd_ts"),
        taken(11, "", "empty"),
        taken(12, " \u3000\u200b ", "empty"),
        taken(13, "好" * (max_characters + 1), "too_long"),
        taken(14, "味道\ufffd很好", "undecodable", cut_character),
    ]
