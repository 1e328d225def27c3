"""`headrace demo-invoices`: starts the stack, deploys, replays rendered documents, and holds what comes of
them against the truth."""

from __future__ import annotations

import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import redis
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from headrace.demo.dead_letters import DeadLetter, newest_event_time
from headrace.demo.invoices.accuracy import TARGETS, missed_targets, tally
from headrace.demo.invoices.awaiting import (
    REVIEW,
    DemoError,
    await_first,
    await_letters,
    await_moods,
    await_reviewed,
    await_rows,
    end_of,
)
from headrace.demo.invoices.documents import FIRST_NAME, DemoDocument, make_documents
from headrace.demo.invoices.expected import HOUR
from headrace.demo.invoices.outcome import (
    expected_letters,
    make_outcomes,
    wrong_letters,
    wrong_verdicts,
)
from headrace.demo.invoices.reading import Reading, read_documents, write_picture
from headrace.demo.invoices.report.report import Check, Findings, LetterCount, write_report
from headrace.demo.invoices.tables import show
from headrace.demo.invoices.timeline import CARDS, INVOICES, ORDERS, Timeline, make_timeline
from headrace.demo.replay import Arrivals, Latency, Sender
from headrace.deploy.deploy import Deployer
from headrace.features import read_features
from headrace.rendering.truth import CardText
from headrace.settings import settings
from headrace.stack.redis import connect
from headrace.stack.stack import Stack

Say = Callable[[str], None]

COPIES = 6
CARD_COUNT = 19
SEED = 7
# These start the Python workers, which load the models; the latency of the others is shown.
WARM_UP = 2
FOLDERS = "HEADRACE_IMAGE_FOLDERS"


@dataclass(frozen=True)
class DemoResult:
    """Figures of one run."""

    documents: int
    findings: Findings
    report: Path

    def __str__(self) -> str:
        shares = ", ".join(f"{group} {tally.share():.1%}" for group, tally in self.findings.tallies.items())
        latency = self.findings.latency
        took = f", p50 {latency.p50:.0f} ms, p95 {latency.p95:.0f} ms, p99 {latency.p99:.0f} ms" if latency else ""
        return f"demo: ok, {self.documents} documents, fields right: {shares}{took}"


def run_demo(
    console: Console, say: Say, keep: bool, documents: int, per_second: float, seed: int | None = None
) -> DemoResult:
    """Runs the demo; ends what it started, unless it is to be kept.

    Args:
        console: where tables and progress go.
        say: where lines go.
        keep: leave the stack and the jobs running.
        documents: how many invoices, copies not counted.
        per_second: rate of the replay.
        seed: what is drawn; by default another one in each run on a stack: there the invoices of earlier runs are
            known, and all of them would be duplicates.

    Raises:
        DemoError: a target is missed; the report is written all the same.
    """
    folder = settings().home / "demo-invoices"
    shutil.rmtree(folder, ignore_errors=True)
    stack = Stack()
    by_uri = None
    if not stack.is_up():
        # Workers read it in their own environment, which is the stack's. To one that runs already nothing can be said:
        # there every image stands in its message.
        by_uri = folder.resolve()
        os.environ[FOLDERS] = ",".join(filter(None, (os.environ.get(FOLDERS), str(by_uri))))
    started_stack, started_jobs = False, tuple[str, ...]()
    try:
        started_stack = stack.up(say)
        client = connect(stack.settings, stack.addresses)
        if seed is None:
            seed = SEED + sum(1 for _ in client.scan_iter(f"invoice_check:*-{FIRST_NAME}", 1000))
        with ThreadPoolExecutor(1) as beside:
            drawing = beside.submit(make_documents, folder / "documents", documents, COPIES, CARD_COUNT, seed)
            started_jobs = Deployer(stack, say).deploy().started()
            say(f"demo: {documents} invoices, {COPIES} copies and {CARD_COUNT} cards are drawn from seed {seed} …")
            drawn = drawing.result()
        return _Run(console, say, stack, client, drawn, folder, by_uri, per_second, seed).result()
    finally:
        if keep:
            say("demo: the stack stays up. Look: make status, headrace sql. Stop it: make down")
        elif started_stack:
            stack.down(say)
        elif started_jobs:
            Deployer(stack, say).undeploy()


