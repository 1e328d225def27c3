"""Reads the topics of the demo back: dead letters, and how far event time has come."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from confluent_kafka import Consumer, KafkaError, KafkaException, TopicPartition
from confluent_kafka import Message as Record

from headrace.errors import HeadraceError


@dataclass(frozen=True)
class DeadLetter:
    """One message that some feature left out, byte for byte, with the reason."""

    reason: str
    payload: bytes | None


class TopicReader:
    """Reads one topic from given offsets up to its end, without a consumer group of its own."""

    def __init__(self, bootstrap_servers: str, topic: str) -> None:
        self._topic = topic
        self._consumer = Consumer(
            {
                "bootstrap.servers": bootstrap_servers,
                "group.id": "headrace-demo",
                "enable.auto.commit": False,
                "enable.partition.eof": True,
                "log_level": 4,
            }
        )

    def end(self) -> dict[int, int]:
        """The offset after the last record of each partition."""
        try:
            partitions = self._consumer.list_topics(self._topic, timeout=15).topics[self._topic].partitions
            return {
                number: self._consumer.get_watermark_offsets(TopicPartition(self._topic, number), timeout=15)[1]
                for number in partitions
            }
        except KafkaException as error:
            raise HeadraceError(f"topic {self._topic}: {error}. Deploy first: make deploy") from error

    def read(self, start: dict[int, int]) -> Iterator[Record]:
        """Every record from these offsets to the end of each partition as it is now."""
        open_partitions = {number for number, end in self.end().items() if end > start.get(number, 0)}
        self._consumer.assign([TopicPartition(self._topic, n, start.get(n, 0)) for n in open_partitions])
        while open_partitions:
            record = self._consumer.poll(15)
            if record is None:
                raise HeadraceError(f"topic {self._topic}: Kafka sent nothing for 15 s. Does it run? headrace status")
            error = record.error()
            if error is None:
                yield record
            elif error.code() == KafkaError._PARTITION_EOF:
                open_partitions.discard(record.partition())
            else:
                raise HeadraceError(f"topic {self._topic}: {error}")

    def close(self) -> None:
        self._consumer.close()


def read_dead_letters(bootstrap_servers: str, topic: str, start: dict[int, int]) -> list[DeadLetter]:
    """The dead letters from these offsets on."""
    reader = TopicReader(bootstrap_servers, topic)
    try:
        return [DeadLetter(_header(record, "reason"), record.value()) for record in reader.read(start)]
    finally:
        reader.close()


def _header(record: Record, name: str) -> str:
    headers: Any = record.headers() or []
    return str(dict(headers)[name], "utf-8")


def newest_event_time(bootstrap_servers: str, topic: str, depth: int = 5000) -> int:
    """The latest `ts` among the last records of a topic, in milliseconds since 1970; 0 if there is none."""
    reader = TopicReader(bootstrap_servers, topic)
    try:
        start = {number: max(0, end - depth) for number, end in reader.end().items()}
        return max((_time(record.value()) for record in reader.read(start)), default=0)
    finally:
        reader.close()


def _time(payload: bytes | None) -> int:
    try:
        fields = json.loads(payload or b"")
        time = fields.get("ts") if isinstance(fields, dict) else None
    except ValueError:
        return 0
    # As in catalog/sources/comments.sql: an absurd time counts as none.
    return time if isinstance(time, int) and 0 <= time <= 4_102_444_800_000 else 0
