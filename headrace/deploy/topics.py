"""The Kafka topics that tables name: a job fails at its start, when the former one is stopped, if one is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient, NewTopic  # type: ignore[attr-defined]

from headrace.errors import DeployError

STACK_KAFKA = "${kafka.bootstrap.servers}"
ANSWER_SECONDS = 15


@dataclass(frozen=True)
class KafkaTable:
    """A table over Kafka.

    Attributes:
        place: the file that creates it.
        servers: its `properties.bootstrap.servers`; STACK_KAFKA: the stack's own.
        topics: that it names.
        needs_credentials: whether a client needs more than the address.
    """

    name: str
    place: str
    servers: str
    topics: tuple[str, ...]
    needs_credentials: bool


def kafka_table(name: str, place: str, options: Mapping[str, Any]) -> KafkaTable | None:
    """What a table's options say of Kafka; None for one of another connector."""
    if options.get("connector") not in {"kafka", "upsert-kafka"}:
        return None
    return KafkaTable(
        name,
        place,
        options.get("properties.bootstrap.servers", ""),
        tuple(options.get("topic", "").replace(";", " ").split()),
        options.get("properties.security.protocol", "PLAINTEXT") != "PLAINTEXT",
    )


def missing_topics(bootstrap_servers: str, topics: Iterable[str]) -> list[str]:
    """Those of the topics that do not exist, sorted.

    Raises:
        DeployError: Kafka does not answer.
    """
    try:
        return sorted(set(topics) - _existing(bootstrap_servers))
    except DeployError as error:
        raise DeployError(f"{error} Is the stack up? headrace status") from error


def check_other_kafka(tables: Iterable[KafkaTable]) -> None:
    """Makes sure that the Kafkas that are not the stack's answer and have their topics; nobody creates any there.

    Raises:
        DeployError: one does not, or has not.
    """
    by_servers: dict[str, list[KafkaTable]] = {}
    for table in tables:
        if table.servers != STACK_KAFKA and not table.needs_credentials:
            by_servers.setdefault(table.servers, []).append(table)
    for servers, there in by_servers.items():
        try:
            existing = _existing(servers)
        except DeployError as error:
            raise DeployError(
                f"{there[0].place}: table {there[0].name}: {error} Nothing was changed. "
                "Correct 'properties.bootstrap.servers', or wait until that Kafka is there."
            ) from error
        for table in there:
            missing = ", ".join(sorted(set(table.topics) - existing))
            if missing:
                raise DeployError(
                    f"{table.place}: table {table.name}: Kafka at {servers} has no topic {missing}. Nothing was "
                    "changed. Create it there: a deployment creates topics in the stack's own Kafka alone."
                )


def create_topics(bootstrap_servers: str, topics: Iterable[str], partitions: int) -> None:
    """Creates topics; one that has come into being meanwhile is as good.

    Raises:
        DeployError: Kafka refuses one.
    """
    wanted = [NewTopic(name, num_partitions=partitions) for name in topics]
    if not wanted:
        return
    client = _client(bootstrap_servers)  # held: without it the answers do not come
    for topic, future in client.create_topics(wanted).items():
        try:
            future.result()
        except KafkaException as error:
            if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
                raise DeployError(f"Kafka at {bootstrap_servers}: topic {topic}: {error.args[0].str()}") from error


def _existing(bootstrap_servers: str) -> set[str]:
    try:
        return set(_client(bootstrap_servers).list_topics(timeout=ANSWER_SECONDS).topics)
    except KafkaException as error:
        reason = error.args[0].str() if error.args else error
        raise DeployError(f"Kafka at {bootstrap_servers} does not answer: {reason}.") from error


def _client(bootstrap_servers: str) -> AdminClient:
    # Without the library's own lines on standard error; what matters comes as an exception.
    return AdminClient({"bootstrap.servers": bootstrap_servers, "log_level": 0})
