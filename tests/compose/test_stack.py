"""The stack as it stands: healthy, closed, bounded; jobs, demo and monitoring on it."""

from __future__ import annotations

import json
import time
from typing import Any

import httpx
import pytest

from headrace.image.description import describe
from headrace.settings import PROJECT
from headrace.testing.waiting import await_true
from tests.compose.conftest import STAND_INS, Compose

OWN = ("jobmanager", "taskmanager", "sql-gateway")
OTHERS = ("kafka", "redis", "prometheus", "alertmanager", *(() if STAND_INS else ("grafana",)))


def asked(url: str) -> Any:
    """The JSON behind an address."""
    return httpx.get(url, timeout=10).raise_for_status().json()


def comment(number: str) -> bytes:
    """A message of the topic `comments`."""
    fields = {
        "comment_id": number,
        "user_id": "u",
        "item_id": "i",
        "content": "味道很好",
        "ts": int(time.time() * 1000),
    }
    return json.dumps(fields).encode()


def test_every_container_is_healthy(stack: Compose) -> None:
    states = {name: one["State"]["Health"]["Status"] for name, one in stack.containers().items()}
    assert states == {f"{name}-1": "healthy" for name in (*OWN, *OTHERS)} | {"taskmanager-2": "healthy"}


@pytest.mark.parametrize("service", [*OWN, *OTHERS])
def test_no_container_can_write_outside_of_its_volumes_or_is_root(stack: Compose, service: str) -> None:
    assert int(stack.shell(service, "id -u")) > 0
    assert "refused" in stack.shell(service, "touch /file 2>/dev/null || echo refused")
    # No capability, and none to be had.
    status = dict(
        line.split() for line in stack.shell(service, "grep -E '^(Cap|NoNew)' /proc/self/status").splitlines()
    )
    assert status.pop("NoNewPrivs:") == "1"
    assert {int(value, 16) for value in status.values()} == {0}


def test_limits_are_the_kernels(stack: Compose) -> None:
    """Of the control group itself, in either of its versions."""
    for limit, (new, old) in {
        6 * 1024**3: ("memory.max", "memory/memory.limit_in_bytes"),
        2000: ("pids.max", "pids/pids.max"),
    }.items():
        found = stack.shell("taskmanager", f"cd /sys/fs/cgroup; cat {new} 2>/dev/null || cat {old}")
        assert int(found) == limit


def test_ports_are_on_loopback_alone(stack: Compose) -> None:
    bound = [
        binding["HostIp"]
        for one in stack.containers().values()
        for bindings in one["NetworkSettings"]["Ports"].values()
        for binding in bindings or ()
    ]
    assert set(bound) == {"127.0.0.1"}
    assert len(bound) >= 6


def test_task_managers_have_no_way_out(stack: Compose) -> None:
    script = "import socket; socket.create_connection(('192.0.2.1', 80), 3)"  # of no network: RFC 5737
    answer = stack.shell("taskmanager", f'python3.11 -c "{script}" 2>&1 || true')
    assert "timed out" in answer or "unreachable" in answer
    [network] = json.loads(stack.docker("network", "inspect", f"{stack.variables['COMPOSE_PROJECT_NAME']}_stack"))
    assert network["Internal"]


def test_status_and_plan(stack: Compose) -> None:
    status = stack.make("status")
    assert f"image: {describe(PROJECT).tag}" in status
    assert "restarting" not in status
    assert "nothing to change" in stack.compose("run", "--rm", "--no-deps", "deploy", "deploy", "plan")


@pytest.mark.parametrize("compression", ["zstd", "snappy", "lz4", "gzip"])
def test_producers_may_compress(stack: Compose, compression: str) -> None:
    number = f"{compression}-{time.time_ns():x}"
    stack.send("comments", *(comment(f"{number}-{copy}") for copy in range(3)), compression=compression)
    with stack.redis() as client:
        await_true(lambda: client.exists(*(f"comment_sentiment:{number}-{copy}" for copy in range(3))) == 3)


def test_the_demo(stack: Compose) -> None:
    assert "demo: ok" in stack.make("demo")


def test_prometheus_reaches_all_and_has_the_rules(stack: Compose) -> None:
    address = f"http://127.0.0.1:{stack.port('PROMETHEUS')}/api/v1"

    def health() -> list[str]:
        return sorted(
            f"{one['labels']['job']} {one['health']}" for one in asked(f"{address}/targets")["data"]["activeTargets"]
        )

    await_true(lambda: health() == ["alertmanager up", "flink up", "flink up", "flink up", "prometheus up"])
    rules = [rule for group in asked(f"{address}/rules")["data"]["groups"] for rule in group["rules"]]
    await_true(lambda: asked(f"{address}/query?query=flink_jobmanager_numRunningJobs")["data"]["result"])
    assert len(rules) > 10
    assert {rule["health"] for rule in rules} <= {"ok", "unknown"}
    alertmanagers = asked(f"{address}/alertmanagers")["data"]["activeAlertmanagers"]
    assert [one["url"] for one in alertmanagers] == ["http://alertmanager:9093/api/v2/alerts"]
    assert asked(f"http://127.0.0.1:{stack.port('ALERTMANAGER')}/api/v2/status")["uptime"]
