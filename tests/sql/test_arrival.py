"""Several sources: which message comes first is the case's to say, and so is the time."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from headrace.project import read_project
from headrace.settings import settings
from headrace.testing.case import Case, CaseSettings, Row, read_case, write_lines
from headrace.testing.job import TestJob
from headrace.testing.problems import CaseError

SOURCE = """CREATE TABLE {name} (
    id STRING,
    ts BIGINT,
    kafka_time TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
    place BIGINT METADATA FROM 'offset' VIRTUAL,
    event_time AS TO_TIMESTAMP_LTZ(ts, 3),
    WATERMARK FOR event_time AS event_time
) WITH ('connector' = 'kafka', 'topic' = '{name}', 'properties.bootstrap.servers' = '${{kafka}}', 'format' = 'json',
    'json.ignore-parse-errors' = 'true');"""
FILES = {
    "catalog/session.sql": "USE CATALOG headrace;",
    "catalog/sources/clicks.sql": SOURCE.format(name="clicks"),
    "catalog/sources/pages.sql": SOURCE.format(name="pages"),
    "catalog/features/first_seen.sql": """CREATE TABLE first_seen (
        id STRING, source STRING, seen TIMESTAMP_LTZ(3), today DATE, noted TIMESTAMP(3), place BIGINT,
        PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'redis', 'url' = '${redis.url}');""",
    "catalog/features/closed.sql": """CREATE TABLE closed (
        id STRING, n BIGINT, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'redis', 'url' = '${redis.url}');""",
    "sql/visits/first_seen.sql": """INSERT INTO first_seen
        SELECT id, source, kafka_time, CURRENT_DATE, LOCALTIMESTAMP, place FROM (
            SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY seen_at) AS nth FROM (
                SELECT id, 'clicks' AS source, kafka_time, place, PROCTIME() AS seen_at FROM clicks
                UNION ALL SELECT id, 'pages', kafka_time, place, PROCTIME() FROM pages))
        WHERE nth = 1 ON CONFLICT DO DEDUPLICATE;""",
    "sql/visits/closed.sql": """INSERT INTO closed
        SELECT id, COUNT(*) FROM (
            SELECT clicks.id, COALESCE(clicks.event_time <= CURRENT_WATERMARK(clicks.event_time), FALSE) AS late
            FROM clicks)
        WHERE late GROUP BY id;""",
}


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> TestJob:
    root = tmp_path_factory.mktemp("project")
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return TestJob(settings(), read_project(root), "visits", tmp_path_factory.mktemp("visits"))


def case(folder: Path, inputs: dict[str, list[str]], arrival: list[dict[str, object]] | None = None) -> Case:
    lines = None if arrival is None else [json.dumps(entry) for entry in arrival]
    return Case("visits", folder, CaseSettings(description="visits", scores={}), inputs, {}, lines)


def sources(rows: list[Row]) -> dict[str, str]:
    return {row["id"]: row["source"] for row in rows}


def message(name: str, ts: int = 0) -> str:
    return json.dumps({"id": name, "ts": ts})


@pytest.mark.parametrize("order", [["clicks", "pages", "pages", "clicks"], ["pages", "clicks", "clicks", "pages"]])
def test_messages_come_in_the_given_order(job: TestJob, tmp_path: Path, order: list[str]) -> None:
    inputs = {"clicks": [message("a"), message("b")], "pages": [message("a"), message("b")]}
    rows = job.run(case(tmp_path, inputs, [{"source": source} for source in order]))["first_seen"]
    assert sources(rows) == {"a": order[0], "b": order[2]}


def test_without_an_order_sources_come_one_after_the_other(job: TestJob, tmp_path: Path) -> None:
    inputs = {"pages": [message("a"), message("b")], "clicks": [message("a")]}
    assert sources(job.run(case(tmp_path, inputs))["first_seen"]) == {"a": "clicks", "b": "pages"}


def test_time_offset_and_encoding_are_those_of_the_arrival(job: TestJob, tmp_path: Path) -> None:
    encoded = base64.b64encode(message("b").encode()).decode()
    arrival: list[dict[str, object]] = [
        {"source": "clicks", "time": "2026-01-02T03:04:05.678Z", "offset": 41},
        {"source": "clicks"},
        {"source": "clicks", "encoding": "none"},
        {"source": "clicks", "encoding": "base64"},
    ]
    inputs = {"clicks": [message("a"), "no JSON", "", encoded]}
    rows = {row["id"]: row for row in job.run(case(tmp_path, inputs, arrival))["first_seen"]}
    assert (rows["a"]["seen"], rows["a"]["place"]) == ("2026-01-02T03:04:05.678Z", 41)
    assert (rows["b"]["seen"], rows["b"]["place"]) == ("2026-11-01T08:00:00Z", 44)


def test_time_functions_say_the_case_s_time(job: TestJob, tmp_path: Path) -> None:
    [row] = job.run(case(tmp_path, {"clicks": [message("a")]}))["first_seen"]
    assert (row["today"], row["noted"]) == ("2026-11-01", "2026-11-01T08:00:00")


def test_late_is_what_is_behind_the_source_s_own_watermark(job: TestJob, tmp_path: Path) -> None:
    inputs = {"clicks": [message("a", 1000), message("b", 999), message("c", 2000)]}
    assert job.run(case(tmp_path, inputs))["closed"] == [{"id": "b", "n": 1}]


@pytest.mark.parametrize(
    ("arrival", "says"),
    [
        ([{"source": "clicks"}], "1 messages of clicks arrive, and input/clicks.jsonl has 2"),
        ([{"source": "orders"}], "the job reads no messages of 'orders'. Its sources are clicks, pages"),
        ([{"time": "2026-01-02T03:04:05Z"}], "arrival.jsonl:1: it names no source"),
        ([{"sauce": "clicks"}], "arrival.jsonl:1:  there is no field sauce. Did you mean source"),
    ],
)
def test_an_arrival_that_does_not_fit_is_refused(
    job: TestJob, tmp_path: Path, arrival: list[dict[str, object]], says: str
) -> None:
    with pytest.raises(CaseError, match=says):
        job.run(case(tmp_path, {"clicks": [message("a"), message("b")]}, arrival))


def test_input_of_a_table_that_is_not_read_is_refused(job: TestJob, tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="the job visits does not read first_seen"):
        job.run(case(tmp_path, {"first_seen": []}))


def test_bytes_that_are_no_text_have_to_be_encoded(tmp_path: Path) -> None:
    write_lines(tmp_path / "visits" / "bad" / "expected" / "closed.jsonl", [])
    (tmp_path / "visits" / "bad" / "input").mkdir()
    (tmp_path / "visits" / "bad" / "input" / "clicks.jsonl").write_bytes(b"\xff\n")
    with pytest.raises(CaseError, match=r'byte 0 is not UTF-8(?s:.*)"encoding": "base64"'):
        read_case(tmp_path / "visits" / "bad")
