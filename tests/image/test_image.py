"""What stands in the image, and what its containers do: as the user of the image, on a root that cannot be written."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from rich.console import Console

from headrace.demo.demo import replay_and_check
from headrace.image.description import describe
from headrace.inference.repository import ModelRepository
from headrace.settings import PROJECT, Settings
from headrace.stack.secrets import password_file
from headrace.stack.stack import Stack
from headrace.testing.container.build import Image
from headrace.testing.container.running import stop
from headrace.testing.waiting import await_true
from tests.image.conftest import Running

CREATE = (PROJECT / "catalog" / "functions" / "sentiment.sql").read_text()
VERSION = ModelRepository(str(PROJECT / "models")).route("sentiment").version
GOLDEN_FILE = PROJECT / "models" / "sentiment" / str(VERSION) / "golden.jsonl"
GOLDEN = [json.loads(line) for line in GOLDEN_FILE.read_text().splitlines()][:20]


def test_nothing_of_the_build_is_left(image: Image, running: Running) -> None:
    left = ["gcc", "cc", "g++", "make", "javac", "mvn", "pip", "pip3", "uv", "git", "curl", "wget"]
    found = running.deploy.run(["/bin/sh", "-c", f"for p in {' '.join(left)}; do command -v $p; done; true"])
    assert (found.returncode, found.stdout) == (0, "")
    folders = "/root/.cache /root/.m2 /opt/headrace/.headrace/bootstrap /opt/headrace/.headrace/tmp /opt/headrace/tests"
    found = running.deploy.run(["/bin/sh", "-c", f"ls -d {folders}; ls -A /var/lib/apt/lists /var/cache/apt/archives"])
    assert [line for line in found.stdout.split() if not line.endswith((":", "partial", "lock"))] == []


def test_the_user_can_write_to_the_volumes_alone(running: Running) -> None:
    search = ["/usr/bin/find", "/", "-xdev", "-writable", "-not", "-type", "l", "-not", "-type", "c"]
    found = running.deploy.run(search).stdout.split()
    # /proc, /tmp, /run, /dev/shm and the volume are file systems of their own.
    assert [path for path in found if not path.startswith(("/proc", "/tmp", "/dev/shm", "/var/lib/headrace"))] == []  # noqa: S108
    identity = running.deploy.run(["/usr/bin/id", "--user"])
    assert identity.stdout.strip() == "10001"
    refused = running.deploy.run(["/usr/bin/touch", "/opt/headrace/file"])
    assert "Read-only file system" in refused.stderr


def test_labels_and_record_say_what_it_was_built_with(image: Image, running: Running) -> None:
    expected = describe(PROJECT)
    recorded = json.loads(running.deploy.run(["/bin/cat", "/opt/headrace/image.json"]).stdout)
    assert recorded["version"] == expected.version
    assert recorded["models"] == {name: list(versions) for name, versions in expected.models.items()}
    assert image.labels["org.opencontainers.image.licenses"] == "Apache-2.0"


def test_a_query_with_a_model(image: Image, running: Running) -> None:
    texts = ", ".join("('" + row["text"].replace("'", "''") + "')" for row in GOLDEN)
    query = f"{CREATE}\nSELECT c, sentiment(c) AS score FROM (VALUES {texts}) AS t(c);"
    answer = running.deploy.run([*image.entry_point, "deploy", "sql", "--json", "-e", query])
    assert answer.returncode == 0, answer.stderr
    rows = [json.loads(line) for line in answer.stdout.splitlines()]
    scores = {row["c"]: row["score"] for row in rows if "c" in row}
    assert scores == {row["text"]: pytest.approx(row["score"], abs=1e-4) for row in GOLDEN}
    log = running.roles["taskmanager"].log.read_text(errors="replace")
    assert "modules imported" in log
    assert "starts cold" not in log


def test_the_deploy_role(image: Image, running: Running) -> None:
    deployed = running.deploy.run([*image.entry_point, "deploy"])
    assert deployed.returncode == 0, f"{deployed.stdout}{deployed.stderr}"
    status = running.deploy.run([*image.entry_point, "deploy", "status"])
    assert status.returncode == 0, f"{status.stdout}{status.stderr}"
    assert f"image: {describe(PROJECT).tag}" in status.stdout
    assert "running" in status.stdout


def test_the_demo(running: Running, services: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The replay of the demo, from outside of the containers, on the jobs that the deploy container has started."""
    for name, value in {
        "HEADRACE_FLINK_REST_URL": "http://127.0.0.1:8081",
        "HEADRACE_SQL_GATEWAY_URL": "http://127.0.0.1:8083",
        "HEADRACE_KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:9092",
        "HEADRACE_REDIS_URL": "redis://127.0.0.1:6379/0",
        "HEADRACE_REDIS_PASSWORD_FILE": str(password_file(services, "redis")),
        "HEADRACE_STATE": str(running.state),
    }.items():
        monkeypatch.setenv(name, value)
    stack = Stack(Settings())
    # Raises when a feature in Redis is not what plain Python computes from the same comments.
    result = replay_and_check(Console(), print, stack, comments=600, per_second=100.0)
    assert result.features > 0


def test_a_container_ends_as_its_program_ends(image: Image, running: Running) -> None:
    manager = running.roles["jobmanager"]
    ports = "metrics.reporter.prom.port: 9251\ntaskmanager.rpc.port: 6132\ntaskmanager.data.port: 6131\n"
    second = replace(manager, name="second", log=manager.log.with_name("second.log"))
    variables = {**manager.inside.environment, "FLINK_PROPERTIES": ports, "HEADRACE_TASKMANAGER_ID": "second",
                 "HEADRACE_RUN_FOLDER": "/tmp/second"}  # noqa: S108  # fmt: skip
    second = replace(second, inside=replace(second.inside, environment=variables))
    with second.running(image, ["taskmanager"]) as process:
        await_true(lambda: second.run(image.health_check).returncode == 0, seconds=180, every=2)
        # tini passes the signal on, and so does what waits for the TaskManager; 128 + SIGTERM is how a JVM ends.
        assert stop(process) == 143
    refused = second.run(image.health_check)
    assert refused.returncode == 1
    assert "taskmanager: http://127.0.0.1:9251/metrics" in refused.stderr
