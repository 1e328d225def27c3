"""Lines in the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Sequence

from headrace.documents.line import Line, Point

_SAME_ROW = 0.5
"""Lines whose middles are less than this part of a line's height apart stand in one row."""


def in_reading_order(lines: Sequence[Line], quarter_turns: int = 0) -> list[Line]:
    """Row by row from the top, in a row from the left.

    Args:
        lines: of one page.
        quarter_turns: by how many quarters the page lies turned clockwise.
    """
    placed = sorted(((_upright(line, quarter_turns), line) for line in lines), key=lambda pair: pair[0][1])
    rows: list[list[tuple[tuple[float, float, float], Line]]] = []
    for (x, y, height), line in placed:
        if rows:
            _, last_y, last_height = rows[-1][-1][0]
            if y - last_y < _SAME_ROW * min(height, last_height):
                rows[-1].append(((x, y, height), line))
                continue
        rows.append([((x, y, height), line)])
    return [line for row in rows for _, line in sorted(row, key=lambda pair: pair[0][0])]


def _upright(line: Line, quarter_turns: int) -> tuple[float, float, float]:
    """Left, middle and height of a line on the page set upright."""
    points = [_turned_back(point, quarter_turns) for point in line.box]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), sum(ys) / 4, max(ys) - min(ys)


def _turned_back(point: Point, quarter_turns: int) -> Point:
    x, y = point
    return ((x, y), (y, -x), (-x, -y), (-y, x))[quarter_turns % 4]
