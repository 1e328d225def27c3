"""Deployments: idempotent, checked before anything changes, one pass over the model."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from headrace.deploy.flink_rest import FlinkRest, Job
from headrace.settings import PROJECT
from headrace.stack.stack import Stack

Headrace = Callable[..., subprocess.CompletedProcess[str]]

OWN_JOBS = sorted(folder.name for folder in (PROJECT / "sql").iterdir())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the SQL files, to be spoilt."""
    for folder in ("catalog", "sql"):
        shutil.copytree(PROJECT / folder, tmp_path / folder)
    return tmp_path


def jobs(stack: Stack) -> list[Job]:
    return FlinkRest(stack.addresses.flink_rest_url).jobs()


def test_second_deployment_changes_nothing(deployed: Stack, headrace: Headrace) -> None:
    before = [job.id for job in jobs(deployed)]
    result = headrace("deploy")
    assert result.returncode == 0, result.stderr
    assert "nothing to change" in result.stdout
    assert [job.id for job in jobs(deployed)] == before


def test_job_passes_over_the_model_once(deployed: Stack) -> None:
    rest = FlinkRest(deployed.addresses.flink_rest_url)
    [job] = [job for job in rest.jobs() if job.name == "comments"]
    operators = " ".join(vertex["name"] for vertex in rest.job(job.id)["vertices"])
    assert operators.count("PythonCalc") == 1
    for table in (
        "comment_sentiment",
        "item_sentiment",
        "user_emotion",
        "user_session_emotion",
        "comments_dead_letters",
    ):
        assert f"{table}[" in operators


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "reason"),
    [
        ("sql/comments/item_sentiment.sql", "AVG(score)", "AVG(scor)", 8, "Column 'scor' not found in any table"),
        (
            "sql/comments/user_emotion.sql",
            "FROM scored_comments",
            "FROM scored_comment",
            13,
            "'scored_comment' not found",
        ),
        (
            "catalog/sources/comments.sql",
            "payload         STRING",
            "comment STRING",
            6,
            "does not expect 'comment' here",
        ),
        ("catalog/features/user_emotion.sql", "volatility DOUBLE", "volatility STRING", None, "do not match"),
    ],
)
def test_mistake_stops_the_deployment(
    deployed: Stack, headrace: Headrace, project: Path, file: str, old: str, new: str, line: int | None, reason: str
) -> None:
    text = (project / file).read_text()
    assert old in text
    (project / file).write_text(text.replace(old, new, 1))
    before = jobs(deployed)
    result = headrace("deploy", "--project", str(project))
    assert result.returncode == 1
    if line:
        assert f"error: {file}:{line}: Flink refuses it: " in result.stderr
    assert reason in result.stderr
    after = jobs(deployed)
    assert [(job.id, job.state) for job in after] == [(job.id, "RUNNING") for job in before]


def test_new_feature_and_table_are_deployed_and_removed(deployed: Stack, headrace: Headrace, project: Path) -> None:
    (project / "catalog/features/item_comments.sql").write_text(
        "CREATE TABLE item_comments (item_id STRING, comments BIGINT, PRIMARY KEY (item_id) NOT ENFORCED)\n"
        "WITH ('connector' = 'blackhole');\n"
    )
    (project / "sql/items").mkdir()
    (project / "sql/items/item_comments.sql").write_text(
        "INSERT INTO item_comments SELECT item_id, COUNT(*) FROM parsed_comments WHERE item_id IS NOT NULL\n"
        "GROUP BY item_id;\n"
    )
    before = [job.id for job in jobs(deployed)]
    added = headrace("deploy", "--project", str(project))
    assert added.returncode == 0, added.stderr
    assert "table item_comments created" in added.stdout
    assert sorted(job.name for job in jobs(deployed)) == sorted([*OWN_JOBS, "items"])
    removed = headrace("deploy")
    assert removed.returncode == 0, removed.stderr
    assert "table item_comments dropped" in removed.stdout
    assert [job.id for job in jobs(deployed)] == before


def test_undeployed_job_goes_on_where_it_stopped(deployed: Stack, headrace: Headrace) -> None:
    stopped = headrace("undeploy")
    assert stopped.returncode == 0, stopped.stderr
    assert "stopped with savepoint" in stopped.stdout
    assert jobs(deployed) == []
    again = headrace("deploy")
    assert again.returncode == 0, again.stderr
    assert "resumed from" in again.stdout
    assert sorted(job.name for job in jobs(deployed)) == OWN_JOBS
