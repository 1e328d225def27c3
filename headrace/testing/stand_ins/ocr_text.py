"""`ocr_text` and `ocr_detail` of images whose content is given (given_image.py): `text`, or a `status` alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyflink.table.udf import ScalarFunction, udf

from headrace.testing.stand_ins.given_image import VERSION, given
from udf import ocr_text as real

if TYPE_CHECKING:
    import pandas as pd

CONFIDENCE = 0.99
DETAIL = real.ocr_detail._result_type


class OcrTextGiven(ScalarFunction):  # type: ignore[misc]  # PyFlink has no types
    """STRING to STRING."""

    def eval(self, image: pd.Series[str]) -> pd.Series[str]:
        """The given text; NULL for NULL and for an image that cannot be used."""
        import pandas as pd

        return pd.Series([_detail(given(each)).get("text") for each in image], dtype=object)


class OcrDetailGiven(ScalarFunction):  # type: ignore[misc]  # PyFlink has no types
    """STRING to ROW, as the real function."""

    def eval(self, image: pd.Series[str]) -> pd.DataFrame:
        """The given text and status; NULL gives a row of NULLs."""
        import pandas as pd

        rows = [_detail(given(each)) for each in image]
        return pd.DataFrame(rows, columns=DETAIL.field_names(), dtype=object)


def _detail(said: dict[str, Any] | None) -> dict[str, Any]:
    if said is None:
        return {}
    if "status" in said:
        return {"text": "" if said["status"] == "no_text" else None, "status": said["status"], "model_version": VERSION}
    text = said["text"]
    lines = len(text.splitlines())
    return {"text": text, "confidence": CONFIDENCE, "lines": lines, "status": "ok", "model_version": VERSION}


ocr_text = udf(OcrTextGiven(), result_type=real.ocr_text._result_type, func_type="pandas")
ocr_detail = udf(OcrDetailGiven(), result_type=DETAIL, func_type="pandas")
