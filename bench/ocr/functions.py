"""`invoice_fields` as the measured pipeline calls it: it writes down when each call ended."""

from __future__ import annotations

import struct
import time
from pathlib import Path
from typing import Any

from pyflink.table.udf import FunctionContext, udf

from udf.invoice_fields import InvoiceFieldsFunction
from udf.invoice_row import INVOICE_ROW

TIMES = "headrace.bench.times"
"""Job parameter: path of the file of CALL records."""

CALL = struct.Struct("<qdd")
"""Images of a call, its end by `time.perf_counter`, and the processor's seconds that the worker had taken by then."""


class TimedInvoiceFields(InvoiceFieldsFunction):
    """The function `invoice_fields` of the catalog."""

    def open(self, function_context: FunctionContext) -> None:
        """Load the model."""
        super().open(function_context)
        self._calls = Path(function_context.get_job_parameter(TIMES, ""))

    def eval(self, *columns: Any) -> Any:
        """Read a column."""
        result = super().eval(*columns)
        with self._calls.open("ab") as calls:
            calls.write(CALL.pack(len(result), time.perf_counter(), time.process_time()))
        return result


invoice_fields = udf(TimedInvoiceFields(), result_type=INVOICE_ROW, func_type="pandas")
