"""Waits for what a replay brings about: rows in Redis, dead letters, letters for review, moods of hours."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime

import redis
from tenacity import RetryCallState, Retrying, retry_if_not_result, wait_fixed

from headrace.demo.dead_letters import DeadLetter, TopicReader, read_dead_letters
from headrace.demo.invoices.documents import DemoDocument
from headrace.demo.invoices.report.report import Mood
from headrace.demo.invoices.timeline import INVOICES, Message, Timeline
from headrace.demo.replay import Arrivals
from headrace.errors import HeadraceError
from headrace.features import read_features
from headrace.settings import settings

REVIEW = "invoices_review"
# Nothing new for so long: it is not going to come. Long enough for a worker to start and load its models.
QUIET_SECONDS = 180.0


class DemoError(HeadraceError):
    """What the demo found is not what the truth says."""


def end_of(servers: str, topic: str) -> dict[int, int]:
    """The offset after the last record of each partition."""
    reader = TopicReader(servers, topic)
    try:
        return reader.end()
    finally:
        reader.close()


def await_first(keys: Iterable[str], arrivals: Arrivals) -> None:
    """Waits for the rows of the first documents.

    Raises:
        DemoError: they do not come.
    """
    wanted = set(keys)
    if not _grows(lambda: len(wanted & arrivals.first_seen.keys()), len(wanted), pause=0.1):
        raise DemoError(
            f"{len(wanted & arrivals.first_seen.keys())} of the first {len(wanted)} documents are in Redis after "
            f"{QUIET_SECONDS:.0f} s. See: headrace status, {os.path.relpath(settings().stack / 'log')}"
        )


def await_rows(client: redis.Redis, messages: Iterable[Message]) -> dict[str, dict[str, str]]:
    """The row of each invoice by its document's name, as soon as all are there.

    Raises:
        DemoError: one does not come.
    """
    keys = {
        message.key: message.document
        for message in messages
        if message.topic == INVOICES and message.key and message.document
    }
    found: dict[str, dict[str, str]] = {}

    def count() -> int:
        nonlocal found
        found = read_features(client, keys)
        return len(found)

    if not _grows(count, len(keys)):
        missing = [document for key, document in keys.items() if key not in found]
        raise DemoError(
            f"{len(missing)} of {len(keys)} documents are not in Redis, and none came for {QUIET_SECONDS:.0f} s: "
            f"{', '.join(missing[:8])}. See: headrace status"
        )
    return {keys[key]: row for key, row in found.items()}


def await_letters(
    servers: str, topic: str, start: dict[int, int], sent: Collection[bytes | None], wanted: int
) -> list[DeadLetter]:
    """The dead letters of what was sent, once there are as many as wanted; those that came, where there are not.

    Args:
        start: the letters after these offsets are read. What was sent by others meanwhile may be among them.
        sent: payloads of this run.
    """
    letters: list[DeadLetter] = []

    def count() -> int:
        nonlocal letters
        found = read_dead_letters(servers, f"{topic}_dead_letters", start)
        letters = [letter for letter in found if letter.payload in sent]
        return len(letters)

    _grows(count, wanted)
    return letters


def await_reviewed(servers: str, run: str, start: dict[int, int], wanted: int) -> set[str]:
    """The names of a run's documents in the review topic, once there are as many as wanted, or no more come."""
    names: set[str] = set()

    def count() -> int:
        nonlocal names
        reader = TopicReader(servers, REVIEW)
        try:
            ids = [str(json.loads(record.value() or b"{}").get("document_id")) for record in reader.read(start)]
        finally:
            reader.close()
        names = {document_id.removeprefix(f"{run}-") for document_id in ids if document_id.startswith(f"{run}-")}
        return len(names)

    _grows(count, wanted)
    return names


def await_moods(client: redis.Redis, documents: Sequence[DemoDocument], timeline: Timeline) -> list[Mood]:
    """The mood of each hour that has ended, with the moods that its cards were written in; those that came."""
    sentiments = {document.name: str(document.truth.card.sentiment) for document in documents if document.truth.card}
    names = {f"{datetime.fromtimestamp(at / 1000, UTC):%Y-%m-%dT%H}": own for at, own in timeline.card_hours.items()}
    rows: Mapping[str, Mapping[str, str]] = {}

    def cards(hour: str) -> int:
        return int(rows.get(f"greeting_mood:{hour}", {}).get("cards", 0))

    def count() -> int:
        nonlocal rows
        rows = read_features(client, [f"greeting_mood:{hour}" for hour in names])
        return sum(cards(hour) == len(own) for hour, own in names.items())

    _grows(count, len(names))
    moods = []
    for hour, own in names.items():
        row = rows.get(f"greeting_mood:{hour}")
        if row is None:
            continue
        truths = [sentiments[name] for name in own]
        moods.append(
            Mood(
                hour,
                int(row["cards"]),
                len(own),
                *(float(row[name]) for name in ("mean_score", "positive_share", "negative_share")),
                *(truths.count(mood) / len(own) for mood in ("positive", "negative")),
            )
        )
    return moods


def _grows(count: Callable[[], int], wanted: int, pause: float = 0.5) -> bool:
    """Waits until a count has reached what is wanted; says no when it has not grown for QUIET_SECONDS."""
    most, at = 0, time.monotonic()

    def is_reached() -> bool:
        nonlocal most, at
        found = count()
        if found > most:
            most, at = found, time.monotonic()
        return found >= wanted

    def is_quiet(_: RetryCallState) -> bool:
        return time.monotonic() - at > QUIET_SECONDS

    return bool(
        Retrying(
            retry=retry_if_not_result(bool), stop=is_quiet, wait=wait_fixed(pause), retry_error_callback=lambda _: False
        )(is_reached)
    )
