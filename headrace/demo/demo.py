"""`headrace demo`: starts the stack, deploys, replays real reviews, shows the features and checks them."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import redis
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from tenacity import Retrying, retry_if_result, stop_after_delay, wait_fixed

from headrace.demo.comments import Comment, Message, make_messages
from headrace.demo.dead_letters import TopicReader, newest_event_time, read_dead_letters
from headrace.demo.expected import Features, differences, expected_features, score_comments
from headrace.demo.replay import Arrivals, Latency, Replay
from headrace.demo.tables import show_dead_letters, show_features
from headrace.deploy.deploy import Deployer
from headrace.errors import HeadraceError
from headrace.features import read_features
from headrace.inference.manifest import text_manifest
from headrace.inference.metrics import MemoryMetrics
from headrace.inference.repository import ModelRepository
from headrace.inference.routed_classifier import RoutedClassifier
from headrace.inference.served_model import served_model
from headrace.stack.redis import connect
from headrace.stack.stack import Stack
from train.sentiment.reviews import Split, read_reviews

TOPIC = "comments"
DEAD_LETTERS = "comments_dead_letters"
# Long enough that no window or session of an earlier run reaches into this one.
PAUSE_AFTER_EARLIER_RUN = 10 * 60_000
COMPLETE_SECONDS = 90.0
# These start the Python workers and let Java compile what it runs; the latency of the others is shown.
WARM_UP = 400
SEED = 7

Say = Callable[[str], None]


class DemoError(HeadraceError):
    """What the demo found is not what the same events give in plain Python."""


@dataclass(frozen=True)
class DemoResult:
    """Figures of one run: what was sent, what stands in Redis, and how fast a comment got there."""

    comments: int
    features: int
    latency: Latency

    def __str__(self) -> str:
        return f"demo: ok, {self.comments} comments, {self.features} features, {self.latency}"


def run_demo(console: Console, say: Say, keep: bool, comments: int | None, per_second: float) -> DemoResult:
    """Runs the demo; ends what it started, unless it is to be kept.

    Args:
        console: where tables and progress go.
        say: where lines go.
        keep: leave the stack and the jobs running.
        comments: how many comments at the most; all held-out reviews if None.
        per_second: rate of the replay.

    Raises:
        DemoError: the features in Redis, or the dead letters, are not the expected ones.
    """
    stack = Stack()
    started_stack = stack.up(say)
    started_jobs: tuple[str, ...] = ()
    try:
        started_jobs = Deployer(stack, say).deploy().started()
        return replay_and_check(console, say, stack, comments, per_second)
    finally:
        if keep:
            say("demo: the stack stays up. Look: make status, headrace sql. Stop it: make down")
        elif started_stack:
            stack.down(say)
        elif started_jobs:
            Deployer(stack, say).undeploy()


def replay_and_check(console: Console, say: Say, stack: Stack, comments: int | None, per_second: float) -> DemoResult:
    """Replays comments to a stack whose jobs run; the arguments and errors are `run_demo`'s."""
    servers = stack.addresses.kafka_bootstrap_servers
    messages = _messages(servers, comments)
    readable = [message.comment for message in messages if message.comment]
    expected = _expected(readable)
    letters_before = _end(servers, DEAD_LETTERS)
    client = connect(stack.settings, stack.addresses)
    pattern = f"comment_sentiment:{readable[0].comment_id.split('-')[0]}-*"
    with Arrivals(client, pattern) as arrivals:
        replay = Replay(servers, TOPIC)
        _warm_up(say, replay, messages[:WARM_UP], arrivals, per_second)
        _measure(console, replay, messages[WARM_UP:], per_second)
        features = _await_features(client, expected)
    measured = [message.comment.comment_id for message in messages[WARM_UP:] if message.comment]
    latency = _latency(replay, arrivals, [f"comment_sentiment:{comment_id}" for comment_id in measured])
    show_features(console, features, {comment.comment_id: comment for comment in readable})
    _check_letters(console, servers, letters_before, messages)
    return DemoResult(len(readable), len(expected), latency)


