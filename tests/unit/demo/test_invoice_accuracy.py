"""The demo of documents: which fields count, and when a group misses its target."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from headrace.demo.invoices.accuracy import cells, missed_targets, tally
from headrace.demo.invoices.documents import Group
from headrace.rendering.truth import InvoiceFields

TRUTH = InvoiceFields(invoice_number="12345678", issue_date=date(2026, 3, 1), total=Decimal("1180.5"), buyer="个人")
ROW = {"invoice_number": "12345678", "issue_date": "2026-03-01", "total": "1180.50", "buyer": "个人"}


def test_values_are_compared_as_redis_has_them() -> None:
    counted = [cell for cell in cells(TRUTH, ROW) if cell.counts]
    assert {cell.field for cell in counted} == set(ROW)
    assert all(cell.is_right for cell in counted)


def test_a_field_that_is_not_printed_but_given_is_wrong() -> None:
    wrong = [cell.field for cell in cells(TRUTH, {**ROW, "invoice_code": "3100201130"}) if not cell.is_right]
    assert wrong == ["invoice_code"]


def test_a_field_that_is_printed_but_not_given_is_wrong() -> None:
    row = {name: value for name, value in ROW.items() if name != "total"}
    assert [cell.field for cell in cells(TRUTH, row) if not cell.is_right] == ["total"]


def test_shares_by_group_and_field() -> None:
    right, wrong = cells(TRUTH, ROW), cells(TRUTH, {**ROW, "buyer": "个入"})
    tallies = tally([(Group.CLEAN, right), (Group.CLEAN, wrong), (Group.PHOTO, wrong)])
    assert tallies[Group.CLEAN].share() == 7 / 8
    assert tallies[Group.CLEAN].share("buyer") == 1 / 2
    assert tallies[Group.PHOTO].share("total") == 1
    assert tallies[Group.PHOTO].share("tax") is None
    assert tallies[Group.HELD_OUT].share() is None


def test_targets() -> None:
    right, wrong = cells(TRUTH, ROW), cells(TRUTH, {**ROW, "buyer": "个入"})
    # 48 of 49 and 31 of 32 fields: below 98 %, above 90 %
    just_above = [(Group.CLEAN, own) for own in [*[right] * 12, wrong]]
    assert missed_targets(tally(just_above)) == []
    missed = missed_targets(tally([*[(Group.CLEAN, own) for own in (right, wrong)], (Group.PHOTO, right)]))
    assert missed == ["clean scans: 87.50% of the fields are right, at least 98% should be"]
