"""`invoice_fields` of images whose content is given (given_image.py): the fields by their names, or a status alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pyflink.table.udf import ScalarFunction, udf

from headrace.documents.fields.candidate import Field
from headrace.documents.fields.invoice_fields import FieldsStatus, InvoiceFields
from headrace.documents.fields.kind import Kind
from headrace.testing.stand_ins.given_image import VERSION, given
from udf.invoice_row import INVOICE_ROW, invoice_frame

if TYPE_CHECKING:
    import pandas as pd

CONFIDENCE = 0.99
_USABLE = {FieldsStatus.OK, FieldsStatus.DOUBTFUL}


class InvoiceFieldsGiven(ScalarFunction):  # type: ignore[misc]  # PyFlink has no types
    """STRING to INVOICE_ROW."""

    def eval(self, image: pd.Series[str]) -> pd.DataFrame:
        """The given fields; NULL gives a row of NULLs."""
        return invoice_frame([_fields(given(each)) for each in image], VERSION)


def _fields(said: dict[str, Any] | None) -> InvoiceFields | str | None:
    if said is None:
        return None
    status = said.pop("status", FieldsStatus.OK)
    if status not in _USABLE:
        return str(status)
    confidence = said.pop("confidence", CONFIDENCE)
    kind = Kind(said.pop("kind", "special_vat_invoice"))
    findings = tuple(said.pop("findings", ()))
    values = {Field(name): _value(Field(name), text) for name, text in said.items()}
    return InvoiceFields(
        status=FieldsStatus(status),
        kind=kind,
        confidences=dict.fromkeys(values, confidence),
        confidence=confidence,
        findings=findings,
        **{field.value: value for field, value in values.items()},
    )


def _value(field: Field, text: str) -> Any:
    if field is Field.ISSUE_DATE:
        return date.fromisoformat(text)
    return Decimal(text) if field in {Field.AMOUNT, Field.TAX, Field.TOTAL} else text


invoice_fields = udf(InvoiceFieldsGiven(), result_type=INVOICE_ROW, func_type="pandas")
