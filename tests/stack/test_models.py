"""Versions change while a job runs: shares follow in Redis and in the metrics, and no row is lost or scored twice."""

from __future__ import annotations

import json
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from model_metrics import by_label, samples

from headrace.demo.comments import Comment, Message
from headrace.demo.dead_letters import newest_event_time
from headrace.demo.demo import PAUSE_AFTER_EARLIER_RUN, TOPIC
from headrace.demo.replay import Replay
from headrace.features import read_features
from headrace.inference.repository import ModelRepository
from headrace.inference.route import Route
from headrace.inference.shares import Shares
from headrace.stack.redis import connect
from headrace.stack.stack import Stack
from headrace.testing import waiting
from headrace.testing.models import copy_version, turn_labels

Headrace = Callable[..., subprocess.CompletedProcess[str]]

await_true = partial(waiting.await_true, every=0.2)

FOLLOWS_SECONDS = 5
USERS = [f"canary-{number}" for number in range(100)]
NEW, BROKEN, SHADOW = 101, 102, 103


class Stream:
    """Comments, each of them positive, from the same users in turns."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        servers = stack.addresses.kafka_bootstrap_servers
        self._replay = Replay(servers, TOPIC)
        self._client = connect(stack.settings, stack.addresses)
        self._time = max(
            int(time.time() * 1000) - 3_600_000, newest_event_time(servers, TOPIC) + PAUSE_AFTER_EARLIER_RUN
        )
        self._run = f"{time.time_ns():x}"
        self.comments: list[Comment] = []

    def send(self, count: int = len(USERS)) -> list[Comment]:
        """Sends comments, and waits until each has its features."""
        sent = []
        for _ in range(count):
            number = len(self.comments)
            comment = Comment(
                f"{self._run}-{number:05d}", USERS[number % len(USERS)], "canary", f"非常好，很满意{number}", self._time
            )
            self._time += 20
            self.comments.append(comment)
            sent.append(comment)
        self._replay.run([Message(comment.payload(), comment) for comment in sent], 1000, lambda _: None)
        await_true(lambda: len(self.features(sent)) == count, 60)
        return sent

    def features(self, comments: list[Comment]) -> dict[str, dict[str, str]]:
        """What stands in Redis of comments, by user."""
        found = read_features(self._client, [f"comment_sentiment:{comment.comment_id}" for comment in comments])
        return {fields["user_id"]: fields for fields in found.values() if fields}

    def versions(self, comments: list[Comment]) -> dict[str, int]:
        """Which version has answered each user."""
        return {user: int(fields["model_version"]) for user, fields in self.features(comments).items()}

    def await_versions(self, wanted: dict[str, int]) -> None:
        """Sends comments until these versions answer, which has to be soon."""
        await_true(lambda: self.versions(self.send()) == wanted, FOLLOWS_SECONDS)


def expected(route: Route) -> dict[str, int]:
    """Which version answers each user by a route."""
    shares = Shares("sentiment", route)
    return {user: shares.versions[position] for user, position in zip(USERS, shares.assign(USERS), strict=True)}


def rows_by_version(stack: Stack) -> Counter[str]:
    return by_label(stack, "model_rows_total", "version", status="ok")


def ok(result: subprocess.CompletedProcess[str]) -> str:
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture
def models(model_repository: Path) -> Iterator[Path]:
    """The repository of the stack; its route is put back, and what a test has published removed."""
    folder = model_repository / "sentiment"
    route = (folder / "route.yaml").read_text()
    (folder / "route.history.yaml").unlink(missing_ok=True)
    yield model_repository
    ModelRepository(model_repository).replace_route("sentiment", route)


@pytest.fixture
def before(models: Path) -> Route:
    """The route before a test: one version serves."""
    route = ModelRepository(models).route("sentiment")
    assert len(route.serving) == 1
    return route


def test_canary_promote_rollback(deployed: Stack, headrace: Headrace, models: Path, before: Route) -> None:
    turn_labels(copy_version(models, "sentiment", 1, NEW))
    old = before.version
    stream = Stream(deployed)
    assert stream.versions(stream.send()) == dict.fromkeys(USERS, old)
    counted = rows_by_version(deployed)

    ok(headrace("model", "canary", "sentiment", str(NEW), "--weight", "20"))
    canary = expected(Route(weights={old: 80, NEW: 20}))
    stream.await_versions(canary)
    assert 10 < Counter(canary.values())[NEW] < 30

    # The share in the metrics is that in Redis, row by row.
    first = len(stream.comments)
    start = rows_by_version(deployed)
    for _ in range(4):
        assert stream.versions(stream.send()) == canary  # each user stays with a version
    assert len(stream.comments) == first + 4 * len(USERS)
    shares = Counter({str(version): 4 * count for version, count in Counter(canary.values()).items()})
    await_true(lambda: rows_by_version(deployed) - start == shares, FOLLOWS_SECONDS)
    # Version NEW says the contrary: its label shows that it was it which answered.
    labels = {
        fields["label"]
        for fields in stream.features(stream.comments[-100:]).values()
        if fields["model_version"] == str(NEW)
    }
    assert labels == {"negative"}
    assert +by_label(deployed, "model_serving_weight", "version") == {str(old): 80, str(NEW): 20}

    shown = json.loads(ok(headrace("model", "status", "sentiment", "--json")))
    [worker] = [worker for worker in shown["workers"] if worker["job"] == "comments"]
    weights = {version: one["weight"] for version, one in worker["versions"].items() if one["weight"]}
    assert weights == {str(old): 80, str(NEW): 20}
    assert worker["versions"][str(NEW)]["p99_ms"] > 0
    assert shown["verified"][str(NEW)] == {"ok": True, "error": None}

    ok(headrace("model", "promote", "sentiment"))
    stream.await_versions(dict.fromkeys(USERS, NEW))
    ok(headrace("model", "rollback", "sentiment"))
    stream.await_versions(canary)
    ok(headrace("model", "rollback", "sentiment"))
    stream.await_versions(dict.fromkeys(USERS, old))
    assert ModelRepository(models).route("sentiment").weights == before.weights
    assert by_label(deployed, "model_swaps_total", "model")["sentiment"] >= 4
    # Nothing lost, nothing scored twice, whatever was swapped meanwhile.
    sent_since = len(stream.comments) - len(USERS)
    await_true(lambda: (rows_by_version(deployed) - counted).total() == sent_since, FOLLOWS_SECONDS)


def test_a_broken_version_never_serves(deployed: Stack, headrace: Headrace, models: Path, before: Route) -> None:
    folder = copy_version(models, "sentiment", 1, BROKEN)
    with (folder / "inference.pdiparams").open("ab") as out:
        out.write(b" ")
    refused = headrace("model", "canary", "sentiment", str(BROKEN), "--weight", "20")
    assert refused.returncode == 1
    assert "inference.pdiparams: has sha256" in refused.stderr
    assert ModelRepository(models).route("sentiment") == before

    # By hand, past the command.
    stream = Stream(deployed)
    ModelRepository(models).replace_route("sentiment", f"weights: {{{before.version}: 50, {BROKEN}: 50}}")
    failures = {"error": "FileChangedError", "version": str(BROKEN)}

    def is_counted() -> bool:
        assert set(stream.versions(stream.send()).values()) == {before.version}
        return bool(samples(deployed, "model_swap_failures_total", **failures))

    await_true(is_counted, FOLLOWS_SECONDS)
    shown = headrace("model", "status", "sentiment")
    assert shown.returncode == 1
    assert f"version {BROKEN} did not load: FileChangedError: 1" in shown.stdout
    assert "inference.pdiparams: has sha256" in shown.stdout.replace("\n", "")
    assert by_label(deployed, "model_serving_weight", "version")[str(BROKEN)] == 0


def test_shadow(deployed: Stack, headrace: Headrace, models: Path, before: Route) -> None:
    turn_labels(copy_version(models, "sentiment", 1, SHADOW))
    stream = Stream(deployed)
    stream.send()
    ok(headrace("model", "shadow", "sentiment", str(SHADOW)))

    def disagreements() -> int:
        assert set(stream.versions(stream.send()).values()) == {before.version}
        return by_label(deployed, "model_shadow_disagreements_total", "version")[str(SHADOW)]

    await_true(disagreements, FOLLOWS_SECONDS)
    assert str(SHADOW) not in rows_by_version(deployed)


def test_metrics_of_a_running_job(deployed: Stack, before: Route) -> None:
    """Names, labels and real buckets, as a dashboard asks for them."""
    stream = Stream(deployed)
    stream.send()
    version = str(before.version)
    [(labels, requests)] = samples(deployed, "model_requests_total", version=version)
    assert requests > 0
    assert labels["subtask_index"] == "0"
    for name in ("model_run_seconds", "model_batch_rows"):
        buckets = {float(found["le"]): value for found, value in samples(deployed, f"{name}_bucket", version=version)}
        counts = [count for _, count in sorted(buckets.items())]
        assert counts == sorted(counts)
        assert len(counts) >= 10
        [(_, runs)] = samples(deployed, f"{name}_count", version=version)
        assert counts[-1] == runs > 0
    assert by_label(deployed, "model_load_milliseconds", "version")[version] > 0
