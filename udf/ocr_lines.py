"""The lines of an image: `ocr_lines(image)`."""

from __future__ import annotations

from typing import Any

from pyflink.table import DataTypes, Row
from pyflink.table.udf import udf

from udf.image_function import ImageFunction, checked_image


class OcrLines(ImageFunction):
    """BYTES or STRING to ARRAY<ROW>: text, confidence, box and page of each line.

    Row by row: Arrow's way to pandas functions has no arrays of rows. Beside `ocr_text(image)` or
    `invoice_fields(image)` in one process the image is read once all the same.
    """

    signature = "ocr_lines(image BYTES | STRING)"

    def eval(self, image: Any) -> list[Row] | None:
        """The lines in reading order; NULL where the image is NULL or cannot be used."""
        reading = self.reader.read([checked_image(self.signature, image)])[0]
        if reading is None or reading.status not in ("ok", "no_text"):
            return None
        return [
            Row(line.text, line.confidence, [number for point in line.box for number in point], page)
            for page, lines in enumerate(reading.pages, start=1)
            for line in lines
        ]


ocr_lines = udf(
    OcrLines(),
    result_type=DataTypes.ARRAY(
        DataTypes.ROW(
            [
                DataTypes.FIELD("text", DataTypes.STRING()),
                DataTypes.FIELD("confidence", DataTypes.DOUBLE()),
                DataTypes.FIELD("box", DataTypes.ARRAY(DataTypes.DOUBLE())),
                DataTypes.FIELD("page", DataTypes.INT()),
            ]
        )
    ),
)
