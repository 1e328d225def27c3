"""Topics and Kafkas that tables name are checked before a job is stopped for them."""

from __future__ import annotations

import socket

import pytest

from headrace.deploy import topics
from headrace.deploy.topics import STACK_KAFKA, KafkaTable, check_other_kafka, kafka_table
from headrace.errors import DeployError


@pytest.fixture
def nobody() -> str:
    """An address at which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{listener.getsockname()[1]}"


def table(servers: str, needs_credentials: bool = False) -> KafkaTable:
    return KafkaTable("far", "catalog/sources/far.sql", servers, ("far",), needs_credentials)


def test_what_a_table_says_of_kafka() -> None:
    options = {"connector": "kafka", "topic": "a; b", "properties.bootstrap.servers": STACK_KAFKA}
    assert kafka_table("t", "f.sql", options) == KafkaTable("t", "f.sql", STACK_KAFKA, ("a", "b"), False)
    secured = kafka_table("t", "f.sql", {**options, "properties.security.protocol": "SASL_SSL"})
    assert secured
    assert secured.needs_credentials
    assert kafka_table("t", "f.sql", {"connector": "redis"}) is None


def test_a_kafka_that_does_not_answer_is_named_with_the_table(nobody: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topics, "ANSWER_SECONDS", 0.5)
    with pytest.raises(DeployError) as raised:
        check_other_kafka([table(nobody)])
    assert str(raised.value).startswith(f"catalog/sources/far.sql: table far: Kafka at {nobody} does not answer: ")
    assert "Correct 'properties.bootstrap.servers'" in str(raised.value)


def test_a_topic_that_another_kafka_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topics, "_existing", lambda _: {"near"})
    with pytest.raises(DeployError, match=r"far\.sql: table far: Kafka at far:9092 has no topic far\."):
        check_other_kafka([table("far:9092")])


def test_what_needs_credentials_and_the_stack_s_own_are_not_asked(nobody: str) -> None:
    check_other_kafka([table(nobody, needs_credentials=True), table(STACK_KAFKA)])
