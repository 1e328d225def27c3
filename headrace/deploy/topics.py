"""Creates the Kafka topics that tables name: a job fails at its start when one is missing."""

from __future__ import annotations

from collections.abc import Iterable

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient, NewTopic  # type: ignore[attr-defined]

from headrace.errors import DeployError


def missing_topics(bootstrap_servers: str, topics: Iterable[str]) -> list[str]:
    """Those of the topics that do not exist, sorted.

    Raises:
        DeployError: Kafka does not answer.
    """
    try:
        existing = _client(bootstrap_servers).list_topics(timeout=15).topics.keys()
    except KafkaException as error:
        raise DeployError(
            f"Kafka at {bootstrap_servers}: no answer: {error}. Is the stack up? headrace status"
        ) from error
    return sorted(set(topics) - set(existing))


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


def _client(bootstrap_servers: str) -> AdminClient:
    return AdminClient({"bootstrap.servers": bootstrap_servers, "log_level": 4})
