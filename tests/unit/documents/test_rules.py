"""The rules find what disagrees, repair what can be known, and say so."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from forms import CENT, FORMS, Truth, classic, digital, digital_invoice, electronic_invoice, special_invoice
from hypothesis import given
from hypothesis import strategies as st

from headrace.documents.fields.candidate import Field, Origin
from headrace.documents.fields.confidence import ENOUGH
from headrace.documents.fields.invoice_fields import FieldsStatus, InvoiceFields
from headrace.documents.fields.read import read_fields
from headrace.documents.fields.rule import all_rules
from headrace.documents.line import Line
from headrace.documents.standards.chinese_capitals import capitals

TODAY = date(2026, 1, 1)


def said_of(amount: str = "1000.00", tax: str = "130.00") -> Truth:
    said, _ = special_invoice(random.Random(7))  # noqa: S311
    return replace(said, amount=Decimal(amount), tax=Decimal(tax), total=Decimal(amount) + Decimal(tax))


def form(said: Truth) -> list[Line]:
    return classic(said, "北京增值税专用发票", electronic=False)


def misread(lines: list[Line], written: str, read: str | None, at: int = -1) -> list[Line]:
    """Lines with one of those that say something (`at`: which) read as something else, or not at all."""
    place = [number for number, line in enumerate(lines) if line.text == written][at]
    other = [replace(lines[place], text=read)] if read is not None else []
    return [*lines[:place], *other, *lines[place + 1 :]]


def fields_of(lines: list[Line]) -> InvoiceFields:
    return read_fields(lines, TODAY)


def test_every_rule_has_a_docstring_that_says_what_holds() -> None:
    assert len(all_rules()) >= 7
    assert all(type(rule).__doc__ for rule in all_rules())


@pytest.mark.parametrize(
    ("name", "written", "read"),
    [
        (Field.TOTAL, "¥1130.00", "¥1180.00"),
        (Field.AMOUNT, "¥1000.00", "¥1600.00"),
        (Field.TAX, "¥130.00", "¥150.00"),
    ],
)
def test_of_four_sums_three_repair_the_fourth(name: Field, written: str, read: str) -> None:
    fields = fields_of(misread(form(said_of()), written, read))
    assert (fields.amount, fields.tax, fields.total) == (Decimal("1000.00"), Decimal("130.00"), Decimal("1130.00"))
    assert fields.origins[name] is Origin.REPAIRED
    assert fields.confidences[name] <= 0.8
    [finding] = fields.findings
    assert finding.startswith(f"{name}: read as {read[1:]};")


def test_without_capitals_a_rate_shows_that_the_total_was_misread() -> None:
    said = said_of()
    lines = misread(misread(form(said), f"⊗{capitals(said.total, '圆')}", None), "¥1130.00", "¥1180.00")
    fields = fields_of(lines)
    assert (fields.total, fields.origins[Field.TOTAL]) == (Decimal("1130.00"), Origin.REPAIRED)


def test_what_cannot_be_known_is_left_and_doubted() -> None:
    said = said_of("1000.00", "57.31")
    lines = misread(form(said), f"⊗{capitals(said.total, '圆')}", None)
    fields = fields_of(misread(lines, "¥1057.31", "¥1058.31"))
    assert fields.total == Decimal("1058.31")
    assert fields.status is FieldsStatus.DOUBTFUL
    assert fields.confidences[Field.TOTAL] < ENOUGH
    assert "amount, tax, total: 1000.00 + 57.31 is 1057.31, but the total was read as 1058.31" in fields.findings


@pytest.mark.parametrize(
    ("name", "written", "words"),
    [
        (Field.TOTAL, "¥1130.00", "total: no figures found; 1130.00 stands there in capitals"),
        (Field.TAX, "¥130.00", "tax: not found; 130.00 is total 1130.00 - amount 1000.00"),
    ],
)
def test_a_missing_sum_follows_from_the_others(name: Field, written: str, words: str) -> None:
    fields = fields_of(misread(form(said_of()), written, None))
    assert (fields.amount, fields.tax, fields.total) == (Decimal("1000.00"), Decimal("130.00"), Decimal("1130.00"))
    assert fields.origins[name] is Origin.COMPUTED
    assert fields.findings == (words,)


def test_a_receipt_without_figures_takes_the_capitals() -> None:
    lines = [
        Line(text, 0.9, ((x, y), (x + 20 * len(text), y), (x + 20 * len(text), y + 20), (x, y + 20)))
        for x, y, text in ((200.0, 0.0, "收款收据"), (0.0, 60.0, "人民币（大写）"), (180.0, 60.0, "叁佰贰拾元整"))
    ]
    fields = fields_of(lines)
    assert (fields.total, fields.origins[Field.TOTAL]) == (Decimal("320.00"), Origin.COMPUTED)
    assert fields.findings == ("total: no figures found; 320.00 stands there in capitals",)


def test_capitals_that_differ_are_said() -> None:
    said = said_of("1000.00", "57.31")
    written = f"⊗{capitals(said.total, '圆')}"
    fields = fields_of(misread(form(said), written, "⊗壹仟零捌圆整"))
    assert "total: 1057.31 in figures, but the capitals were read as 1008.00" in fields.findings
    assert fields.confidences[Field.TOTAL] < fields_of(form(said)).confidences[Field.TOTAL]


def test_capitals_with_a_character_that_looks_alike_are_understood() -> None:
    said = said_of("1700.00", "70.00")
    fields = fields_of(misread(form(said), "⊗壹仟柒佰柒拾圆整", "8壹仟染佰染抬园整"))
    assert fields.findings == ()
    assert fields.total == Decimal("1770.00")


def test_a_tax_id_misread_in_one_character_is_repaired_by_its_two_checks() -> None:
    said = said_of()
    right = "91110108MA03A2B493"
    said = replace(said, buyer_tax_id=_with_checks(right))
    assert said.buyer_tax_id is not None
    wrong = said.buyer_tax_id[:11] + "8" + said.buyer_tax_id[12:]
    fields = fields_of(misread(form(said), said.buyer_tax_id, wrong))
    assert fields.buyer_tax_id == said.buyer_tax_id
    assert fields.origins[Field.BUYER_TAX_ID] is Origin.REPAIRED
    assert fields.findings == (f"buyer_tax_id: read as {wrong}; the check characters fit {said.buyer_tax_id}",)


def _with_checks(tax_id: str) -> str:
    from headrace.documents.standards.tax_id import body_check_character, check_character

    first = tax_id[:16] + body_check_character(tax_id[8:16])
    return first + check_character(first)


def test_letters_that_the_standard_leaves_out_are_the_digits_they_look_like() -> None:
    said = said_of()
    assert said.buyer_tax_id is not None
    fields = fields_of(misread(form(said), said.buyer_tax_id, said.buyer_tax_id.replace("1", "I").replace("0", "O")))
    assert fields.buyer_tax_id == said.buyer_tax_id
    assert fields.findings == ()


def test_a_tax_id_that_cannot_be_repaired_is_doubted() -> None:
    said = said_of()
    assert said.seller_tax_id is not None
    wrong = said.seller_tax_id[:10] + "WWW" + said.seller_tax_id[13:]
    fields = fields_of(misread(form(said), said.seller_tax_id, wrong))
    assert fields.seller_tax_id == wrong
    assert fields.status is FieldsStatus.DOUBTFUL
    assert fields.findings == (f"seller_tax_id: the check character of {wrong} does not fit (GB 32100)",)


def test_an_old_tax_id_is_accepted_and_said() -> None:
    fields = fields_of(form(replace(said_of(), buyer_tax_id="110108123456789")))
    assert fields.buyer_tax_id == "110108123456789"
    assert fields.status is FieldsStatus.OK
    assert fields.findings == ("buyer_tax_id: 110108123456789 has 15 characters, the older form without a check",)


def test_a_date_in_the_future_is_doubted() -> None:
    fields = fields_of(form(replace(said_of(), issue_date=date(2026, 1, 3))))
    assert (fields.issue_date, fields.status) == (date(2026, 1, 3), FieldsStatus.DOUBTFUL)
    assert fields.findings == ("issue_date: 2026-01-03 lies in the future",)


def test_a_number_of_another_length_is_doubted() -> None:
    said, _ = electronic_invoice(random.Random(1))  # noqa: S311
    lines = classic(replace(said, invoice_number="1234567"), "浙江增值税电子普通发票", electronic=True)
    fields = fields_of(lines)
    assert "invoice_number: 1234567 has 7 characters instead of 8 digits" in fields.findings
    assert fields.status is FieldsStatus.DOUBTFUL


def test_a_digital_number_of_another_year_is_doubted() -> None:
    said, _ = digital_invoice(random.Random(1))  # noqa: S311
    year = (said.issue_date.year + 1) % 100
    fields = fields_of(
        digital(replace(said, invoice_number=f"{year}{said.invoice_number[2:]}"), "电子发票（普通发票）")
    )
    assert fields.status is FieldsStatus.DOUBTFUL
    assert fields.findings[0].startswith("invoice_number, issue_date: the number begins with")


def test_one_party_on_both_sides_is_doubted() -> None:
    said = said_of()
    fields = fields_of(form(replace(said, seller=said.buyer)))
    assert f"buyer, seller: {said.buyer} on both sides" in fields.findings
    assert fields.status is FieldsStatus.DOUBTFUL


def test_a_missing_field_is_said_and_leaves_no_confidence() -> None:
    said = said_of()
    lines = [line for line in form(said) if "2" not in line.text or "年" not in line.text]
    fields = fields_of(lines)
    assert fields.issue_date is None
    assert (fields.confidence, fields.status) == (0.0, FieldsStatus.DOUBTFUL)
    assert "issue_date: not found" in fields.findings


@given(st.decimals("0.10", "9999999.99", places=2), st.sampled_from(["0.13", "0.09", "0.06", "0.03", "0.01"]))
def test_any_sums_that_add_up_are_read_without_findings(amount: Decimal, rate: str) -> None:
    tax = (amount * Decimal(rate)).quantize(CENT)
    fields = fields_of(form(said_of(str(amount), str(tax))))
    assert (fields.amount, fields.tax, fields.total) == (amount, tax, amount + tax)
    assert fields.findings == ()


@pytest.mark.parametrize("kind", FORMS)
def test_a_reader_that_is_less_sure_makes_every_field_less_sure(kind: str) -> None:
    _, lines = FORMS[kind](random.Random(3))  # noqa: S311
    sure, unsure = fields_of(lines), fields_of([replace(line, confidence=0.5) for line in lines])
    assert all(unsure.confidences[name] < sure.confidences[name] for name in sure.confidences)
    assert unsure.status is FieldsStatus.DOUBTFUL


def test_a_tax_above_the_highest_rate_is_the_amount() -> None:
    lines = [
        replace(line, text={"¥1000.00": "¥130.00", "¥130.00": "¥1000.00"}.get(line.text, line.text))
        for line in form(said_of())
    ]
    fields = fields_of(lines)
    assert (fields.amount, fields.tax, fields.total) == (Decimal("1000.00"), Decimal("130.00"), Decimal("1130.00"))
    assert fields.origins[Field.AMOUNT] is fields.origins[Field.TAX] is Origin.REPAIRED
    assert fields.findings[0] == "amount: tax 1000.00 would be more than 17% of amount 130.00: the two are exchanged"


def test_a_sum_too_large_for_a_tax_is_the_amount_also_alone() -> None:
    lines = misread(form(said_of()), "¥1000.00", None)
    fields = fields_of(misread(lines, "¥130.00", "¥1000.00"))
    assert (fields.amount, fields.tax, fields.total) == (Decimal("1000.00"), Decimal("130.00"), Decimal("1130.00"))
    assert (fields.origins[Field.AMOUNT], fields.origins[Field.TAX]) == (Origin.REPAIRED, Origin.COMPUTED)
