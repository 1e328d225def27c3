"""The local Kafka: one KRaft broker, run from Kafka's own jars."""

from __future__ import annotations

import base64
import subprocess
import uuid
from pathlib import Path

from confluent_kafka.admin import AdminClient

from headrace.errors import StackError
from headrace.settings import PROJECT, Settings
from headrace.stack.addresses import HOST, Addresses
from headrace.stack.java import java, java_options
from headrace.stack.process import Process

MESSAGE_MAX_BYTES = 8 * 1024 * 1024
"""The largest message of a topic: a photograph of 6 MB, which as a data: URI is a third longer."""


def prepare_kafka(settings: Settings, addresses: Addresses) -> None:
    """Writes the broker's configuration and, at the first start, formats its storage."""
    configuration = _configuration_file(settings)
    configuration.parent.mkdir(parents=True, exist_ok=True)
    log = configuration.parent / "log"
    configuration.write_text(_properties(addresses, log))
    if not (log / "meta.properties").exists():
        _format(settings, configuration)


def kafka(settings: Settings, addresses: Addresses) -> Process:
    """Describes the broker's process."""
    return Process(
        name="kafka",
        command=(*_java(settings), "-Xmx512m", "kafka.Kafka", str(_configuration_file(settings))),
        is_ready=lambda: _answers(addresses.kafka_bootstrap_servers),
        shows=addresses.kafka_bootstrap_servers,
        stop_seconds=30,
    )


def _configuration_file(settings: Settings) -> Path:
    return settings.stack / "kafka" / "server.properties"


def _properties(addresses: Addresses, log: Path) -> str:
    lines = {
        "process.roles": "broker,controller",
        "node.id": 1,
        "controller.quorum.voters": f"1@{HOST}:{addresses.kafka_controller}",
        "listeners": f"PLAINTEXT://{HOST}:{addresses.kafka},CONTROLLER://{HOST}:{addresses.kafka_controller}",
        "advertised.listeners": f"PLAINTEXT://{HOST}:{addresses.kafka}",
        "controller.listener.names": "CONTROLLER",
        "log.dirs": log,
        "auto.create.topics.enable": "false",
        "message.max.bytes": MESSAGE_MAX_BYTES,
        "group.initial.rebalance.delay.ms": 0,
        # one broker: nobody to replicate to
        "offsets.topic.replication.factor": 1,
        "offsets.topic.num.partitions": 1,
        "transaction.state.log.replication.factor": 1,
        "transaction.state.log.min.isr": 1,
        "transaction.state.log.num.partitions": 1,
        "share.coordinator.state.topic.replication.factor": 1,
        "share.coordinator.state.topic.min.isr": 1,
    }
    return "".join(f"{key}={value}\n" for key, value in lines.items())


def _java(settings: Settings) -> tuple[str, ...]:
    logging = PROJECT / "flink" / "conf" / "kafka-log4j2.properties"
    jars = settings.home / "jars" / "kafka" / "*"
    return (java(), *java_options(settings), f"-Dlog4j2.configurationFile={logging}", "-cp", str(jars))


def _format(settings: Settings, configuration: Path) -> None:
    cluster_id = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
    tool = [
        *_java(settings),
        "kafka.tools.StorageTool",
        "format",
        f"--cluster-id={cluster_id}",
        "--config",
        str(configuration),
    ]
    result = subprocess.run(tool, capture_output=True, text=True, check=False)
    if result.returncode:
        raise StackError(f"kafka: its storage could not be formatted: {result.stdout}{result.stderr}".strip())


def _answers(bootstrap_servers: str) -> bool:
    # An empty logger: librdkafka would print each refused connection while the broker starts.
    client = AdminClient({"bootstrap.servers": bootstrap_servers, "log_level": 0})
    return bool(client.list_topics(timeout=1).brokers)
