"""Creates the Kafka topics that tables name: a job fails at its start when one is missing."""

from __future__ import annotations

from collections.abc import Iterable

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient, NewTopic  # type: ignore[attr-defined]

from headrace.errors import DeployError


def create_topics(bootstrap_servers: str, topics: Iterable[str], partitions: int) -> list[str]:
    """Creates those of the topics that do not exist.

    Returns:
        The names of the topics that it created.

    Raises:
        DeployError: Kafka refuses one, or does not answer.
    """
    client = AdminClient({"bootstrap.servers": bootstrap_servers, "log_level": 4})
    try:
        existing = client.list_topics(timeout=15).topics.keys()
    except KafkaException as error:
        raise DeployError(
            f"Kafka at {bootstrap_servers}: no answer: {error}. Is the stack up? headrace status"
        ) from error
    missing = sorted(set(topics) - set(existing))
    if not missing:
        return []
    for topic, future in client.create_topics([NewTopic(name, num_partitions=partitions) for name in missing]).items():
        try:
            future.result()
        except KafkaException as error:
            if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
                raise DeployError(f"Kafka at {bootstrap_servers}: topic {topic}: {error.args[0].str()}") from error
    return missing
