"""A steady flow of comments, and what must stand in Redis after it."""

from __future__ import annotations

import random
import threading
import time
from itertools import count
from types import TracebackType
from typing import Self

from headrace.demo.comments import Comment, Message
from headrace.demo.dead_letters import newest_event_time
from headrace.demo.demo import PAUSE_AFTER_EARLIER_RUN, TOPIC
from headrace.demo.expected import ScoredComment
from headrace.demo.replay import Replay
from headrace.inference.loading import load_text_classifier
from headrace.stack.stack import Stack
from train.sentiment.reviews import Split, read_reviews

TEXTS = 400
USERS = 1500
ITEMS = 24
# Event time runs faster than the clock, so that windows of a minute close all the time.
EVENT_SECONDS_PER_SECOND = 10
BATCH = 100


class Flow:
    """Sends comments from a thread of its own, as long as the `with` block lasts."""

    def __init__(self, stack: Stack, run: str, per_second: int) -> None:
        self.sent: list[Comment] = []
        self._run = run
        self._per_second = per_second
        self._servers = stack.addresses.kafka_bootstrap_servers
        reviews = [review.text for review in read_reviews() if review.split is Split.TEST and len(review.text) < 100]
        self._texts = reviews[:TEXTS]
        newest = newest_event_time(self._servers, TOPIC)
        # In the past: a source takes times ahead of its clock by a day at most.
        self._start = max(int(time.time() * 1000) - 6 * 3_600_000, newest + PAUSE_AFTER_EARLIER_RUN)
        self._ends = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._send_all, daemon=True, name="flow")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ends.set()
        self._thread.join()
        if self._failure:
            raise self._failure

    @property
    def event_time(self) -> int:
        """Of the comment that was sent last."""
        return self.sent[-1].time

    def scored(self) -> list[ScoredComment]:
        """All comments that were sent, with what the model says of them."""
        results = load_text_classifier("sentiment").classify(self._texts)
        by_text = dict(zip(self._texts, zip(*results, strict=True), strict=True))
        return [
            ScoredComment(comment, str(label), float(score), float(confidence), str(version), str(status))
            for comment in self.sent
            for label, score, confidence, version, status in [by_text[comment.content]]
        ]

    def _send_all(self) -> None:
        try:
            replay = Replay(self._servers, TOPIC)
            random_ = random.Random(5)  # noqa: S311  (comments, not secrets)
            numbers = count()
            while not self._ends.is_set():
                comments = [self._comment(next(numbers), random_) for _ in range(BATCH)]
                replay.run([Message(one.payload(), one) for one in comments], self._per_second, lambda _: None)
                self.sent += comments
        except BaseException as error:
            self._failure = error

    def _comment(self, number: int, random_: random.Random) -> Comment:
        return Comment(
            comment_id=f"{self._run}-{number:06d}",
            user_id=f"{self._run}-u{random_.randrange(USERS):04d}",
            item_id=f"{self._run}-i{random_.randrange(ITEMS):02d}",
            content=random_.choice(self._texts),
            time=self._start + number * 1000 * EVENT_SECONDS_PER_SECOND // self._per_second,
        )
