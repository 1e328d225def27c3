"""Lines set upright, placed and put in rows."""

from __future__ import annotations

import math

import pytest
from forms import Form
from hypothesis import given
from hypothesis import strategies as st

from headrace.documents.fields.page import Page, skew
from headrace.documents.line import Line


def turned(lines: list[Line], degrees: float) -> list[Line]:
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [
        Line(line.text, line.confidence, tuple((x * cos - y * sin, x * sin + y * cos) for x, y in line.box))  # type: ignore[arg-type]
        for line in lines
    ]


def two_rows() -> list[Line]:
    form = Form()
    form.put(100, 100, "开票日期:")
    form.put(900, 102, "2024年03月05日")
    form.put(100, 130, "发票号码:")
    form.put(900, 131, "12345678901234567890")
    return form.lines


@given(st.floats(-170, 170))
def test_skew_is_found_whatever_the_angle(degrees: float) -> None:
    assert math.degrees(skew(turned(two_rows(), degrees))) == pytest.approx(degrees, abs=0.01)


@pytest.mark.parametrize("degrees", [-8, -3, 0, 3, 8, 90, 180])
def test_rows_hold_over_a_wide_gap_on_a_turned_page(degrees: float) -> None:
    page = Page(turned(two_rows(), degrees))
    right = {cell.line.text: page.right_of(cell) for cell in page.cells}
    assert {text: after.line.text for text, after in right.items() if after} == {
        "开票日期:": "2024年03月05日",
        "发票号码:": "12345678901234567890",
    }


def test_single_characters_do_not_turn_the_page() -> None:
    form = Form()
    form.put(0, 0, "发票号码:12345678")
    tilted = [Line("购", 0.9, ((0, 50), (20, 60), (20, 80), (0, 70))) for _ in range(20)]
    assert skew([*form.lines, *tilted]) == 0


def test_full_width_and_spaces_are_one_form_and_what_was_written_is_kept() -> None:
    form = Form()
    form.put(0, 0, "名　 称：（北京）№ 1")
    [cell] = Page(form.lines).cells
    assert cell.text == "名称:(北京)No1"
    assert "".join(glyph.written for glyph in cell.glyphs) == "名称：（北京）№1"


def test_characters_stand_in_order_inside_their_line() -> None:
    form = Form()
    form.put(10, 0, "金额 1,234.56 元")
    [cell] = Page(form.lines).cells
    places = [(glyph.left, glyph.right) for glyph in cell.glyphs]
    assert places == sorted(places)
    assert places[0][0] == pytest.approx(10)
    assert places[-1][1] == pytest.approx(cell.right)


def test_a_line_without_characters_is_no_cell() -> None:
    form = Form()
    form.put(0, 0, "   ")
    assert Page(form.lines).cells == ()
