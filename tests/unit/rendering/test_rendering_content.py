"""What documents tell is right: check characters, sums to the cent, capitals."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from random import Random

import pytest

from headrace.documents.standards import chinese_capitals, tax_id
from headrace.rendering.content.goods import cents
from headrace.rendering.content.greetings import greeting, moods
from headrace.rendering.content.invoice import CASES, Invoice, invoice
from headrace.rendering.content.journey import journey
from headrace.rendering.content.shopping import purchase

FIRST, LAST = date(2019, 1, 1), date(2024, 2, 29)


def told(case: str, seed: int) -> Invoice:
    return invoice(Random(f"{case}/{seed}"), case, FIRST, LAST)


@pytest.mark.parametrize("case", CASES)
def test_invoices_are_right(case: str) -> None:
    for seed in range(40):
        invoice = told(case, seed)
        assert FIRST <= invoice.issue_date <= LAST
        assert tax_id.is_valid(invoice.seller.tax_id)
        assert tax_id.body_check_character(invoice.seller.tax_id[8:16]) == invoice.seller.tax_id[16]
        assert invoice.amount + invoice.tax == invoice.total == cents(invoice.total)
        assert chinese_capitals.amount(invoice.total_capitals) == invoice.total
        for line in invoice.goods:
            if line.quantity:
                assert cents(Decimal(line.quantity) * Decimal(line.unit_price)) == line.amount
            rate = Decimal(0) if line.rate == "免税" else Decimal(line.rate.rstrip("%"))
            assert (line.tax or 0) == cents(line.amount * rate / 100)


def test_cases_are_what_they_say() -> None:
    for seed in range(10):
        assert told("negative", seed).total < 0
        assert told("negative", seed).total_capitals.startswith("（负数）")
        assert told("exempt", seed).tax_text == "***"
        assert told("zero_tax", seed).tax_text == "¥0.00"
        assert len({line.rate for line in told("several_rates", seed).goods}) > 1
        assert len(told("eight_lines", seed).goods) == 8
        assert len(told("one_line", seed).goods) == 1
        assert told("large_sum", seed).total > 1_000_000
        assert len(told("long_names", seed).buyer.name) > 24
        assert told("discount", seed).goods[1].amount < 0 < told("discount", seed).total
        assert told("consumer", seed).buyer.tax_id == ""
        assert tax_id.is_valid(told("usual", seed).buyer.tax_id)


def test_journeys_and_purchases() -> None:
    for seed in range(40):
        ride = journey(Random(seed), "usual", datetime(2019, 1, 1), datetime(2019, 12, 31))
        assert ride.start != ride.end
        assert ride.fare == cents(ride.fare) > 0
        bought = purchase(Random(seed), "many_items", FIRST, LAST)
        assert bought.total == sum(count * price for _, count, price, _ in bought.items)


def test_greetings_have_the_mood_that_was_asked_for() -> None:
    assert moods("sympathy") == ("negative",)
    assert set(moods("birthday")) == {"negative", "neutral", "positive"}
    for mood in moods("birthday"):
        assert greeting(Random(1), "birthday", mood).sentiment == mood
