"""The SQL functions of images, outside of Flink and in a small cluster of its own."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from PIL import Image
from py4j.protocol import Py4JJavaError
from pyflink.fn_execution.metrics.process.metric_impl import GenericMetricGroup
from pyflink.table import DataTypes, EnvironmentSettings, TableEnvironment
from pyflink.table.udf import FunctionContext

from headrace.rendering.layout import layout_named
from headrace.rendering.render import render
from headrace.rendering.truth import InvoiceFields
from udf.image_function import ImageFunction
from udf.invoice_fields import InvoiceFieldsFunction
from udf.ocr_lines import OcrLines
from udf.ocr_text import OcrDetail, OcrText

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).resolve().parents[3]
CONTEXT = FunctionContext(GenericMetricGroup(None, None), {})


def opened(function: ImageFunction) -> ImageFunction:
    function.open(CONTEXT)
    return function


@pytest.fixture(scope="module")
def ticket() -> tuple[bytes, InvoiceFields]:
    """A train ticket as a file, and its fields."""
    document = render(layout_named("railway_e_ticket"), 3)
    stream = io.BytesIO()
    Image.fromarray(document.pages[0].pixels).save(stream, format="JPEG", quality=90)
    assert document.truth.invoice is not None
    return stream.getvalue(), document.truth.invoice


@pytest.fixture(scope="module")
def images(ticket: tuple[bytes, InvoiceFields]) -> pd.Series[bytes]:
    return pd.Series([ticket[0], None, b"", b"hello"], dtype=object)


def test_ocr_text(images: pd.Series[bytes], ticket: tuple[bytes, InvoiceFields]) -> None:
    texts = opened(OcrText()).eval(images).tolist()
    assert str(ticket[1].invoice_number) in texts[0]
    assert texts[1:] == [None] * 3


def test_ocr_detail(images: pd.Series[bytes]) -> None:
    rows = opened(OcrDetail()).eval(images)
    assert rows["status"].tolist() == ["ok", None, "empty", "not_an_image"]
    assert rows["model_version"].tolist() == ["1", None, "1", "1"]
    assert rows["confidence"][0] > 0.9
    assert rows["lines"].tolist()[0] == rows["text"][0].count("\n") + 1
    assert rows["lines"].isna().tolist() == [False, True, False, False]


def test_ocr_lines(images: pd.Series[bytes]) -> None:
    function = opened(OcrLines())
    lines = function.eval(images[0])
    assert [line[0] for line in lines] == opened(OcrText()).eval(images)[0].split("\n")
    assert all(len(line[2]) == 8 and line[3] == 1 for line in lines)
    assert function.eval(None) is function.eval(b"") is None


def test_invoice_fields(images: pd.Series[bytes], ticket: tuple[bytes, InvoiceFields]) -> None:
    rows = opened(InvoiceFieldsFunction()).eval(images)
    assert rows["status"].tolist()[::2] == ["ok", "empty"]
    assert rows["model_version"].tolist()[::2] == ["1", "1"]
    assert rows.loc[1].isna().all()
    assert (rows["invoice_number"][0], rows["total"][0]) == (ticket[1].invoice_number, ticket[1].total)


def test_a_wrong_call_says_how_to_write_it(images: pd.Series[bytes]) -> None:
    function = opened(OcrText())
    with pytest.raises(TypeError, match=r"ocr_text\(image BYTES \| STRING\): got 2 arguments"):
        function.eval(images, images)
    with pytest.raises(TypeError, match="image is a literal"):
        function.eval("file:///a.jpg")
    with pytest.raises(TypeError, match="image is 7, a int"):
        function.eval(pd.Series([7]))


def test_reading_the_signatures_loads_nothing_heavy() -> None:
    code = (
        "import sys, udf.ocr_text, udf.ocr_lines, udf.invoice_fields;"
        "print([m for m in ('paddle', 'paddlex', 'cv2', 'pandas', 'apache_beam') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.fixture(scope="module")
def flink(images: pd.Series[bytes]) -> Iterator[TableEnvironment]:
    """A table environment with the functions and a table of images, its workers in this Python environment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([str(PROJECT), os.environ.get("PYTHONPATH", "")]))
        environment = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
        settings = {
            "python.executable": sys.executable,
            "python.client.executable": sys.executable,
            "parallelism.default": "1",
        }
        for key, value in settings.items():
            environment.get_config().set(key, value)
        for name in ("ocr_text", "ocr_detail", "ocr_lines", "invoice_fields"):
            environment.execute_sql((PROJECT / "catalog" / "functions" / f"{name}.sql").read_text())
        rows = [(number, None if image is None else bytearray(image)) for number, image in enumerate(images)]
        row_type = DataTypes.ROW([DataTypes.FIELD("id", DataTypes.INT()), DataTypes.FIELD("image", DataTypes.BYTES())])
        environment.create_temporary_view("images", environment.from_elements(rows, row_type))
        yield environment


def rows_of(environment: TableEnvironment, query: str) -> list[tuple[object, ...]]:
    """The result of a query."""
    with environment.execute_sql(query).collect() as rows:
        return [tuple(row) for row in rows]


def test_sql_of_bytes(flink: TableEnvironment, ticket: tuple[bytes, InvoiceFields]) -> None:
    query = """
        SELECT id, d.status, f.status, f.total, f.issue_date, f.findings, ocr_text IS NULL
        FROM (SELECT id, ocr_detail(image) AS d, invoice_fields(image) AS f, ocr_text(image) AS ocr_text FROM images)
    """
    good, null, empty, other = rows_of(flink, query)
    assert good[:3] == (0, "ok", "ok")
    assert good[3:5] == (ticket[1].total, ticket[1].issue_date)
    assert isinstance(good[3], Decimal)
    assert isinstance(good[4], date)
    assert null == (1, None, None, None, None, None, True)
    assert empty[:3] == (2, "empty", "empty")
    assert other[:3] == (3, "not_an_image", "not_an_image")


def test_sql_of_lines(flink: TableEnvironment, ticket: tuple[bytes, InvoiceFields]) -> None:
    query = """
        SELECT line.text, line.box, line.page FROM images
        CROSS JOIN UNNEST(ocr_lines(image)) AS line(text, confidence, box, page)
    """
    rows = rows_of(flink, query)
    assert any(str(ticket[1].invoice_number) in str(text) for text, _, _ in rows)
    assert all(len(box) == 8 and page == 1 for _, box, page in rows)  # type: ignore[arg-type]


def test_sql_of_a_uri(flink: TableEnvironment, ticket: tuple[bytes, InvoiceFields], tmp_path: Path) -> None:
    uri = "data:image/jpeg;base64," + base64.b64encode(ticket[0]).decode()
    (tmp_path / "images.txt").write_text(f"{uri}\nhello\n")
    flink.execute_sql(
        "CREATE TEMPORARY TABLE uris (image STRING) "
        f"WITH ('connector' = 'filesystem', 'path' = '{tmp_path.as_uri()}', 'format' = 'raw')"
    )
    rows = rows_of(flink, "SELECT f.status, f.total FROM (SELECT invoice_fields(image) AS f FROM uris)")
    assert rows == [("ok", ticket[1].total), ("bad_uri", None)]


def test_sql_of_a_wrong_call(flink: TableEnvironment) -> None:
    with pytest.raises(Py4JJavaError) as raised:
        rows_of(flink, "SELECT ocr_text(id) FROM images")
    assert "ocr_text(image BYTES | STRING): image is 0, a int. Give BYTES" in str(raised.value)
