"""The fields of an invoice, a ticket or a receipt: `invoice_fields(image)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyflink.table.udf import udf

from udf.image_function import ImageFunction
from udf.invoice_row import INVOICE_ROW, invoice_frame

if TYPE_CHECKING:
    import pandas as pd

    from headrace.documents.fields.invoice_fields import InvoiceFields
    from headrace.documents.ocr.image_reader import ImageReading


class InvoiceFieldsFunction(ImageFunction):
    """BYTES or STRING to INVOICE_ROW."""

    signature = "invoice_fields(image BYTES | STRING)"

    def eval(self, *columns: pd.Series[bytes]) -> pd.DataFrame:
        """Read a column; NULL gives a row of NULLs, an image that cannot be used its status."""
        readings = self.read(columns)
        versions = [None if reading is None else reading.model_version for reading in readings]
        frame = invoice_frame([_fields(reading) for reading in readings], self.reader.version)
        frame["model_version"] = versions
        return frame


def _fields(reading: ImageReading | None) -> InvoiceFields | str | None:
    """The fields on the first page that is an invoice; of other images what the first page is."""
    from headrace.documents.fields.invoice_fields import FieldsStatus
    from headrace.documents.fields.read import read_fields

    if reading is None:
        return None
    if not reading.pages:
        return reading.status
    found = [read_fields(page) for page in reading.pages]
    none = (FieldsStatus.NOT_AN_INVOICE, FieldsStatus.NO_TEXT)
    of_text = [fields for fields in found if fields.status is not FieldsStatus.NO_TEXT]
    return next((fields for fields in found if fields.status not in none), (of_text or found)[0])


invoice_fields = udf(InvoiceFieldsFunction(), result_type=INVOICE_ROW, func_type="pandas")
