"""Messages of live topics, as Kafka keeps them."""

from __future__ import annotations

import heapq
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from confluent_kafka import OFFSET_INVALID, Consumer, KafkaError, KafkaException, TopicPartition

from headrace.testing.problems import CaseError

SEARCHED = 100_000
"""How many of a partition's last messages are searched for those that are wanted."""
_SECONDS = 30.0


@dataclass(frozen=True)
class Message:
    """A message as Kafka keeps it; `source` is the table that reads it, at first its topic."""

    source: str
    partition: int
    offset: int
    milliseconds: int
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...] = ()

    @property
    def time(self) -> datetime:
        """When Kafka took it, or what its producer said."""
        return datetime.fromtimestamp(self.milliseconds / 1000, UTC)

    def fields(self) -> dict[str, Any] | None:
        """The fields of a JSON object; None if it is none."""
        try:
            found = json.loads(self.value or b"")
        except ValueError:  # no JSON, or no UTF-8
            return None
        return found if isinstance(found, dict) else None


@dataclass(frozen=True)
class Selection:
    """Which messages of a topic are wanted: the last ones of those that fit.

    Attributes:
        messages: how many at the most.
        where: JSON fields and their values; messages without them are left out.
        since, until: Kafka's times; a message from `until` on is left out.
    """

    messages: int = 20
    where: tuple[tuple[str, str], ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether something is asked of the messages."""
        return bool(self.where or self.since or self.until)

    def fits(self, message: Message) -> bool:
        """Whether a message is among those that are wanted, apart from their number."""
        if (self.since and message.time < self.since) or (self.until and message.time >= self.until):
            return False
        fields = message.fields() if self.where else {}
        return fields is not None and all(_text(fields.get(name)) == value for name, value in self.where)


def read_messages(bootstrap_servers: str, topic: str, selection: Selection) -> list[Message]:
    """A topic's messages that fit, in the order of Kafka's times; of each partition the last ones are searched.

    Raises:
        CaseError: Kafka does not answer, or there is no such topic.
    """
    number = SEARCHED if selection.is_narrowed else selection.messages
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap_servers,
            "group.id": "headrace-test-new",
            "enable.auto.commit": False,
            "enable.partition.eof": True,
            "log_level": 4,
        }
    )
    try:
        found = consumer.list_topics(topic, timeout=_SECONDS).topics[topic]
        if found.error:
            raise CaseError(f"topic {topic}: Kafka at {bootstrap_servers} has none. Deploy creates it: make deploy")
        kept = []
        for partition in found.partitions:
            low, high = consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=_SECONDS)
            if low != OFFSET_INVALID and low < high:
                start = TopicPartition(topic, partition, max(low, high - number))
                kept.append([each for each in _read_partition(consumer, start, high) if selection.fits(each)])
        return list(heapq.merge(*kept, key=lambda message: message.milliseconds))
    except KafkaException as error:
        raise CaseError(f"topic {topic}: Kafka at {bootstrap_servers}: {error}. Look at it: headrace status") from error
    finally:
        consumer.close()


def _read_partition(consumer: Consumer, start: TopicPartition, end: int) -> list[Message]:
    consumer.assign([start])
    messages: list[Message] = []
    while True:
        record = consumer.poll(_SECONDS)
        if record is None:
            raise CaseError(f"topic {start.topic}: Kafka has sent no message for {_SECONDS:.0f} s. Try again.")
        problem = record.error()
        # The last offsets of a partition may be a transaction's marks, which are no messages.
        if problem and problem.code() == KafkaError._PARTITION_EOF:
            return messages
        if problem:
            raise KafkaException(problem)
        headers: Any = record.headers() or ()
        offset = record.offset() or 0
        _, milliseconds = record.timestamp()
        messages.append(Message(start.topic, start.partition, offset, milliseconds, record.value(), tuple(headers)))
        if offset >= end - 1:
            return messages


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
