"""Sums in figures, as printed and as misread."""

from __future__ import annotations

from decimal import Decimal

import pytest
from forms import Form
from hypothesis import given
from hypothesis import strategies as st

from headrace.documents.fields.document import Document
from headrace.documents.fields.money import sums_in
from headrace.documents.fields.tax_rates import fits_a_rate


def sums(text: str) -> list[Decimal]:
    form = Form()
    form.put(0, 0, text)
    document = Document(form.lines)
    return [money.value for money in sums_in(document, document.reading(document.page.cells[0].glyphs))]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("¥1000.00", ["1000.00"]),
        ("￥1,234,567.89", ["1234567.89"]),
        ("¥-100.00", ["-100.00"]),
        ("-¥100.00", ["-100.00"]),
        ("¥1000.00 ¥130.00", ["1000.00", "130.00"]),
        ("1000.00130.00", ["1000.00", "130.00"]),
        ("Y1OO0.0O", ["1000.00"]),
        ("羊553.0元", ["553.00"]),
        ("¥553.5元", ["553.50"]),
        ("35元", ["35.00"]),
        ("¥1234,56", ["1234.56"]),
        ("¥12.345.67", ["12345.67"]),
        ("¥970.51 ***", ["970.51", "0.00"]),
        ("免税", ["0.00"]),
        ("北京", []),
        ("12345678901234567890.00", []),
    ],
)
def test_forms(text: str, values: list[str]) -> None:
    assert sums(text) == [Decimal(value) for value in values]


@given(
    st.decimals(min_value=0, max_value=10**10, places=2), st.sampled_from(["{:.2f}", "¥{:.2f}", "¥{:,.2f}", "{:,.2f}"])
)
def test_any_sum_is_read_as_printed(value: Decimal, form: str) -> None:
    assert sums(form.format(value)) == [value]


@given(st.decimals(min_value="0.01", max_value=10**6, places=2), st.sampled_from(["0.13", "0.09", "0.06", "0.03", "0"]))
def test_a_tax_at_a_rate_fits(amount: Decimal, rate: str) -> None:
    assert fits_a_rate(amount, round(amount * Decimal(rate), 2))


def test_a_tax_at_no_rate_does_not_fit() -> None:
    assert not fits_a_rate(Decimal("1000.00"), Decimal("140.00"))
