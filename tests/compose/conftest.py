"""docker-compose.yml on a container engine, by the commands that its users give: `make test-compose`.

A project of its own: its volumes, ports and networks are not those of a stack that its user may have running. With
STAND_INS=1 the images of Docker Hub are those of tests/compose/stand_ins, Grafana is left out, and Debian, on which the
image is built, is debootstrap's in place of the one that the Dockerfile pins.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import redis
from confluent_kafka import Producer

from headrace.image.description import describe
from headrace.settings import PROJECT, settings
from headrace.testing.ports import free_ports

PROJECT_NAME = "headrace-test"
PORTS = ("FLINK_REST", "SQL_GATEWAY", "KAFKA", "REDIS", "PROMETHEUS", "ALERTMANAGER", "GRAFANA")
STAND_INS = bool(os.environ.get("STAND_INS"))
IMAGE = f"headrace:{describe(PROJECT).tag}"


@dataclass(frozen=True)
class Compose:
    """A project of Docker Compose, and how to reach it."""

    variables: dict[str, str]

    def run(self, *words: str, seconds: float = 900) -> subprocess.CompletedProcess[str]:
        """Runs a command in the project's folder, with the variables of this stack."""
        return subprocess.run(
            words,
            cwd=PROJECT,
            env={**os.environ, **self.variables},
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
            stdin=subprocess.DEVNULL,
        )

    def make(self, *words: str) -> str:
        """Runs a target of the Makefile with STACK=compose; what it printed, after it has succeeded."""
        return self._succeed("make", "STACK=compose", *words)

    def docker(self, *words: str) -> str:
        """Runs `docker`; what it printed, after it has succeeded."""
        return self._succeed("docker", *words)

    def compose(self, *words: str) -> str:
        """Runs `docker compose`, all profiles included; what it printed, after it has succeeded."""
        return self._succeed("docker", "compose", "--profile", "monitoring", *words)

    def shell(self, service: str, script: str, index: int = 1) -> str:
        """Runs a script in a service's container, as its user."""
        return self.compose("exec", "--no-TTY", "--index", str(index), service, "sh", "-c", script)

    def containers(self) -> dict[str, dict[str, Any]]:
        """What the engine says of each container, by its name without the project's."""
        found = json.loads(self.docker("inspect", *self.compose("ps", "--all", "--quiet").split()))
        return {one["Name"].removeprefix(f"/{PROJECT_NAME}-"): one for one in found}

    def port(self, name: str) -> int:
        """The published port of `name`, as .env.example calls it."""
        return int(self.variables[f"{name}_PORT"])

    def redis(self) -> redis.Redis:
        """A client of the stack's Redis, from outside of the containers."""
        password = (PROJECT / "ops/compose/secrets/redis-password").read_text()
        return redis.Redis(port=self.port("REDIS"), password=password, decode_responses=True)

    def send(self, topic: str, *messages: bytes, compression: str = "none") -> None:
        """Sends messages to the stack's Kafka, from outside of the containers; each is acknowledged."""
        errors: list[Any] = []
        producer = Producer(
            {"bootstrap.servers": f"127.0.0.1:{self.port('KAFKA')}", "compression.type": compression, "acks": "all"}
        )
        for message in messages:
            producer.produce(topic, message, on_delivery=lambda error, _: errors.append(error))
        assert producer.flush(60) == 0
        assert errors == [None] * len(messages)

    def _succeed(self, *words: str) -> str:
        result = self.run(*words)
        assert result.returncode == 0, f"{' '.join(words)}:\n{result.stdout[-3000:]}{result.stderr[-3000:]}"
        return result.stdout


@pytest.fixture(scope="session")
def engine() -> Compose:
    """The project on this machine's engine; nothing runs yet.

    Raises:
        AssertionError: there is no engine, or no Compose.
    """
    variables = {f"{name}_PORT": str(port) for name, port in zip(PORTS, free_ports(len(PORTS)), strict=True)}
    variables |= {"COMPOSE_PROJECT_NAME": PROJECT_NAME, "HEADRACE_IMAGE": IMAGE, "HEADRACE_TASK_MANAGERS": "2"}
    variables["COMPOSE_FILE"] = "docker-compose.yml" + (":tests/compose/stand_ins/compose.yml" if STAND_INS else "")
    compose = Compose(variables)
    for words, remedy in {
        ("docker", "version"): "start Docker, or name its socket in DOCKER_HOST",
        ("docker", "compose", "version"): "install Docker's Compose plug-in",
        ("docker", "image", "inspect", IMAGE): "make image, or make test-compose, which does it",
    }.items():
        found = compose.run(*words)
        assert found.returncode == 0, f"`{' '.join(words)}`: {found.stderr.strip()}: {remedy}"
    return compose


@pytest.fixture(scope="session")
def stack(engine: Compose) -> Iterator[Compose]:
    """A new stack, up, with monitoring and all jobs deployed; what its containers said: .headrace/test-compose.log."""
    engine.compose("down", "--volumes")
    try:
        engine.make("up", "MONITORING=1")
        engine.make("deploy")
        yield engine
    finally:
        (settings().home / "test-compose.log").write_text(engine.compose("logs", "--no-color"))
        engine.compose("down", "--volumes")
