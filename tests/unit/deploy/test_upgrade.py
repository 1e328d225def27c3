"""All of a deployment takes effect, or nothing: against a cluster that does as it is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from headrace.deploy.catalog_objects import CatalogSnapshot
from headrace.deploy.kept_state import KeptState
from headrace.deploy.records import Deployment, Records, SqlStatement, StoredObject
from headrace.deploy.runner import Start
from headrace.deploy.upgrade import KEPT_SAVEPOINTS, Upgrade
from headrace.errors import DeployError
from headrace.settings import Settings
from tests.unit.deploy.deployed import COMMENTS, compiled_job, deployment

JOB, OTHER = compiled_job("comments"), compiled_job("holidays")


class Cluster:
    """Stands in for Flink: notes what is asked of it; jobs and steps in `fails` fail."""

    def __init__(self, records: Records) -> None:
        self.notes: list[str] = []
        self.fails: set[str] = set()
        self.runs: dict[str, str] = {}
        self.records = records

    def submit(
        self, name: str, job_id: str, plan: Path, session: Sequence[str], settings: Sequence[SqlStatement], start: Start
    ) -> None:
        self._note(f"submit {name} {plan.name} {start.state}")
        # Whoever comes after a deployment that was killed here finds its job by the record.
        assert job_id in {one.job_id for one in self.records.history(name)}
        self.runs[job_id] = name

    def await_running(self, job_id: str) -> float:
        self._note(f"run {self.runs[job_id]}")
        return 0.0

    def await_checkpoint(self, job_id: str) -> None:
        self._note(f"checkpoint {self.runs[job_id]}")

    def stop(self, job_id: str) -> str | None:
        self._note(f"stop {job_id}")
        return None if f"savepoint {job_id}" in self.fails else f"file:/savepoint-{job_id}"

    def cancel(self, job_id: str) -> None:
        if job_id in self.runs:
            self._note(f"cancel {self.runs.pop(job_id)}")

    def _note(self, step: str) -> None:
        self.notes.append(step)
        for failing in self.fails:
            if step.startswith(failing):
                self.fails.discard(failing)
                raise DeployError(f"{step}: it fails")


@pytest.fixture
def records(own_settings: Settings) -> Records:
    return Records(own_settings)


@pytest.fixture
def cluster(records: Records) -> Cluster:
    return Cluster(records)


@pytest.fixture
def upgrade(cluster: Cluster, records: Records, own_settings: Settings) -> Upgrade:
    return Upgrade(records, cluster, KeptState.of(own_settings), [], lambda _: None)  # type: ignore[arg-type]


@pytest.fixture
def running(records: Records) -> Deployment:
    return records.save(deployment(JOB), COMMENTS)


def change(upgrade: Upgrade, running: Deployment) -> None:
    stopped = upgrade.stop(running)
    upgrade.start(deployment(JOB, number=2, job_id=None), COMMENTS, Start(stopped.savepoint), "resumed")


def test_a_change_replaces_the_deployment_before(
    upgrade: Upgrade, cluster: Cluster, records: Records, running: Deployment
) -> None:
    change(upgrade, running)
    upgrade.complete()
    assert cluster.notes == [
        "stop a",
        "submit comments 0002.plan.json file:/savepoint-a",
        "run comments",
        "checkpoint comments",
    ]
    first, second = records.history("comments")
    assert (first.outcome, first.savepoint) == ("replaced", "file:/savepoint-a")
    assert (second.outcome, second.started_from) == ("running", "file:/savepoint-a")
    assert list(cluster.runs) == [second.job_id]
    assert second.downtime_seconds is not None


@pytest.mark.parametrize(("step", "is_submitted"), [("submit", False), ("run", True), ("checkpoint", True)])
def test_what_ran_before_runs_again(
    upgrade: Upgrade, cluster: Cluster, records: Records, running: Deployment, step: str, is_submitted: bool
) -> None:
    cluster.fails = {f"{step} comments"}
    with pytest.raises(DeployError):
        change(upgrade, running)
    cluster.notes.clear()
    assert "comments" in upgrade.take_back("it fails")
    again = ["submit comments 0001.plan.json file:/savepoint-a", "run comments"]
    assert cluster.notes == (["cancel comments", *again] if is_submitted else again)
    first, second = records.history("comments")
    assert (first.outcome, first.savepoint, first.started_from) == ("running", None, "file:/savepoint-a")
    assert (second.outcome, second.reason) == ("failed", "it fails")
    assert records.current("comments") == first


def test_jobs_that_had_succeeded_are_taken_back_too(
    upgrade: Upgrade, cluster: Cluster, records: Records, running: Deployment
) -> None:
    other = records.save(deployment(OTHER, job_id="b"), COMMENTS)
    change(upgrade, running)
    cluster.fails = {"run holidays"}
    stopped = upgrade.stop(other)
    with pytest.raises(DeployError):
        upgrade.start(deployment(OTHER, number=2), COMMENTS, Start(stopped.savepoint), "resumed")
    upgrade.take_back("it fails")
    assert {name: one.number for name, one in records.all_current().items()} == {"comments": 1, "holidays": 1}
    assert [one.outcome for one in records.all_current().values()] == ["running", "running"]


def test_where_the_former_job_does_not_start_either_its_state_is_named(
    upgrade: Upgrade, cluster: Cluster, records: Records, running: Deployment
) -> None:
    cluster.fails = {"run comments"}
    with pytest.raises(DeployError):
        change(upgrade, running)
    cluster.fails = {"submit comments"}
    said = upgrade.take_back("it fails")
    assert "Its state is file:/savepoint-a" in said
    current = records.current("comments")
    assert current is not None
    assert (current.number, current.outcome, current.savepoint) == (1, "stopped", "file:/savepoint-a")


def test_a_job_that_is_failing_leaves_its_last_checkpoint(
    upgrade: Upgrade, cluster: Cluster, running: Deployment, own_settings: Settings
) -> None:
    cluster.fails = {"savepoint a"}
    checkpoint = own_settings.stack / "checkpoints" / "a" / "chk-4"
    checkpoint.mkdir(parents=True)
    (checkpoint / "_metadata").touch()
    assert upgrade.stop(running).savepoint == checkpoint.as_uri()


def test_the_catalog_is_put_back_file_by_file(upgrade: Upgrade, records: Records, own_settings: Settings) -> None:
    created = StoredObject(content={}, statement=SqlStatement(file="created.sql", text="CREATE …"))
    catalog = own_settings.stack / "catalog"
    tables = catalog / "default" / "tables"
    tables.mkdir(parents=True)
    for name in ("kept", "changed", "dropped"):
        (tables / f"{name}.json").write_text(name)

    def spoil() -> None:
        (tables / "changed.json").write_text("other")
        (tables / "dropped.json").unlink()
        (tables / "created.json").write_text("created")
        raise DeployError("refused midway")

    with pytest.raises(DeployError):
        upgrade.change_catalog(CatalogSnapshot(catalog), {"table created": created}, spoil)
    assert records.catalog() == {"table created": created}
    assert upgrade.take_back("refused midway") == "Every job runs on as before."
    assert records.catalog() == {}
    assert {file.name: file.read_text() for file in tables.iterdir()} == {
        f"{name}.json": name for name in ("kept", "changed", "dropped")
    }


def test_a_failure_says_why_and_what_runs(
    upgrade: Upgrade, cluster: Cluster, records: Records, running: Deployment
) -> None:
    cluster.fails = {"checkpoint comments"}
    said = "it fails\nThe deployment is taken back. What ran before runs again"
    with pytest.raises(DeployError, match=said), upgrade.or_taken_back("deployment"):
        change(upgrade, running)
    assert records.history("comments")[1].reason == "checkpoint comments: it fails"


def test_an_interruption_is_taken_back_too(
    upgrade: Upgrade, cluster: Cluster, records: Records, running: Deployment
) -> None:
    def interrupted() -> None:
        with upgrade.or_taken_back("deployment"):
            change(upgrade, running)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert cluster.notes[-1] == "run comments"
    assert [one.outcome for one in records.history("comments")] == ["running", "failed"]
    assert records.history("comments")[1].reason == "interrupted"


def test_a_lost_job_that_does_not_resume_stays_as_it_was(
    upgrade: Upgrade, cluster: Cluster, records: Records, running: Deployment
) -> None:
    cluster.fails = {"run comments"}
    with pytest.raises(DeployError):
        upgrade.resume(running, Start("file:/chk"), "resumed")
    upgrade.take_back("it fails")
    assert cluster.notes[-1] == "cancel comments"
    assert records.history("comments") == [running]


def test_a_job_that_is_only_stopped_is_removed(upgrade: Upgrade, records: Records, running: Deployment) -> None:
    upgrade.stop(running)
    upgrade.complete()
    [removed] = records.history("comments")
    assert (removed.outcome, removed.savepoint) == ("removed", "file:/savepoint-a")


def test_savepoints_of_old_deployments_are_removed(upgrade: Upgrade, records: Records, own_settings: Settings) -> None:
    elsewhere = own_settings.home / "elsewhere"
    for number in range(1, KEPT_SAVEPOINTS + 2):
        folder = elsewhere if number == 1 else own_settings.stack / "savepoints" / f"savepoint-{number}"
        folder.mkdir(parents=True)
        records.save(deployment(JOB, number=number, outcome="replaced", savepoint=folder.as_uri()), COMMENTS)
    upgrade.start(deployment(JOB, number=KEPT_SAVEPOINTS + 2), COMMENTS, Start(), "anew")
    upgrade.complete()
    left = {folder.name for folder in (own_settings.stack / "savepoints").iterdir()}
    assert left == {f"savepoint-{number}" for number in range(3, KEPT_SAVEPOINTS + 2)}
    assert elsewhere.exists()
    assert [one.savepoint for one in records.history("comments")[:2]] == [elsewhere.as_uri(), None]
