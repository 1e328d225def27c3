"""Lets broken UTF-8 reach a pandas function as U+FFFD instead of ending the job.

Flink does not check the bytes of a STRING, and pyarrow refuses to turn broken ones into Python strings. The exception
rises in PyFlink before any function is called: the job fails, starts again at the same record, and fails for ever.
PyFlink has no setting for it, so `install` puts a function in front of the one that converts a batch.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]  # has no types
from pyflink.table.utils import arrow_to_pandas


def install() -> None:
    """Repair the strings of each batch that this worker process reads from now on; calling it again does nothing."""
    from pyflink.fn_execution import coders  # takes a second, and only workers need it

    # The coders' implementation (compiled, or plain Python where it is not) looks the function up at each batch.
    coders.coder_impl.arrow_to_pandas = _arrow_to_pandas_with_repair


def repair_strings(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The same batch; in columns of strings each byte sequence that is not UTF-8 is U+FFFD (`errors="replace"`)."""
    return pa.RecordBatch.from_arrays([_repair(column) for column in batch.columns], schema=batch.schema)


def _repair(column: pa.Array) -> pa.Array:
    if not pa.types.is_string(column.type):
        return column
    values = column.cast(pa.binary()).to_pylist()
    return pa.array(
        [None if value is None else value.decode("utf-8", errors="replace") for value in values], pa.string()
    )


def _arrow_to_pandas_with_repair(timezone: Any, field_types: Any, batches: list[pa.RecordBatch]) -> Any:
    try:
        return arrow_to_pandas(timezone, field_types, batches)
    except (pa.ArrowException, UnicodeDecodeError):
        # Rare, so good batches pay nothing. What is not about strings raises again here.
        return arrow_to_pandas(timezone, field_types, [repair_strings(batch) for batch in batches])
