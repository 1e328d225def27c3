"""Processes die in mid-stream; afterwards the features are exactly those of a run without faults."""

from __future__ import annotations

import itertools
import os
import signal
import time
from collections.abc import Callable

import psutil
import pytest

from headrace.demo.comments import Message, make_messages
from headrace.demo.dead_letters import newest_event_time
from headrace.demo.demo import PAUSE_AFTER_EARLIER_RUN, TOPIC, longest_text
from headrace.demo.expected import Features, differences, expected_features, score_comments
from headrace.demo.replay import Replay
from headrace.deploy.deploy import Deployer
from headrace.deploy.flink_rest import FlinkRest
from headrace.features import read_features
from headrace.inference.loading import load_text_classifier
from headrace.stack.redis import connect
from headrace.stack.stack import Stack
from headrace.testing.waiting import await_true
from train.sentiment.reviews import Split, read_reviews


def make_stream(stack: Stack, run: str) -> tuple[list[Message], Features]:
    """900 comments, none of them late, and what must stand in Redis after them."""
    texts = [review.text for review in read_reviews() if review.split is Split.TEST and len(review.text) < 200][:900]
    newest = newest_event_time(stack.addresses.kafka_bootstrap_servers, TOPIC)
    start = max(int(time.time() * 1000) - 30 * 60_000, newest + PAUSE_AFTER_EARLIER_RUN)
    messages = make_messages(texts, run, start, max_characters=longest_text(), seed=11, late_comments=0)
    readable = [message.comment for message in messages if message.comment]
    results = load_text_classifier("sentiment").classify([comment.content for comment in readable])
    return messages, expected_features(score_comments(readable, results))


def run_with_fault(stack: Stack, run: str, fault: Callable[[], None]) -> None:
    """Sends a third of a stream, waits until it is being worked on, lets the fault happen, sends the rest."""
    messages, expected = make_stream(stack, run)
    client = connect(stack.settings, stack.addresses)
    replay = Replay(stack.addresses.kafka_bootstrap_servers, TOPIC)
    third = len(messages) // 3
    replay.run(messages[:third], 500, lambda _: None)
    await_true(lambda: client.exists(next(iter(expected))))
    # Into the stream, between two checkpoints: rows are on their way when it strikes.
    replay.run(messages[third : 2 * third], 500, lambda _: None)
    fault()
    replay.run(messages[2 * third :], 500, lambda _: None)
    found: list[str] = []

    def is_exact() -> bool:
        found[:] = differences(expected, read_features(client, expected))
        return not found

    try:
        await_true(is_exact)
    except AssertionError as error:
        raise AssertionError(f"{len(found)} differences: {found[:8]}") from error


def kill(pid: int) -> None:
    process = psutil.Process(pid)
    process.send_signal(signal.SIGKILL)
    process.wait(30)


def launchers(stack: Stack, number: str = "") -> list[psutil.Process]:
    """What Flink has started as Python workers, in the TaskManager of this number or in all."""
    managers = [state.pid for state in stack.status() if state.name.startswith(f"taskmanager-{number}")]
    children = itertools.chain.from_iterable(psutil.Process(pid).children(recursive=True) for pid in managers)
    return [child for child in children if "pyflink.fn_execution.beam.beam_boot" in child.cmdline()]


def python_workers(stack: Stack, number: str = "") -> list[psutil.Process]:
    """What runs the functions, of the TaskManager of this number or of all: forks of what has everything imported."""
    templates = [state.pid for state in stack.status() if state.name.startswith(f"worker-template-{number}")]
    return list(itertools.chain.from_iterable(psutil.Process(pid).children() for pid in templates))


def workers_of(stack: Stack, task_manager: str) -> list[psutil.Process]:
    """The Python workers of one TaskManager, and what Flink has started as them."""
    number = task_manager.rpartition("-")[2]
    return [*launchers(stack, number), *python_workers(stack, number)]


def runs(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def task_manager_of_job(stack: Stack) -> str:
    """The name of the process in which the job `comments` runs."""
    rest = FlinkRest(stack.addresses.flink_rest_url)
    [job] = [job for job in rest.jobs() if job.name == "comments"]
    vertex = rest.job(job.id)["vertices"][0]["id"]
    subtask = rest.vertex(job.id, vertex)["subtasks"][0]
    return "taskmanager-" + str(subtask["taskmanager-id"]).removeprefix("tm-")


def test_python_worker_killed(deployed: Stack) -> None:
    def fault() -> None:
        workers = python_workers(deployed)
        assert workers
        for worker in workers:
            kill(worker.pid)

    run_with_fault(deployed, "worker", fault)


def test_launcher_of_worker_killed(deployed: Stack) -> None:
    def fault() -> None:
        orphans = python_workers(deployed)
        for launcher in launchers(deployed):
            kill(launcher.pid)
        await_true(lambda: not any(runs(worker) for worker in orphans))

    run_with_fault(deployed, "launcher", fault)


def test_task_manager_killed(deployed: Stack) -> None:
    def fault() -> None:
        # The job may just be starting again, on another TaskManager.
        await_true(lambda: len(workers_of(deployed, task_manager_of_job(deployed))) > 1)
        name = task_manager_of_job(deployed)
        orphans = workers_of(deployed, name)
        kill(deployed.pid(name))
        # Its Python workers end by themselves: nobody holds the other end of their connection.
        await_true(lambda: not any(runs(worker) for worker in orphans))

    run_with_fault(deployed, "manager", fault)


def test_job_manager_killed(deployed: Stack) -> None:
    """A session cluster forgets its jobs with its JobManager; a deployment resumes them from their last checkpoint."""

    def fault() -> None:
        pid = deployed.pid("jobmanager")
        kill(pid)
        await_true(lambda: deployed.pid("jobmanager") not in {0, pid})
        deployed.await_ready()
        said: list[str] = []
        Deployer(deployed, said.append).deploy()
        assert any("resumed from" in line for line in said), said

    run_with_fault(deployed, "jobs", fault)


@pytest.mark.parametrize("name", ["redis"])
def test_server_restarted(deployed: Stack, name: str) -> None:
    run_with_fault(deployed, f"restart_{name}", lambda: deployed.restart(name))


def test_supervisor_starts_each_process_again(stack: Stack) -> None:
    before = {state.name: state.pid for state in stack.status()}
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    await_true(lambda: all(state.pid not in {0, before[state.name]} for state in stack.status()))
    stack.await_ready()