def _latency(replay: Replay, arrivals: Arrivals, keys: list[str]) -> Latency:
    """From sent to readable, of these keys."""
    return Latency.of([arrivals.first_seen[key] - replay.sent[key] for key in keys])


def _messages(servers: str, comments: int | None) -> list[Message]:
    longest = longest_text()
    texts = [review.text for review in read_reviews() if review.split is not Split.TRAIN]
    texts = [text for text in texts if len(text) <= longest]
    random.Random(SEED).shuffle(texts)  # noqa: S311  (the files hold the positive ones first)
    now = int(time.time() * 1000)
    start = max(now - 25 * 60_000, newest_event_time(servers, TOPIC) + PAUSE_AFTER_EARLIER_RUN)
    return make_messages(texts[:comments], run=f"{now:x}", start=start, max_characters=longest, seed=SEED)


def longest_text() -> int:
    """The longest text, in characters, that each serving version of model `sentiment` takes."""
    repository = ModelRepository()
    serving = repository.route("sentiment").serving
    return min(text_manifest(repository.description("sentiment", version)).limits.max_characters for version in serving)


def _expected(readable: list[Comment]) -> Features:
    classifier = RoutedClassifier(served_model("sentiment"), MemoryMetrics())
    results = classifier.classify([one.content for one in readable], [one.user_id for one in readable])
    return expected_features(score_comments(readable, results))


def _warm_up(say: Say, replay: Replay, messages: list[Message], arrivals: Arrivals, per_second: float) -> None:
    """Sends the first comments and waits for them: Flink starts its Python workers with the first row of a job."""
    started = time.perf_counter()
    replay.run(messages, per_second, lambda _: None)
    retrying = Retrying(
        retry=retry_if_result(lambda all_seen: not all_seen), stop=stop_after_delay(120), wait=wait_fixed(0.05),
        retry_error_callback=lambda _: False,
    )  # fmt: skip
    if not retrying(lambda: replay.sent.keys() <= arrivals.first_seen.keys()):
        raise DemoError(
            f"{len(arrivals.first_seen)} of the first {len(replay.sent)} comments are in Redis after 120 s. "
            "See: headrace status, .headrace/stack/log"
        )
    say(
        f"demo: the first {len(messages)} comments, with the start of Python and model: "
        f"in Redis after {time.perf_counter() - started:.1f} s"
    )


def _measure(console: Console, replay: Replay, messages: list[Message], per_second: float) -> None:
    columns = (TextColumn("demo: {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, refresh_per_second=2) as progress:
        task = progress.add_task(f"the others, {per_second:.0f}/s", total=len(messages))
        replay.run(messages, per_second, lambda count: progress.update(task, completed=count))


def _await_features(client: redis.Redis, expected: Features) -> dict[str, dict[str, str]]:
    """The features, as soon as they are the expected ones."""
    found: dict[str, dict[str, str]] = {}
    differing: list[str] = []

    def complete() -> bool:
        nonlocal found, differing
        found = read_features(client, expected)
        differing = list(differences(expected, found))
        return not differing

    retrying = Retrying(
        retry=retry_if_result(lambda done: not done), stop=stop_after_delay(COMPLETE_SECONDS), wait=wait_fixed(0.5),
        retry_error_callback=lambda _: False,
    )  # fmt: skip
    if not retrying(complete):
        shown = "\n  ".join(differing[:12])
        raise DemoError(
            f"{len(differing)} differences between Redis and plain Python after {COMPLETE_SECONDS:.0f} s:\n  {shown}"
        )
    return found


def _check_letters(console: Console, servers: str, start: dict[int, int], messages: list[Message]) -> None:
    letters = read_dead_letters(servers, DEAD_LETTERS, start)
    found = Counter((letter.reason, letter.payload) for letter in letters)
    wanted = Counter((message.reason, message.payload) for message in messages if message.reason)
    show_dead_letters(console, letters)
    if found != wanted:
        missing, extra = wanted - found, found - wanted
        raise DemoError(f"dead letters: missing {list(missing)[:5]}, not expected {list(extra)[:5]}")


def _end(servers: str, topic: str) -> dict[int, int]:
    reader = TopicReader(servers, topic)
    try:
        return reader.end()
    finally:
        reader.close()