class _Run:
    """One replay, and what is found."""

    def __init__(
        self,
        console: Console,
        say: Say,
        stack: Stack,
        client: redis.Redis,
        documents: Sequence[DemoDocument],
        folder: Path,
        by_uri: Path | None,
        per_second: float,
        seed: int,
    ) -> None:
        self._console = console
        self._say = say
        self._servers = stack.addresses.kafka_bootstrap_servers
        self._client = client
        self._documents = documents
        self._folder = folder
        self._per_second = per_second
        self._seed = seed
        now = int(time.time() * 1000)
        self._run = f"{now:x}"
        # Behind all that an earlier run has sent: its watermark stays.
        newest = max(newest_event_time(self._servers, topic) for topic in (INVOICES, ORDERS))
        cards = max(newest_event_time(self._servers, CARDS), now - 24 * HOUR)
        self._timeline: Timeline = make_timeline(
            documents, self._run, max(now - 24 * HOUR, newest + 2 * HOUR), cards - cards % HOUR + HOUR, by_uri, seed
        )

    def result(self) -> DemoResult:
        """Replays, waits, compares, shows.

        Raises:
            DemoError: a target is missed.
        """
        ends = {topic: end_of(self._servers, f"{topic}_dead_letters") for topic in (INVOICES, ORDERS, CARDS)}
        review_end = end_of(self._servers, REVIEW)
        with Arrivals(self._client, f"invoice_check:{self._run}-*") as arrivals:
            sender = self._replay(arrivals)
            rows = await_rows(self._client, self._timeline.messages)
        outcomes = make_outcomes(self._documents, rows, self._timeline, self._seconds(sender.sent, arrivals.first_seen))
        expected = {topic: expected_letters(self._timeline.messages, topic, rows) for topic in (INVOICES, CARDS)}
        wanted = {**{topic: sum(own.values()) for topic, own in expected.items()}, ORDERS: 0}
        sent = {message.payload for message in self._timeline.messages}
        letters = {topic: await_letters(self._servers, topic, ends[topic], sent, wanted[topic]) for topic in ends}
        doubtful = {name for name, row in rows.items() if row.get("status") == "doubtful"}
        reviewed = await_reviewed(self._servers, self._run, review_end, len(doubtful))
        moods = await_moods(self._client, self._documents, self._timeline)
        readings = self._readings()

        tallies = tally((one.document.group, one.cells) for one in outcomes if one.document.group)
        wrong = wrong_verdicts(outcomes)
        wrong_letter = [
            *(one for topic in letters for one in wrong_letters(letters[topic], expected.get(topic, Counter()), topic)),
            *self._wrong_statuses(),
        ]
        wrong_review = sorted(doubtful ^ reviewed)
        hours = len(self._timeline.card_hours)
        wrong_moods = [
            *([f"greeting_mood: {len(moods)} hours of {hours}"] if len(moods) < hours else []),
            *(
                f"greeting_mood: {mood.cards} cards at {mood.hour}, {mood.sent} were sent"
                for mood in moods
                if mood.cards != mood.sent
            ),
        ]
        missed = missed_targets(tallies)
        latencies = [one.seconds for one in outcomes if one.seconds is not None]
        checks = [
            *(
                Check(f"{group}: at least {target:.0%}", not any(words.startswith(group) for words in missed))
                for group, target in TARGETS.items()
            ),
            Check("every verdict right where its document was read right", not wrong),
            Check("a dead letter for each bad document", not wrong_letter),
            Check("doubtful documents in invoices_review", not wrong_review),
            Check("every card in the mood of its hour", not wrong_moods),
        ]
        findings = Findings(
            outcomes, tallies, Latency.of(latencies) if len(latencies) > 1 else None, latencies,
            _letter_counts(letters, expected), len(reviewed), moods, checks,
        )  # fmt: skip
        report = self._folder / "report.html"
        write_report(report, findings, readings, self._cards(), self._seed, self._per_second)
        show(self._console, findings, readings)
        self._say(f"report: {os.path.relpath(report)}")
        faults = [
            *missed,
            *wrong,
            *wrong_letter,
            *(f"{REVIEW}: {name} does not fit its row" for name in wrong_review),
            *wrong_moods,
        ]
        if faults:
            shown = "\n  ".join(faults[:12])
            raise DemoError(f"{len(faults)} things are not as they should be; the report shows them:\n  {shown}")
        return DemoResult(len(self._documents), findings, report)

    def _replay(self, arrivals: Arrivals) -> Sender:
        sender = Sender(self._servers)
        first = [message for message in self._timeline.messages if message.position < WARM_UP]
        others = [message for message in self._timeline.messages if message.position >= WARM_UP]
        started = time.perf_counter()
        sender.run(first, self._per_second, lambda _: None)
        await_first(sender.sent, arrivals)
        self._say(
            f"demo: the first {len(sender.sent)} documents, with the start of Python and model: "
            f"in Redis after {time.perf_counter() - started:.1f} s"
        )
        with _progress(self._console) as progress:
            task = progress.add_task(
                f"the others, {self._per_second:g} a second, with orders and cards", total=len(others)
            )
            sender.run(others, self._per_second, lambda count: progress.update(task, completed=count))
        return sender

    def _seconds(self, sent: Mapping[str, float], seen: Mapping[str, float]) -> dict[str, float]:
        """From sent to readable, of the documents that wait for no order, by their names."""
        return {
            message.document: seen[message.key] - sent[message.key]
            for message in self._timeline.messages
            if message.key
            and message.document in self._timeline.at_once
            and message.key in seen
            and message.position >= WARM_UP
        }

    def _wrong_statuses(self) -> list[str]:
        """Rows of unusable documents that have a verdict, or another status than their dead letter's reason."""
        rows = read_features(self._client, self._timeline.statuses)
        return [
            f"{key}: status {rows.get(key, {}).get('status')}, verdict {rows.get(key, {}).get('verdict')}; "
            f"expected is {status}, none"
            for key, status in self._timeline.statuses.items()
            if rows.get(key, {}).get("status") != status or "verdict" in rows[key]
        ]

    def _readings(self) -> dict[str, Reading]:
        paths = {document.name: document.path for document in self._documents if document.group}
        with _progress(self._console) as progress:
            task = progress.add_task("boxes for the report", total=len(paths))
            return read_documents(paths, self._folder / "pictures", lambda _: progress.advance(task))

    def _cards(self) -> list[tuple[CardText, Path]]:
        """The greeting cards with their pictures, which are made."""
        cards = []
        for document in self._documents:
            if document.truth.card:
                picture = self._folder / "pictures" / f"{document.name}.jpg"
                write_picture(document.path, picture)
                cards.append((document.truth.card, picture))
        return cards


def _progress(console: Console) -> Progress:
    columns = (TextColumn("demo: {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, refresh_per_second=2)


def _letter_counts(
    letters: Mapping[str, Sequence[DeadLetter]], expected: Mapping[str, Counter[tuple[str, bytes]]]
) -> list[LetterCount]:
    counts = []
    for topic, own in letters.items():
        found = Counter(letter.reason for letter in own)
        wanted = Counter(reason for reason, _ in expected.get(topic, Counter()).elements())
        counts += [
            LetterCount(topic, reason, found[reason], wanted[reason]) for reason in sorted(found.keys() | wanted.keys())
        ]
    return counts
