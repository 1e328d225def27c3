"""Sends messages at a steady rate, and measures how long what comes of them takes to stand in Redis."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import redis
from confluent_kafka import Message as Record
from confluent_kafka import Producer

from headrace.demo.comments import Message
from headrace.errors import HeadraceError
from headrace.stack.kafka import MESSAGE_MAX_BYTES

CHANNEL = "__keyspace@0__:"


@dataclass(frozen=True)
class Latency:
    """Message sent to feature readable in Redis, in milliseconds."""

    p50: float
    p95: float
    p99: float
    maximum: float

    def __str__(self) -> str:
        return f"p50 {self.p50:.0f} ms, p99 {self.p99:.0f} ms"

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Latency:
        ordered = sorted(seconds)
        percentiles = statistics.quantiles(ordered, n=100, method="inclusive")
        return cls(*(1000 * value for value in (percentiles[49], percentiles[94], percentiles[98], ordered[-1])))


class Arrivals:
    """When each key of a pattern was first written: Redis itself tells, by keyspace notifications.

    https://redis.io/docs/latest/develop/use/keyspace-notifications/
    """

    def __init__(self, client: redis.Redis, pattern: str) -> None:
        self.first_seen: dict[str, float] = {}
        self._client = client
        before: dict[str, str] = client.config_get("notify-keyspace-events")  # type: ignore[assignment]
        self._before = before["notify-keyspace-events"]
        client.config_set("notify-keyspace-events", "Kh")
        self._subscription = client.pubsub(ignore_subscribe_messages=True)  # type: ignore[no-untyped-call]
        self._subscription.psubscribe(f"{CHANNEL}{pattern}")
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True, name="arrivals")

    def __enter__(self) -> Arrivals:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        self._thread.join()
        self._subscription.close()
        self._client.config_set("notify-keyspace-events", self._before)

    def _listen(self) -> None:
        while True:
            message = self._subscription.get_message(timeout=0.2)
            if message is None:
                if self._ends.is_set():
                    return
            else:
                self.first_seen.setdefault(message["channel"].decode().removeprefix(CHANNEL), time.perf_counter())


@dataclass(frozen=True)
class Outgoing:
    """One message to send.

    Attributes:
        position: when it is sent, counted in messages at the rate of the replay; messages may share one.
        topic: where it goes.
        payload: what is sent; None is Kafka's NULL.
        key: of the row in Redis that tells that it has arrived, if one does.
    """

    position: float
    topic: str
    payload: bytes | None
    key: str | None = None


class Sender:
    """Sends messages to partition 0 of their topics, in order.

    Attributes:
        sent: when the message of each key was sent, on the clock of `time.perf_counter`.
    """

    def __init__(self, bootstrap_servers: str) -> None:
        self.sent: dict[str, float] = {}
        self._failures: list[str] = []
        # Each message goes out at once: what is measured is not the producer's patience.
        self._producer = Producer(
            {
                "bootstrap.servers": bootstrap_servers,
                "linger.ms": 0,
                "log_level": 4,
                "acks": "all",
                "message.max.bytes": MESSAGE_MAX_BYTES,
            }
        )

    def run(self, messages: Sequence[Outgoing], per_second: float, sent: Callable[[int], None]) -> None:
        """Sends messages at a rate and waits until Kafka has them all.

        Raises:
            HeadraceError: Kafka did not take one.
        """
        started = time.perf_counter()
        for number, message in enumerate(messages):
            self._producer.poll(0)
            pause = started + (message.position - messages[0].position) / per_second - time.perf_counter()
            if pause > 0:
                time.sleep(pause)
            if message.key:
                self.sent[message.key] = time.perf_counter()
            # One partition: the order of arrival is part of what is shown.
            self._producer.produce(message.topic, message.payload, partition=0, on_delivery=self._delivered)
            sent(number + 1)
        left = self._producer.flush(30)
        if left or self._failures:
            raise HeadraceError(f"Kafka: {left} messages not sent, {self._failures[:3]}. Does it run? headrace status")

    def _delivered(self, error: object, record: Record) -> None:
        if error:
            self._failures.append(f"topic {record.topic()}: {error}")


class Replay:
    """Sends comments to one topic."""

    def __init__(self, bootstrap_servers: str, topic: str) -> None:
        self._sender = Sender(bootstrap_servers)
        self._topic = topic

    @property
    def sent(self) -> dict[str, float]:
        """When each comment was sent, by the key of its row in Redis."""
        return self._sender.sent

    def run(self, messages: Sequence[Message], per_second: float, sent: Callable[[int], None]) -> None:
        """Sends messages at a rate and waits until Kafka has them all.

        Raises:
            HeadraceError: Kafka did not take one.
        """
        outgoing = [
            Outgoing(
                number,
                self._topic,
                message.payload,
                f"comment_sentiment:{message.comment.comment_id}" if message.comment else None,
            )
            for number, message in enumerate(messages)
        ]
        self._sender.run(outgoing, per_second, sent)
