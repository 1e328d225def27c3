"""The row that `invoice_fields(image)` gives, as Flink's type and as columns of a pandas function's result.

PyFlink passes a pandas function's ROW result as an Arrow struct of plain columns: DECIMAL, DATE, ARRAY<STRING> too;
a ROW inside a ROW and an ARRAY of ROWs do not (`to_arrow_type` refuses them). So the confidences are no ROW of their
own: each field has a column `<field>_confidence` beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pyflink.table import DataTypes

from headrace.documents.fields.candidate import Field
from headrace.documents.fields.invoice_fields import InvoiceFields

if TYPE_CHECKING:
    import pandas as pd

_TYPES = {
    Field.ISSUE_DATE: DataTypes.DATE(),
    Field.AMOUNT: DataTypes.DECIMAL(18, 2),
    Field.TAX: DataTypes.DECIMAL(18, 2),
    Field.TOTAL: DataTypes.DECIMAL(18, 2),
}

INVOICE_ROW = DataTypes.ROW(
    [
        *(DataTypes.FIELD(name, _TYPES.get(name, DataTypes.STRING())) for name in Field),
        DataTypes.FIELD("kind", DataTypes.STRING()),
        *(DataTypes.FIELD(f"{name}_confidence", DataTypes.DOUBLE()) for name in Field),
        DataTypes.FIELD("confidence", DataTypes.DOUBLE()),
        DataTypes.FIELD("findings", DataTypes.ARRAY(DataTypes.STRING())),
        DataTypes.FIELD("status", DataTypes.STRING()),
        DataTypes.FIELD("model_version", DataTypes.STRING()),
    ]
)
"""The function's result type."""


def invoice_frame(results: Sequence[InvoiceFields | str | None], model_version: str) -> pd.DataFrame:
    """The columns of INVOICE_ROW, a row for each image.

    Args:
        results: of each image its fields; or a status, where the image could not be read at all; or None for NULL.
        model_version: of the model that read the lines.
    """
    import pandas as pd

    # object: pandas would make NaN of None, and floats of dates and decimals.
    return pd.DataFrame(
        [_row(result, model_version) for result in results], columns=INVOICE_ROW.field_names(), dtype=object
    )


def _row(result: InvoiceFields | str | None, model_version: str) -> dict[str, Any]:
    if result is None:
        return {}
    if isinstance(result, str):
        return {"status": str(result), "model_version": model_version}
    return {
        **{name.value: getattr(result, name) for name in Field},
        "kind": result.kind.value,
        **{f"{name}_confidence": confidence for name, confidence in result.confidences.items()},
        "confidence": result.confidence,
        "findings": list(result.findings),
        "status": result.status.value,
        "model_version": model_version,
    }
