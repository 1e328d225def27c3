"""Broken UTF-8 in a batch becomes U+FFFD; everything else stays as it was."""

from __future__ import annotations

import pyarrow as pa  # type: ignore[import-untyped]  # has no types
import pytest
from pyflink.fn_execution import coders
from pyflink.table.types import DataTypes
from pyflink.table.utils import arrow_to_pandas

from udf import arrow_strings

BROKEN = pa.array([b"\xe5\xa5\xbd", None, b"a\xffb", b"\xe5\xa4"], pa.binary())
BATCH = pa.RecordBatch.from_arrays(
    [pa.StringArray.from_buffers(4, BROKEN.buffers()[1], BROKEN.buffers()[2], BROKEN.buffers()[0]), pa.array(range(4))],
    names=["text", "number"],
)
TYPES = [DataTypes.STRING(), DataTypes.BIGINT()]


def test_pyarrow_refuses_the_batch() -> None:
    """If this fails, pyarrow has changed, and udf/arrow_strings.py may not be needed any more."""
    with pytest.raises((pa.ArrowException, UnicodeDecodeError)):
        arrow_to_pandas("UTC", TYPES, [BATCH])


def test_repair() -> None:
    repaired = arrow_strings.repair_strings(BATCH)
    assert repaired.column(0).to_pylist() == ["好", None, "a\ufffdb", "\ufffd"]
    assert repaired.column(1).equals(BATCH.column(1))
    assert repaired.schema == BATCH.schema


def test_the_worker_reads_the_batch_after_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coders.coder_impl, "arrow_to_pandas", arrow_to_pandas)
    arrow_strings.install()
    arrow_strings.install()
    texts, numbers = coders.coder_impl.arrow_to_pandas("UTC", TYPES, [BATCH])
    assert texts.tolist() == ["好", None, "a\ufffdb", "\ufffd"]
    assert numbers.tolist() == [0, 1, 2, 3]
