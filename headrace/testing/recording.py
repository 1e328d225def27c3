"""Records a case from what flows through a running stack: the sources' last messages, and what they give."""

from __future__ import annotations

import base64
import heapq
import json
import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

import yaml
from confluent_kafka import OFFSET_INVALID, Consumer, KafkaException, TopicPartition

from headrace.testing.arrival import Arrival
from headrace.testing.case import ARRIVAL_FILE, CASE_FILE, Case, CaseError, CaseSettings, read_case, write_lines
from headrace.testing.job import TestJob
from headrace.testing.rows import difference

SEARCHED = 100_000
"""How many of a topic's last messages are searched for those that are wanted."""
_SECONDS = 30.0


@dataclass(frozen=True)
class Message:
    """A message as Kafka keeps it."""

    source: str
    partition: int
    offset: int
    milliseconds: int
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...] = ()


@dataclass(frozen=True)
class Wanted:
    """What to record.

    Attributes:
        feature: the table whose rows are expected.
        messages: how many of each source.
        where: JSON fields and their values; messages without them are left out.
        mask: names of JSON fields whose values are replaced, at any depth.
        real_model: whether the case asks the published model each time; else its scores are written down.
    """

    feature: str
    messages: int
    where: dict[str, str]
    mask: tuple[str, ...] = ()
    real_model: bool = False


@dataclass(frozen=True)
class Recorded:
    """A case that was written, and what a person should know of it."""

    case: Case
    remarks: tuple[str, ...]


def record_case(
    job: TestJob,
    wanted: Wanted,
    folder: Path,
    messages_of: Callable[[str], Iterable[Message]],
    rows_of: Callable[[str], list[str]],
) -> Recorded:
    """Writes a case from live messages and rows.

    Args:
        job: the job that writes the feature.
        wanted: what to record.
        folder: the case's; it must not exist.
        messages_of: the messages of a topic, in the order of their arrival.
        rows_of: the rows of a table that is looked up in, as JSON.

    Raises:
        CaseError: the folder exists, there are no messages, or the job fails on them.
    """
    if folder.exists():
        raise CaseError(f"{folder}: there is such a case. Name another: --case.")
    mask = Mask(wanted.mask)
    inputs: dict[str, list[str]] = {}
    recorded: list[list[Message]] = []
    for name in job.inputs_of(wanted.feature):
        table = job.table(name)
        if table.is_redis:
            inputs[name] = [mask.text(row) for row in rows_of(name)]
            continue
        found = [message for message in messages_of(table.options.get("topic", name)) if _fits(message, wanted.where)]
        kept = [each for each in found if mask.can(each)][-wanted.messages :]
        recorded.append([replace(mask.message(each), source=name) for each in kept])
        inputs[name] = []
    arrived = list(heapq.merge(*recorded, key=lambda message: message.milliseconds))
    if not arrived:
        raise CaseError(
            f"feature {wanted.feature}: its sources have no such messages. Let some flow (headrace demo --keep), or "
            "ask for others (--where)."
        )
    arrival = []
    for message in arrived:
        line, entry = _written(message)
        inputs[message.source].append(line)
        arrival.append(entry.model_dump_json(exclude_defaults=True))
    start = datetime.fromtimestamp(arrived[0].milliseconds / 1000, UTC)
    settings = CaseSettings(
        description=f"Recorded: {len(arrived)} messages from {start:%Y-%m-%d %H:%M:%S} UTC on", start=start
    )
    case = Case(job.name, folder, settings, inputs, {wanted.feature: []}, arrival)
    scores = None if wanted.real_model else record_scores(job, case)
    case = replace(case, settings=settings.model_copy(update={"scores": scores}))
    rows = job.run(case)[wanted.feature]
    again = difference(wanted.feature, job.keys()[wanted.feature], rows, job.run(case)[wanted.feature])
    _write(case, rows)
    return Recorded(read_case(folder), tuple(_remarks(wanted, mask, rows, inputs, bool(again))))


def record_scores(job: TestJob, case: Case) -> dict[str, float | None]:
    """What the published model says of each text that the case brings to it."""
    file = job.folder / "recorded-scores.jsonl"
    file.unlink(missing_ok=True)
    job.run(case, record=file)
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return dict(json.loads(line) for line in lines)


