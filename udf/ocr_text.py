"""What an image says: `ocr_text(image)` and `ocr_detail(image)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyflink.table import DataTypes
from pyflink.table.udf import udf

from udf.image_function import ImageFunction

if TYPE_CHECKING:
    import pandas as pd

    from headrace.documents.ocr.image_reader import ImageReading

# Flink's client imports this module to read the signatures below, for each query anew: what only workers need (pandas,
# Paddle, OpenCV) is imported where it is used.

READ = ("ok", "no_text")
"""The statuses of images that were read, the second without finding text."""


class OcrText(ImageFunction):
    """BYTES or STRING to STRING: the text of an image."""

    signature = "ocr_text(image BYTES | STRING)"

    def eval(self, *columns: pd.Series[bytes]) -> pd.Series[str]:
        """Read a column; NULL where an image is NULL or cannot be used."""
        import pandas as pd

        return pd.Series([_text(reading) for reading in self.read(columns)], dtype=object)


class OcrDetail(ImageFunction):
    """BYTES or STRING to ROW: text, confidence, number of lines, status of an image and version of the model."""

    signature = "ocr_detail(image BYTES | STRING)"

    def eval(self, *columns: pd.Series[bytes]) -> pd.DataFrame:
        """Read a column; NULL gives a row of NULLs."""
        import pandas as pd

        rows = [_detail(reading) for reading in self.read(columns)]
        names = ["text", "confidence", "lines", "status", "model_version"]
        # object: pandas would make floats of whole numbers beside NULL.
        return pd.DataFrame(rows, columns=names, dtype=object)


def _text(reading: ImageReading | None) -> str | None:
    if reading is None or reading.status not in READ:
        return None
    return "\n".join(line.text for line in reading.lines)


def _detail(reading: ImageReading | None) -> tuple[object, ...]:
    if reading is None:
        return (None,) * 5
    if reading.status not in READ:
        return None, 0.0, 0, reading.status, reading.model_version
    lines = reading.lines
    characters = sum(len(line.text) for line in lines)
    # By characters: a page number says as little of a page's quality as it says of its content.
    confidence = sum(line.confidence * len(line.text) for line in lines) / characters if characters else 0.0
    return _text(reading), confidence, len(lines), reading.status, reading.model_version


ocr_text = udf(OcrText(), result_type=DataTypes.STRING(), func_type="pandas")

ocr_detail = udf(
    OcrDetail(),
    result_type=DataTypes.ROW(
        [
            DataTypes.FIELD("text", DataTypes.STRING()),
            DataTypes.FIELD("confidence", DataTypes.DOUBLE()),
            DataTypes.FIELD("lines", DataTypes.INT()),
            DataTypes.FIELD("status", DataTypes.STRING()),
            DataTypes.FIELD("model_version", DataTypes.STRING()),
        ]
    ),
    func_type="pandas",
)
