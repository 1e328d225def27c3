"""What ends a process, a container or the whole stack: nothing that was acknowledged is lost."""

from __future__ import annotations

import time
from pathlib import Path

from headrace.testing.waiting import await_true
from tests.compose.conftest import IMAGE, PROJECT_NAME, Compose
from tests.compose.test_stack import comment


def send_and_await(stack: Compose, name: str, count: int = 20) -> list[str]:
    """Sends comments and waits until each stands in Redis.

    Returns:
        Their keys.
    """
    numbers = [f"{name}-{time.time_ns():x}-{number}" for number in range(count)]
    stack.send("comments", *map(comment, numbers))
    keys = [f"comment_sentiment:{number}" for number in numbers]
    await_all(stack, keys)
    return keys


def await_all(stack: Compose, keys: list[str]) -> None:
    """Waits until all keys stand in Redis."""
    with stack.redis() as client:
        await_true(lambda: client.exists(*keys) == len(keys), seconds=300)


def kill_java(stack: Compose, service: str, main_class: str) -> None:
    """Kills a role's Java process, which is not the container's first one."""
    script = (
        "for p in /proc/[0-9]*; do tr '\\0' ' ' < $p/cmdline 2>/dev/null"
        f" | grep -q '^[^ ]*java .*{main_class}' && kill -9 ${{p#/proc/}}; done; true"
    )
    end(stack, service, script)


def end(stack: Compose, service: str, script: str) -> None:
    """Ends a container from the inside, and waits until the engine has started it again and finds it healthy."""
    name = f"{service}-1"
    before = stack.containers()[name]["RestartCount"]
    stack.run("docker", "compose", "exec", "--no-TTY", "--index", "1", service, "sh", "-c", script)

    def is_back() -> bool:
        found = stack.containers()[name]
        return found["RestartCount"] > before and found["State"]["Health"]["Status"] == "healthy"

    await_true(is_back, seconds=300, every=2)


def test_a_killed_task_manager_is_back_and_its_jobs_go_on(stack: Compose) -> None:
    kill_java(stack, "taskmanager", "TaskManagerRunner")
    send_and_await(stack, "taskmanager")


def test_a_killed_job_manager_is_back_and_a_deployment_resumes_its_jobs(stack: Compose) -> None:
    kill_java(stack, "jobmanager", "ClusterEntrypoint")
    # Read by nobody until the jobs are back.
    numbers = [f"jobmanager-{time.time_ns():x}-{number}" for number in range(20)]
    stack.send("comments", *map(comment, numbers))
    assert "resumed from" in stack.make("deploy")
    await_all(stack, [f"comment_sentiment:{number}" for number in numbers])


def test_kafka_and_redis_are_back_with_what_they_had(stack: Compose) -> None:
    before = send_and_await(stack, "services")
    # The first process of a container ends itself by a signal that it handles, never by SIGKILL from the inside.
    end(stack, "kafka", "kill -TERM 1")
    send_and_await(stack, "kafka")
    end(stack, "redis", "kill -TERM 1")
    await_all(stack, before)
    send_and_await(stack, "redis")


def test_more_task_managers(stack: Compose) -> None:
    stack.compose("up", "--detach", "--wait", "--no-recreate", "--scale", "taskmanager=3")
    assert "taskmanager-3" in stack.containers()
    stack.compose("up", "--detach", "--wait", "--no-recreate", "--scale", "taskmanager=2")


def test_down_backup_restore_and_up_again_lose_nothing(stack: Compose, tmp_path: Path) -> None:
    """As docs/operations.md has it."""
    before = send_and_await(stack, "down")
    stack.make("undeploy")
    stack.compose("stop")
    ends = {name: one["State"]["ExitCode"] for name, one in stack.containers().items()}
    # Each by SIGTERM, which a JVM says as 143; none had to be killed (137).
    assert set(ends.values()) <= {0, 143}, ends
    stack.make("down")
    assert stack.compose("ps", "--all", "--quiet") == ""
    folders = {"state": "/state", "redis-data": "/redis", "kafka-data": "/kafka"}
    volumes = [word for name, folder in folders.items() for word in ("--volume", f"{PROJECT_NAME}_{name}:{folder}")]
    tar = ("run", "--rm", "--user", "0", "--entrypoint", "tar", *volumes, "--volume", f"{tmp_path}:/backup", IMAGE)
    archive = ("--gzip", "--numeric-owner", "--file", "/backup/headrace.tar.gz")
    stack.docker(*tar, "--create", *archive, *folders.values())
    stack.compose("down", "--volumes")
    stack.compose("create")
    stack.docker(*tar, "--extract", *archive, "--directory", "/")
    stack.make("up", "MONITORING=1")
    assert "resumed from" in stack.make("deploy")
    await_all(stack, before)
    send_and_await(stack, "up")
