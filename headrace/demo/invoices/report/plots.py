"""The report's plots, as SVG that takes its colours from the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from headrace.demo.invoices.accuracy import FIELDS, Tally
from headrace.demo.invoices.documents import Group

# Accuracy is drawn from here to 1: what differs lies near the top.
FLOOR = 0.8
_HEIGHT, _LEFT, _TOP = 220, 44, 12


def accuracy_plot(tallies: Mapping[Group, Tally]) -> Markup:
    """Bars by field, a colour a group; the axis begins at FLOOR and says so."""
    slot, bar, base = 78, 20, _TOP + _HEIGHT
    parts = [_grid([FLOOR + (1 - FLOOR) * step / 4 for step in range(5)], FLOOR, 1.0, slot * len(FIELDS))]
    for place, name in enumerate(FIELDS):
        left = _LEFT + place * slot
        for number, (group, tally) in enumerate(tallies.items()):
            share = tally.share(name)
            if share is None:
                continue
            x = left + 6 + number * (bar + 2)
            if share < FLOOR:
                parts.append(_words(x + bar / 2, base - 5, f"{share:.0%}"))
            height = max((share - FLOOR) / (1 - FLOOR), 0.0) * _HEIGHT
            told = escape(f"{name}, {group}: {share:.1%} ({tally.right[name]} of {tally.counted[name]})")
            parts.append(
                f'<rect class="group{number}" x="{x}" y="{base - height:.1f}" '
                f'width="{bar}" height="{height:.1f}"><title>{told}</title></rect>'
            )
        for line, word in enumerate(name.split("_", 1)):
            parts.append(_words(left + slot / 2, base + 16 + 14 * line, word))
    return _svg(_LEFT + slot * len(FIELDS), base + 38, "share of exact matches by field", parts)


def latency_plot(seconds: Sequence[float]) -> Markup:
    """The share of documents that stand in Redis within a time."""
    if not seconds:
        return Markup("")
    width, base = 640, _TOP + _HEIGHT
    ordered = sorted(seconds)
    most = ordered[-1] * 1.02
    points: list[tuple[float, float]] = [(_LEFT, base)]
    for number, value in enumerate(ordered, start=1):
        x = _LEFT + value / most * width
        points += [(x, points[-1][1]), (x, base - number / len(ordered) * _HEIGHT)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    parts = [_grid([0.0, 0.25, 0.5, 0.75, 1.0], 0.0, 1.0, width), f'<polyline class="curve" points="{line}"/>']
    parts += [_words(_LEFT + width * step / 4, base + 16, f"{most * step / 4:.1f} s") for step in range(5)]
    return _svg(_LEFT + width + 30, base + 24, "share of documents in Redis within so many seconds", parts)


def _grid(shares: Sequence[float], low: float, high: float, width: float) -> str:
    lines = []
    for share in shares:
        y = _TOP + _HEIGHT * (1 - (share - low) / (high - low))
        lines.append(f'<line class="grid" x1="{_LEFT}" x2="{_LEFT + width}" y1="{y:.1f}" y2="{y:.1f}"/>')
        lines.append(_words(_LEFT - 6, y + 4, f"{share:.0%}", "end"))
    return "".join(lines)


def _words(x: float, y: float, words: str, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _svg(width: float, height: float, title: str, parts: Sequence[str]) -> Markup:
    head = f'<svg class="plot" viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-label="{escape(title)}">'
    # What is not a number here is escaped above.
    return Markup(f"{head}{''.join(parts)}</svg>")  # noqa: S704
