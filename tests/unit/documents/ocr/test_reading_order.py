"""Lines as a person reads them."""

from __future__ import annotations

from headrace.documents.line import Line, Point
from headrace.documents.ocr.reading_order import in_reading_order


def line(text: str, left: float, top: float, quarter_turns: int = 0) -> Line:
    """A line of 40 by 10 pixels; on a page turned clockwise about the origin."""

    def turned(x: float, y: float) -> Point:
        for _ in range(quarter_turns):
            x, y = -y, x
        return x, y

    box = turned(left, top), turned(left + 40, top), turned(left + 40, top + 10), turned(left, top + 10)
    return Line(text, 1.0, box)


def texts(lines: list[Line], quarter_turns: int = 0) -> str:
    return " ".join(found.text for found in in_reading_order(lines, quarter_turns))


def test_rows_from_the_top_and_in_a_row_from_the_left() -> None:
    assert texts([line("d", 50, 21), line("b", 50, 0), line("a", 0, 3), line("c", 0, 19)]) == "a b c d"


def test_a_row_may_rise() -> None:
    assert texts([line("c", 100, 0), line("b", 50, 4), line("a", 0, 8), line("d", 0, 20)]) == "a b c d"


def test_on_a_turned_page_too() -> None:
    for quarter_turns in range(4):
        lines = [
            line("c", 0, 20, quarter_turns),
            line("b", 50, 0, quarter_turns),
            line("a", 0, 2, quarter_turns),
        ]
        assert texts(lines, quarter_turns) == "a b c"
