"""What no case reaches, for people and programs."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from headrace.testing.coverage.measure import Coverage, Point


def print_coverage(console: Console, coverage: Coverage, root: Path) -> None:
    """Per file how much is reached, and each line on which something is not."""
    files: dict[str, list[Point]] = defaultdict(list)
    for point in coverage.points.values():
        files[point.file].append(point)
    for file, points in sorted(files.items()):
        reached = sum(point.reached for point in points)
        colour = "red" if any(point.is_gap for point in points) else "green"
        console.print(f"[{colour}]{escape(file)}[/{colour}]: {reached} of {len(points)} reached")
        lines = (root / file).read_text(encoding="utf-8").split("\n")
        for number in sorted({point.line for point in points if not point.reached}):
            console.print(f"  {number:4} │ {escape(lines[number - 1])}", soft_wrap=True)
            for point in points:
                if point.line == number and not point.reached:
                    why = f" [dim](explained: {escape(point.explanation)})[/dim]" if point.explanation else ""
                    mark = "·" if point.explanation else "[red]✗[/red]"
                    console.print(f"       {mark} {escape(point.unreached)}{why}", soft_wrap=True)
    for (file, line), reason in sorted(coverage.unanswered.items()):
        console.print(f"[yellow]{escape(file)}:{line}: not checked[/yellow]: {escape(_last_line(reason))}")
    total = len(coverage.points)
    reached = sum(point.reached for point in coverage.points.values())
    gaps = sum(point.is_gap for point in coverage.points.values())
    console.print(f"coverage: {reached} of {total} reached, {total - reached - gaps} explained, {gaps} not")


def coverage_to_json(coverage: Coverage) -> dict[str, Any]:
    """For programs."""
    points = sorted(coverage.points.values(), key=lambda point: (point.file, point.line))
    return {
        "points": len(points),
        "reached": sum(point.reached for point in points),
        "unreached": [
            {"file": p.file, "line": p.line, "what": p.unreached, "explanation": p.explanation}
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
