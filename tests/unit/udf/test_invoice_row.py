"""The row of invoice_fields on PyFlink's own way to Arrow and back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from pyflink.table import DataTypes
from pyflink.table.types import to_arrow_type
from pyflink.table.utils import pandas_to_arrow

from headrace.documents.fields.candidate import Field
from headrace.documents.fields.invoice_fields import FieldsStatus, InvoiceFields
from headrace.documents.fields.kind import Kind
from udf.invoice_row import INVOICE_ROW, invoice_frame

FIELDS = InvoiceFields(
    status=FieldsStatus.DOUBTFUL,
    kind=Kind.ELECTRONIC_VAT_INVOICE,
    invoice_code="011001900111",
    issue_date=date(2024, 3, 5),
    total=Decimal("1130.00"),
    amount=Decimal("-0.5"),
    confidences={Field.INVOICE_CODE: 0.9, Field.TOTAL: 0.5},
    confidence=0.0,
    findings=("invoice_number: not found",),
)


def through_arrow(results: list[InvoiceFields | str | None]) -> list[dict[str, object]]:
    schema = pa.schema([pa.field("row", to_arrow_type(INVOICE_ROW))])
    batch = pandas_to_arrow(schema, None, [INVOICE_ROW], [invoice_frame(results, "3")])
    return [row["row"] for row in batch.to_pylist()]


def test_values_pass_as_they_are() -> None:
    [row] = through_arrow([FIELDS])
    assert row["invoice_code"] == "011001900111"
    assert row["issue_date"] == date(2024, 3, 5)
    assert row["total"] == Decimal("1130.00")
    assert row["amount"] == Decimal("-0.50")
    assert row["kind"] == "electronic_vat_invoice"
    assert row["findings"] == ["invoice_number: not found"]
    assert (row["status"], row["confidence"], row["model_version"]) == ("doubtful", 0.0, "3")


def test_what_was_not_found_is_null_and_so_is_its_confidence() -> None:
    [row] = through_arrow([FIELDS])
    assert (row["tax"], row["tax_confidence"], row["seller"]) == (None, None, None)
    assert row["total_confidence"] == 0.5


def test_an_image_that_cannot_be_read_has_a_status_alone_and_null_gives_nulls() -> None:
    unusable, null = through_arrow(["too_large", None])
    assert {name for name, value in unusable.items() if value is not None} == {"status", "model_version"}
    assert unusable["status"] == "too_large"
    assert set(null.values()) == {None}


def test_no_rows_pass() -> None:
    assert through_arrow([]) == []


def test_pyflink_refuses_a_row_in_a_row() -> None:
    """The reason for columns `<field>_confidence`: when this fails, they may become a ROW of their own."""
    nested = DataTypes.ROW([DataTypes.FIELD("confidences", DataTypes.ROW([DataTypes.FIELD("x", DataTypes.DOUBLE())]))])
    with pytest.raises(TypeError, match="not supported to be used as the field type of RowType"):
        to_arrow_type(nested)
