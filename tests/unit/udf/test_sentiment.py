"""The SQL functions `sentiment` and `sentiment_detail`, outside of Flink and in a small cluster of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from py4j.protocol import Py4JJavaError
from pyflink.fn_execution.metrics.process.metric_impl import GenericMetricGroup
from pyflink.table import EnvironmentSettings, TableEnvironment
from pyflink.table.udf import FunctionContext

from udf.sentiment import Sentiment, SentimentDetail

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).resolve().parents[3]
TEXTS = pd.Series(["太差了，再也不买了", None, "", "非常好，很满意", "请问几点开始？"], dtype=object)


CONTEXT = FunctionContext(GenericMetricGroup(None, None), {})


def test_sentiment() -> None:
    function = Sentiment()
    function.open(CONTEXT)
    scores = function.eval(TEXTS)
    assert scores.dtype == "float64"
    assert scores[0] < 0.1
    assert scores.isna().tolist() == [False, True, False, False, False]
    assert scores[2] == 0.5
    assert scores[3] > 0.9
    assert 0.4 < scores[4] < 0.6


def test_sentiment_detail() -> None:
    function = SentimentDetail()
    function.open(CONTEXT)
    rows = function.eval(TEXTS)
    assert list(rows.columns) == ["label", "score", "confidence", "model_version", "status"]
    assert rows["label"].tolist() == ["negative", None, "neutral", "positive", "neutral"]
    assert rows["status"].tolist() == ["ok", None, "empty", "ok", "ok"]
    assert rows["model_version"].tolist() == ["3", None, "3", "3", "3"]
    assert rows["score"].isna().tolist() == rows["confidence"].isna().tolist() == [False, True, False, False, False]


def test_reading_the_signatures_loads_nothing_heavy() -> None:
    code = "import sys, udf.sentiment; print([m for m in ('paddle', 'pandas', 'apache_beam') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.fixture(scope="module")
def flink() -> Iterator[TableEnvironment]:
    """A table environment with the functions, its workers in this Python environment."""
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
        for name in ("sentiment", "sentiment_detail"):
            environment.execute_sql((PROJECT / "catalog" / "functions" / f"{name}.sql").read_text())
        yield environment


def rows_of(environment: TableEnvironment, query: str) -> list[tuple[object, ...]]:
    """The result of a query."""
    with environment.execute_sql(query).collect() as rows:
        return [tuple(row) for row in rows]


def test_sql(flink: TableEnvironment) -> None:
    [(score,)] = rows_of(flink, "SELECT sentiment(c) FROM (VALUES ('太差了，再也不买了')) AS t(c)")
    assert isinstance(score, float)
    assert 0 < score < 0.1


def test_sql_with_broken_bytes(flink: TableEnvironment, tmp_path: Path) -> None:
    """A STRING straight from a topic or file may hold any bytes; the job has to live on."""
    (tmp_path / "comments.txt").write_bytes("非常好，很满意\n".encode() + b"\xe5\xa4\xaa\xb7\xee\n\xff\xfe\nNULL\n")
    flink.execute_sql(
        "CREATE TEMPORARY TABLE payloads (payload STRING) "
        f"WITH ('connector' = 'filesystem', 'path' = '{tmp_path.as_uri()}', 'format' = 'raw')"
    )
    rows = rows_of(
        flink,
        "SELECT d.label, d.score, d.confidence, d.model_version, d.status FROM "
        "(SELECT sentiment_detail(NULLIF(payload, 'NULL')) AS d FROM payloads)",
    )
    assert rows[0][0] == "positive"
    assert rows[1:3] == [("neutral", 0.5, 0.0, "3", "undecodable")] * 2
    assert rows[3] == (None,) * 5


@pytest.fixture(scope="module")
def comments(flink: TableEnvironment, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A table with a text, a user and a number."""
    folder = tmp_path_factory.mktemp("comments")
    (folder / "comments.csv").write_text("太差了，再也不买了,u1,7\n非常好，很满意,,8\n")
    flink.execute_sql(
        "CREATE TEMPORARY TABLE comments (c STRING, u STRING, n INT) "
        f"WITH ('connector' = 'filesystem', 'path' = '{folder.as_uri()}', 'format' = 'csv')"
    )
    return "comments"


def test_sql_with_a_key(flink: TableEnvironment, comments: str) -> None:
    calls = "sentiment(c), sentiment(c, u), sentiment(c, 'one key'), sentiment(c, CAST(n AS STRING))"
    low, high = rows_of(flink, f"SELECT {calls} FROM {comments}")  # noqa: S608  (what stands above)
    assert [score < 0.1 for score in low] == [True] * 4
    assert [score > 0.9 for score in high] == [True] * 4


def test_sql_of_a_wrong_call(flink: TableEnvironment, comments: str) -> None:
    with pytest.raises(Py4JJavaError) as raised:
        rows_of(flink, f"SELECT sentiment(c, n) FROM {comments}")  # noqa: S608  (what stands above)
    message = "sentiment(text STRING [, key STRING]): key is 7, a int. Write CAST(key AS STRING)."
    assert message in str(raised.value)


def test_a_worker_without_the_model_says_what_to_do(tmp_path: Path) -> None:
    code = (
        "from pyflink.table.udf import FunctionContext; from udf.sentiment import Sentiment;"
        "from pyflink.fn_execution.metrics.process.metric_impl import GenericMetricGroup;"
        "Sentiment().open(FunctionContext(GenericMetricGroup(None, None), {}))"
    )
    environment = os.environ | {"HEADRACE_MODELS": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, env=environment, capture_output=True, text=True)
    assert run.returncode != 0
    assert f"ModelNotFoundError: {tmp_path}: has no model 'sentiment'. Set HEADRACE_MODELS" in run.stderr
