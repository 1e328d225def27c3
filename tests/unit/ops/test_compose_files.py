"""The scripts and settings beside docker-compose.yml."""

from __future__ import annotations

import os
import re
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
import yaml

from headrace.settings import PROJECT, Settings
from headrace.stack.addresses import Addresses
from headrace.stack.kafka import _properties
from headrace.testing.ports import free_ports
from headrace.testing.waiting import await_true

COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
FOLDER = PROJECT / "ops" / "compose"


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    folder = tmp_path / "secrets"
    subprocess.run([FOLDER / "make-secrets.sh", folder], check=True)
    return folder


def test_secrets_are_made_once_for_their_owner_alone(secrets: Path) -> None:
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o700
    before = {file.name: file.read_text() for file in secrets.iterdir()}
    assert before.keys() == COMPOSE["secrets"].keys()
    assert len(before["redis-password"]) == 32
    subprocess.run([FOLDER / "make-secrets.sh", secrets], check=True)
    assert {file.name: file.read_text() for file in secrets.iterdir()} == before


@pytest.fixture
def redis_port(secrets: Path, tmp_path: Path) -> Iterator[int]:
    """The port of a Redis that was started as its container starts it."""
    [port] = free_ports(1)
    environment = {**os.environ, "REDIS_PASSWORD_FILE": str(secrets / "redis-password")}
    (tmp_path / "data").mkdir()
    command = ["sh", str(FOLDER / "redis" / "start.sh"), "--port", str(port), "--bind", "127.0.0.1"]
    process = subprocess.Popen(
        [*command, "--dir", str(tmp_path / "data"), "--logfile", str(tmp_path / "log")], env=environment
    )
    health = ["sh", str(FOLDER / "redis" / "health.sh"), "-p", str(port)]
    try:
        await_true(lambda: subprocess.run(health, env=environment, capture_output=True, check=False).returncode == 0)
        yield port
    finally:
        process.terminate()
        # Redis itself got the signal, and shut down in order.
        assert process.wait(20) == 0


def test_redis_asks_for_its_password_and_keeps_its_file(redis_port: int, secrets: Path, tmp_path: Path) -> None:
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=redis_port).ping()
    password = (secrets / "redis-password").read_text()
    client = redis.Redis(port=redis_port, password=password)
    client.set("key", "value")
    assert (tmp_path / "data" / "appendonlydir").is_dir()
    assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    # Not where other users of the machine look.
    processes = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert password not in processes


def test_every_port_is_published_on_loopback_alone() -> None:
    ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert len(ports) >= 4
    assert all(re.match(r"127\.0\.0\.1:", port) for port in ports)


def test_libraries_may_be_loaded_from_tmp() -> None:
    """RocksDB's, and Kafka's for zstd and snappy: engines mount file systems in memory noexec, unless they are told."""
    for service in ("jobmanager", "taskmanager", "sql-gateway", "kafka"):
        [tmp] = [mount for mount in COMPOSE["services"][service]["tmpfs"] if mount.split(":")[0] == "/tmp"]  # noqa: S108
        assert "exec" in tmp.split(":")[1].split(",")


def test_kafka_is_configured_as_the_local_one(own_settings: Settings) -> None:
    lines = _properties(Addresses.choose(own_settings), Path("log")).splitlines()
    local = dict(line.split("=", 1) for line in lines)
    # Names, addresses and folders are each one's own.
    own = {"controller.quorum.voters", "listeners", "advertised.listeners", "log.dirs"}
    ours = {f"KAFKA_{name.replace('.', '_').upper()}": value for name, value in local.items() if name not in own}
    container = COMPOSE["services"]["kafka"]["environment"]
    assert {name: container.get(name) for name in ours} == ours


def test_the_example_names_every_variable() -> None:
    used = set(re.findall(r"\$\{(\w+)", (PROJECT / "docker-compose.yml").read_text()))
    named = set(re.findall(r"^(\w+)=", (PROJECT / ".env.example").read_text(), re.MULTILINE))
    assert used == named