class Mask:
    """Replaces the values of JSON fields; equal values stay equal, and no other byte of a message changes."""

    def __init__(self, fields: Sequence[str]) -> None:
        self._key = secrets.token_bytes(16)  # so that nobody finds a value by trying
        self.left_out = 0
        names = "|".join(re.escape(json.dumps(field, ensure_ascii=False)) for field in fields)
        self._field = re.compile(rf'((?:{names})\s*:\s*)("(?:[^"\\]|\\.)*"|-?[\d.eE+-]+)') if fields else None

    def can(self, message: Message) -> bool:
        """Whether a message's fields can be told; one that is no JSON is left out when something is to be masked."""
        if not self._field or _object(message.value) is not None:
            return True
        self.left_out += 1
        return False

    def message(self, message: Message) -> Message:
        """The message with masked values."""
        if not self._field or _object(message.value) is None or message.value is None:
            return message
        return replace(message, value=self.text(message.value.decode()).encode())

    def text(self, text: str) -> str:
        """JSON with masked values: `m-` and eight hexadecimal digits."""
        return self._field.sub(self._masked, text) if self._field else text

    def _masked(self, match: re.Match[str]) -> str:
        digest = blake2b(match.group(2).encode(), digest_size=4, key=self._key).hexdigest()
        return f'{match.group(1)}"m-{digest}"'


def read_messages(bootstrap_servers: str, topic: str, number: int) -> list[Message]:
    """The last messages of each partition of a topic, in the order of Kafka's times.

    Raises:
        CaseError: Kafka does not answer, or there is no such topic.
    """
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap_servers,
            "group.id": "headrace-test-new",
            "enable.auto.commit": False,
            "log_level": 4,
        }
    )
    try:
        partitions = consumer.list_topics(topic, timeout=_SECONDS).topics[topic].partitions
        kept = []
        for partition in partitions:
            low, high = consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=_SECONDS)
            if low != OFFSET_INVALID and low < high:
                kept.append(_read_partition(consumer, TopicPartition(topic, partition, max(low, high - number)), high))
        return list(heapq.merge(*kept, key=lambda message: message.milliseconds))
    except KafkaException as error:
        raise CaseError(
            f"Kafka at {bootstrap_servers}: topic {topic}: {error}. Is the stack up? headrace status"
        ) from error
    finally:
        consumer.close()


def _read_partition(consumer: Consumer, start: TopicPartition, end: int) -> list[Message]:
    consumer.assign([start])
    messages: list[Message] = []
    while True:
        record = consumer.poll(_SECONDS)
        if record is None:
            raise CaseError(f"topic {start.topic}: Kafka has not sent a message for {_SECONDS:.0f} s. Try again.")
        if record.error():
            raise KafkaException(record.error())
        headers: Any = record.headers() or ()
        offset = record.offset() or 0
        _, milliseconds = record.timestamp()
        messages.append(Message(start.topic, start.partition, offset, milliseconds, record.value(), tuple(headers)))
        if offset >= end - 1:
            return messages


def _fits(message: Message, where: dict[str, str]) -> bool:
    fields = _object(message.value)
    return not where or (fields is not None and all(str(fields.get(name)) == value for name, value in where.items()))


def _object(value: bytes | None) -> dict[str, Any] | None:
    try:
        found = json.loads(value or b"")
    except ValueError:  # no JSON, or no UTF-8
        return None
    return found if isinstance(found, dict) else None


def _written(message: Message) -> tuple[str, Arrival]:
    """The line and the arrival that give the message back, byte for byte."""
    line, encoding = "", None
    if message.value is None:
        encoding = "none"
    else:
        try:
            line = message.value.decode()
        except UnicodeDecodeError:
            encoding = "base64"
        if "\n" in line:
            encoding = "base64"
        if encoding:
            line = base64.b64encode(message.value).decode("ascii")
    headers = {name: (value or b"").decode(errors="replace") for name, value in message.headers}
    time = datetime.fromtimestamp(message.milliseconds / 1000, UTC)
    fields = {"source": message.source, "time": time, "partition": message.partition, "offset": message.offset}
    return line, Arrival.model_validate({**fields, "headers": headers, "encoding": encoding})


def _write(case: Case, rows: list[dict[str, Any]]) -> None:
    for name, lines in case.inputs.items():
        write_lines(case.folder / "input" / f"{name}.jsonl", lines)
    write_lines(case.folder / ARRIVAL_FILE, case.arrival or [])
    for name in case.expected:
        write_lines(case.folder / "expected" / f"{name}.jsonl", [json.dumps(row, ensure_ascii=False) for row in rows])
    content = case.settings.model_dump(exclude_none=True)
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)
    (case.folder / CASE_FILE).write_text(text, encoding="utf-8")


def _remarks(
    wanted: Wanted, mask: Mask, rows: list[dict[str, Any]], inputs: dict[str, list[str]], differs: bool
) -> Iterable[str]:
    yield f"expected/{wanted.feature}.jsonl: {len(rows)} rows, as the SQL gives them today: read them over"
    yield f"{CASE_FILE}: say in `description` what the case shows"
    if not wanted.mask:
        yield "input/: messages as people wrote them: replace what is personal (--mask <field> does it for a field)"
    if mask.left_out:
        yield f"{mask.left_out} messages are no JSON objects, in which nothing can be masked: left out"
    if differs:
        yield "two runs gave different rows: the SQL depends on something that a case does not set (processing time)"
    empty = [name for name, lines in inputs.items() if not lines]
    if empty:
        yield f"no input of {', '.join(empty)}"
