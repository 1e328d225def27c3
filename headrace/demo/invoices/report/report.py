"""Writes the report: `write_report`."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from headrace.demo.invoices.accuracy import FIELDS, TARGETS, Tally
from headrace.demo.invoices.documents import Group
from headrace.demo.invoices.expected import Verdict
from headrace.demo.invoices.outcome import Outcome
from headrace.demo.invoices.reading import Reading
from headrace.demo.invoices.report.plots import FLOOR, accuracy_plot, latency_plot
from headrace.demo.replay import Latency
from headrace.rendering.truth import CardText


@dataclass(frozen=True)
class Check:
    """One thing that the demo asks for, in words, and whether it holds."""

    words: str
    holds: bool


@dataclass(frozen=True)
class Mood:
    """An hour's cards: what Redis says; how many were sent, and the shares of the moods that they were written in."""

    hour: str
    cards: int
    sent: int
    mean_score: float
    positive: float
    negative: float
    truly_positive: float
    truly_negative: float


@dataclass(frozen=True)
class LetterCount:
    """How many dead letters of a reason there are, and how many were expected."""

    topic: str
    reason: str
    found: int
    expected: int


@dataclass(frozen=True)
class Findings:
    """All that the demo has found.

    Attributes:
        outcomes: the invoices, in the order in which they were handed in.
        tallies: right fields by group.
        latency: of `latencies`, None where nothing was measured.
        latencies: seconds from sent to readable, of the documents that are measured.
        reviews: how many documents are in `invoices_review`.
        checks: what was asked for.
    """

    outcomes: Sequence[Outcome]
    tallies: Mapping[Group, Tally]
    latency: Latency | None
    latencies: Sequence[float]
    letters: Sequence[LetterCount]
    reviews: int
    moods: Sequence[Mood]
    checks: Sequence[Check]


def write_report(
    path: Path,
    findings: Findings,
    readings: Mapping[str, Reading],
    cards: Iterable[tuple[CardText, Path]],
    seed: int,
    per_second: float,
) -> None:
    """Writes the page.

    Args:
        path: the file; pictures and documents are linked relative to its folder.
        findings: what it shows.
        readings: of the invoices, by their names.
        cards: the greeting cards, each with its picture.
        seed, per_second: how the demo was run.
    """
    environment = Environment(
        loader=PackageLoader(__package__, "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["percent"] = _percent
    environment.filters["seconds"] = lambda milliseconds: f"{milliseconds / 1000:.2f} s"
    environment.filters["seconds_of"] = lambda seconds: f"{seconds:.2f} s"
    outcomes = findings.outcomes
    page = environment.get_template("page.html").render(
        **vars(findings),
        cards=[{"picture": _href(picture, path), "truth": card} for card, picture in cards],
        documents=[_document(one, readings[one.document.name], path) for one in outcomes],
        seed=seed,
        per_second=f"{per_second:g}",
        model_version=", ".join(sorted({one.row.get("model_version", "?") for one in outcomes})),
        fields=FIELDS,
        targets=TARGETS,
        sizes=Counter(one.document.group for one in outcomes),
        kinds=sorted({one.document.truth.kind for one in outcomes}),
        verdicts=[_verdict(verdict, outcomes) for verdict in Verdict],
        accuracy_plot=accuracy_plot(findings.tallies),
        latency_plot=latency_plot(findings.latencies),
        floor=FLOOR,
    )
    path.write_text(page, encoding="utf-8")


def _document(one: Outcome, reading: Reading, page: Path) -> dict[str, Any]:
    confidences = {str(name): value for name, value in reading.fields.confidences.items()}
    duplicate_of = one.row.get("duplicate_of")
    return {
        "name": one.document.name,
        "group": one.document.group,
        "kind": one.document.truth.kind,
        "file": one.document.path.name,
        "href": _href(one.document.path, page),
        "effects": ", ".join(one.document.truth.effects) or "no effects",
        "picture": _href(reading.picture, page),
        "width": reading.width,
        "height": reading.height,
        "lines": [
            {
                "points": " ".join(f"{x:.1f},{y:.1f}" for x, y in line.box),
                "text": line.text,
                "confidence": line.confidence,
            }
            for line in reading.lines
        ],
        "cells": [
            {**vars(cell), "is_right": cell.is_right, "confidence": confidences.get(cell.field)}
            for cell in one.cells
            if cell.counts
        ],
        "wrong": any(not cell.is_right for cell in one.cells),
        "verdict": one.verdict,
        "verdict_right": one.is_right,
        "expected": one.expected.verdict,
        "difference": one.row.get("difference") if one.expected.difference else None,
        "duplicate_of": duplicate_of and duplicate_of.rsplit("-", 1)[-1],
        "status": one.row.get("status"),
        "confidence": float(one.row.get("confidence", 0)),
        "seconds": one.seconds,
        "findings": reading.fields.findings,
    }


def _verdict(verdict: Verdict, outcomes: Iterable[Outcome]) -> dict[str, Any]:
    own = [one for one in outcomes if one.expected.verdict is verdict]
    return {
        "verdict": verdict,
        "count": len(own),
        "right": sum(one.is_right for one in own),
        "wrong": sum(one.is_read and not one.is_right for one in own),
        "example": next((one.document.name for one in own if one.is_right), None),
    }


def _href(file: Path, page: Path) -> str:
    return Path(os.path.relpath(file, page.parent)).as_posix()


def _percent(share: float | None) -> str:
    if share is None:
        return "–"
    return f"{share:.0%}" if share in (0, 1) else f"{share:.1%}"
