"""What the demo of documents shows on the terminal."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from headrace.demo.invoices.accuracy import FIELDS, TARGETS, Tally
from headrace.demo.invoices.documents import Group
from headrace.demo.invoices.expected import Verdict
from headrace.demo.invoices.outcome import Outcome
from headrace.demo.invoices.reading import Reading
from headrace.demo.invoices.report.report import Findings

EXAMPLES = 3


def show(console: Console, findings: Findings, readings: Mapping[str, Reading]) -> None:
    """Verdicts with thumbnails, accuracy, dead letters, moods."""
    _verdicts(console, findings.outcomes, readings)
    _accuracy(console, findings.tallies, findings.outcomes)
    _letters(console, findings)
    _moods(console, findings)


def _table(console: Console, title: str, *columns: str, right: Sequence[str] = ()) -> Table:
    console.print(f"[bold]{title}[/bold]")
    table = Table(header_style="dim", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", no_wrap=True, overflow="ellipsis")
    return table


def _verdicts(console: Console, outcomes: Sequence[Outcome], readings: Mapping[str, Reading]) -> None:
    columns = ("verdict", "document", "kind", "total", "difference", "duplicate of", "status", "picture")
    table = _table(
        console, "invoice_check: each verdict, some documents of each", *columns, right=("total", "difference")
    )
    for verdict in Verdict:
        for one in [one for one in outcomes if one.verdict == verdict][:EXAMPLES]:
            row = one.row
            table.add_row(
                f"[{'green' if one.is_right else 'red'}]{one.verdict}[/]",
                one.document.name,
                one.document.truth.kind,
                row.get("total", ""),
                row.get("difference", "") if one.expected.difference else "",
                row.get("duplicate_of", "").rsplit("-", 1)[-1],
                row.get("status", ""),
                escape(_shown(readings[one.document.name].picture)),
            )
    console.print(table, "")


def _accuracy(console: Console, tallies: Mapping[Group, Tally], outcomes: Sequence[Outcome]) -> None:
    short = [name.replace("invoice_", "").replace("_tax_id", " id").replace("issue_", "") for name in FIELDS]
    columns = ("group", "documents", "all", *short)
    table = _table(console, "fields that are exactly right, in percent", *columns, right=columns[1:])
    for group, tally in tallies.items():
        share = tally.share()
        good = share is not None and share >= TARGETS[group]
        table.add_row(
            group,
            str(sum(one.document.group is group for one in outcomes)),
            f"[{'green' if good else 'red'}]{_percent(share)}[/]",
            *(_percent(tally.share(name)) for name in FIELDS),
        )
    console.print(table, "")


def _letters(console: Console, findings: Findings) -> None:
    table = _table(console, "dead letters", "topic", "reason", "letters", "expected", right=("letters", "expected"))
    for row in findings.letters:
        table.add_row(row.topic, row.reason, str(row.found), str(row.expected))
    latency = findings.latency
    console.print(table, f"invoices_review: {findings.reviews} doubtful documents")
    if latency:
        told = ", ".join(f"{name} {getattr(latency, name) / 1000:.2f} s" for name in ("p50", "p95", "p99"))
        console.print(f"from event to Redis: {told}, of {len(findings.latencies)} documents that wait for no order")
    console.print()


def _moods(console: Console, findings: Findings) -> None:
    numbers = ("cards", "mean score", "positive", "negative", "truth positive", "truth negative")
    table = _table(console, "greeting_mood: cards by hour", "hour", *numbers, right=numbers)
    for mood in findings.moods:
        shares = (mood.positive, mood.negative, mood.truly_positive, mood.truly_negative)
        table.add_row(mood.hour, str(mood.cards), f"{mood.mean_score:.3f}", *(f"{share:.0%}" for share in shares))
    console.print(table, "")


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f}".removesuffix(".0")


def _shown(path: Path) -> str:
    return os.path.relpath(path)
