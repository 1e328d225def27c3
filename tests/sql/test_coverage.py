"""Coverage finds what no case reaches, line by line."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from headrace.project import Project, read_project
from headrace.settings import settings
from headrace.testing.case import Case, CaseSettings
from headrace.testing.coverage.measure import Coverage, JobCoverage
from headrace.testing.coverage.report import coverage_to_json, print_coverage
from headrace.testing.job import TestJob

FILES = {
    "catalog/session.sql": "USE CATALOG headrace;",
    "catalog/sources/clicks.sql": """CREATE TABLE clicks (
    id STRING, kind STRING, n INT, ts BIGINT,
    event_time AS COALESCE(TO_TIMESTAMP_LTZ(ts, 3),
        TO_TIMESTAMP_LTZ(0, 3)),
    WATERMARK FOR event_time AS event_time - INTERVAL '1' SECOND
) WITH ('connector' = 'kafka', 'topic' = 'clicks', 'properties.bootstrap.servers' = '${kafka}', 'format' = 'json');""",
    "catalog/sources/names.sql": """CREATE TABLE names (id STRING, name STRING)
WITH ('connector' = 'kafka', 'topic' = 'names', 'properties.bootstrap.servers' = '${kafka}', 'format' = 'json');""",
    "catalog/features/counts.sql": """CREATE TABLE counts (
    id STRING, n BIGINT, big BIGINT, PRIMARY KEY (id) NOT ENFORCED
) WITH ('connector' = 'redis', 'url' = '${redis.url}');""",
    "catalog/features/named.sql": """CREATE TABLE named (
    id STRING, name STRING, what STRING, PRIMARY KEY (id) NOT ENFORCED
) WITH ('connector' = 'redis', 'url' = '${redis.url}');""",
    "catalog/views/kinds.sql": """CREATE VIEW kinds AS
SELECT id, n, event_time,
    CASE kind
        WHEN 'a' THEN 'first'
        WHEN 'b' THEN CASE WHEN n > 5 THEN 'much' -- unreached: nobody clicks that often
            ELSE 'few' END
        ELSE 'other'
    END AS kind
FROM clicks
WHERE n > 0
    AND (id <> 'robot' OR n < 3);""",
    "sql/clicks/counts.sql": """INSERT INTO counts
SELECT id, COUNT(*), SUM(CASE WHEN n > 3 THEN n ELSE 0 END)
FROM TUMBLE(TABLE kinds, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)
WHERE kind <> 'other'
GROUP BY id, window_start, window_end
HAVING COUNT(*) > 1
ON CONFLICT DO DEDUPLICATE;""",
    "sql/clicks/named.sql": """INSERT INTO named
SELECT clicks.id, COALESCE(names.name, 'nobody'), UPPER(clicks.kind)
FROM (SELECT id, kind FROM clicks) AS clicks
LEFT JOIN names
    ON names.id = clicks.id
ON CONFLICT DO DEDUPLICATE;""",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def project(root: Path) -> Project:
    return read_project(root)


@pytest.fixture(scope="module")
def job(project: Project, tmp_path_factory: pytest.TempPathFactory) -> TestJob:
    return TestJob(settings(), project, "clicks", tmp_path_factory.mktemp("clicks"))


def click(name: str, kind: str, n: int, second: int | None) -> str:
    return json.dumps({"id": name, "kind": kind, "n": n, "ts": None if second is None else second * 1000})


def case(clicks: list[str], names: list[str]) -> Case:
    return Case("clicks", Path("case"), CaseSettings(description="clicks"), {"clicks": clicks, "names": names}, {})


ONE = [click("u1", "a", 1, 10)]
ALL = [
    *(click("u1", "a", 1, 10), click("u1", "b", 4, 11), click("robot", "b", 1, 12), click("robot", "b", 9, 12)),
    *(click("u2", "c", 2, 13), click("u3", "a", 0, 14), click("u3", "a", 1, None), click("u3", "a", 2, 70)),
]
ONE_UNREACHED = {
    ("catalog/sources/clicks.sql", 4, "COALESCE: TO_TIMESTAMP_LTZ(0, 3): never used"),
    ("catalog/views/kinds.sql", 5, "WHEN 'b': never taken"),
    ("catalog/views/kinds.sql", 5, "WHEN n > 5: never taken"),
    ("catalog/views/kinds.sql", 6, "ELSE 'few': never taken"),
    ("catalog/views/kinds.sql", 7, "ELSE 'other': never taken"),
    ("catalog/views/kinds.sql", 10, "WHERE: never leaves a row out"),
    ("catalog/views/kinds.sql", 10, "n > 0: always true"),
    ("catalog/views/kinds.sql", 11, "id <> 'robot': always true"),
    ("catalog/views/kinds.sql", 11, "n < 3: always true"),
    ("sql/clicks/counts.sql", 2, "WHEN n > 3: never taken"),
    ("sql/clicks/counts.sql", 3, "window: never closes before the input ends"),
    ("sql/clicks/counts.sql", 4, "kind <> 'other': always true"),
    ("sql/clicks/counts.sql", 6, "COUNT(*) > 1: never true"),
    ("sql/clicks/named.sql", 2, "COALESCE: names.name: never used"),
    ("sql/clicks/named.sql", 4, "JOIN names: never matches"),
}


UNDERLINED = """sql/clicks/named.sql:4:11: JOIN names: never matches
     4 │ LEFT JOIN names
       │           ^^^^^
"""


def unreached(coverage: Coverage) -> set[tuple[str, int, str]]:
    return {(file, line, what) for (file, line, _, what), point in coverage.points.items() if not point.reached}


def test_each_gap_is_told_with_its_line_and_closed_by_another_case(project: Project, root: Path, job: TestJob) -> None:
    coverage = Coverage()
    measured = JobCoverage(project, root, job, coverage)
    assert coverage.unanswered == {}
    measured.measure(case(ONE, []))
    assert unreached(coverage) == ONE_UNREACHED
    assert coverage.percent < 100
    out = io.StringIO()
    print_coverage(Console(file=out, width=160), coverage, root)
    assert UNDERLINED in out.getvalue()
    measured.measure(case(ALL, [json.dumps({"id": "u1", "name": "Anna"})]))
    [left] = [point for point in coverage.points.values() if not point.reached]
    assert left.unreached == "WHEN n > 5: never taken"
    assert left.explanation == "nobody clicks that often"
    assert not left.is_gap
    assert coverage.percent == 100
    told = coverage_to_json(coverage)
    assert told["reached"] == told["points"] - 1
    assert [(each["file"], each["explanation"]) for each in told["unreached"]] == [
        ("catalog/views/kinds.sql", "nobody clicks that often")
    ]
