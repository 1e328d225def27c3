"""What no case reaches, for people and programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.text import Text

from headrace.testing.coverage.measure import Coverage, Point


def print_coverage(console: Console, coverage: Coverage, root: Path) -> None:
    """Each place that no case reaches, with its line underlined; then, per file, how much is reached."""
    lines = {file: (root / file).read_text(encoding="utf-8").split("\n") for file in _files(coverage)}
    for point in sorted(coverage.points.values(), key=_order):
        if not point.reached:
            console.print(_unreached(point, lines[point.file][point.line - 1]), soft_wrap=True)
    for (file, line), reason in sorted(coverage.unanswered.items()):
        console.print(f"[yellow]{escape(file)}:{line}: not checked[/yellow]: {escape(_last_line(reason))}")
    for file, points in _files(coverage).items():
        reached = sum(point.reached for point in points)
        colour = "red" if any(point.is_gap for point in points) else "green"
        console.print(f"[{colour}]{reached:4} of {len(points):4}[/{colour}] {escape(file)}")
    total = len(coverage.points)
    reached = sum(point.reached for point in coverage.points.values())
    gaps = len(coverage.gaps)
    explained = total - reached - gaps
    console.print(
        f"coverage: {coverage.percent:.1f} %: {reached} of {total} reached, {explained} explained, {gaps} not"
    )


def _unreached(point: Point, line: str) -> Text:
    why = f" (explained: {point.explanation})" if point.explanation else ""
    colour = "dim" if point.explanation else "red"
    text = Text(f"{point.file}:{point.line}:{point.column}: {point.unreached}{why}\n", style=colour)
    before, meant = line[: point.column - 1], line[point.column - 1 : point.column - 1 + point.length]
    text.append(f"  {point.line:4} │ {line}\n", style="default")
    # Chinese characters are two columns wide.
    text.append(f"       │ {' ' * cell_len(before)}{'^' * cell_len(meant)}", style=colour)
    return text


def _files(coverage: Coverage) -> dict[str, list[Point]]:
    files: dict[str, list[Point]] = {}
    for point in sorted(coverage.points.values(), key=_order):
        files.setdefault(point.file, []).append(point)
    return files


def _order(point: Point) -> tuple[str, int, int]:
    return point.file, point.line, point.column


def coverage_to_json(coverage: Coverage) -> dict[str, Any]:
    """For programs."""
    points = sorted(coverage.points.values(), key=_order)
    return {
        "percent": round(coverage.percent, 1),
        "points": len(points),
        "reached": sum(point.reached for point in points),
        "unreached": [
            {"file": p.file, "line": p.line, "column": p.column, "what": p.unreached, "explanation": p.explanation}
            for p in points
            if not p.reached
        ],
        "not_checked": [
            {"file": file, "line": line, "reason": _last_line(reason)}
            for (file, line), reason in sorted(coverage.unanswered.items())
        ],
    }


def _last_line(reason: str) -> str:
    return reason.strip().splitlines()[-1]
