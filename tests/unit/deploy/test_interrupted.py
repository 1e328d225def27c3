"""What an interrupted deployment leaves is cleaned up by the next one."""

from __future__ import annotations

import pytest

from headrace.deploy.interrupted import clean_up
from headrace.deploy.plan import Action
from headrace.settings import Settings
from tests.unit.deploy.deployed import COMMENTS, Deployed, compiled_job, deployment

JOB = compiled_job()


@pytest.fixture
def deployed(own_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Deployed:
    """A JobManager on which a job that is canceled is gone."""
    found = Deployed(own_settings)
    monkeypatch.setattr(
        found.rest, "cancel", lambda job_id: found.jobs.remove(next(job for job in found.jobs if job["jid"] == job_id))
    )
    return found


@pytest.mark.parametrize("outcome", ["starting", "failed"])
def test_what_it_started_is_canceled_and_what_it_stopped_goes_on(deployed: Deployed, outcome: str) -> None:
    former = deployed.records.save(deployment(JOB, outcome="stopped", savepoint="file:/savepoint"), COMMENTS)
    deployed.records.save(deployment(JOB, number=2, outcome=outcome, job_id="b"), COMMENTS)
    deployed.has_job("comments", "b")
    plan = deployed.plan(JOB)
    assert [one.number for one in plan.interrupted] == [2]
    assert not plan.is_empty()
    assert plan.strangers == ()
    [job] = plan.jobs
    assert (job.action, job.state, job.stranger) == (Action.RESUMED, "file:/savepoint", None)

    said: list[str] = []
    clean_up(deployed.records, deployed.rest, said.append)
    assert deployed.jobs == []
    assert [one.outcome for one in deployed.records.history("comments")] == ["stopped", "failed"]
    assert deployed.records.current("comments") == former
    assert said == ["job comments: deployment 2 had been interrupted; what it started is canceled"]
    assert deployed.plan(JOB).interrupted == ()


def test_nothing_is_interrupted_while_the_current_deployment_runs(deployed: Deployed) -> None:
    deployed.records.save(deployment(JOB, outcome="replaced", job_id="a"), COMMENTS)
    deployed.records.save(deployment(JOB, number=2, outcome="failed", job_id="b"), COMMENTS)
    deployed.records.save(deployment(JOB, number=3, job_id="c"), COMMENTS)
    deployed.has_job("comments", "c")
    assert deployed.plan(JOB).is_empty()
    clean_up(deployed.records, deployed.rest, lambda _: None)
    assert [job["jid"] for job in deployed.jobs] == ["c"]


def test_a_savepoint_that_never_came_on_record_is_found(deployed: Deployed) -> None:
    """Killed between the end of the job and the note of it; Flink drops the checkpoints of a job that it stops."""
    job_id = "a1b2c3d4e5f6"
    deployed.records.save(deployment(JOB, job_id=job_id, started_from="file:/before"), COMMENTS)
    deployed.has_job("comments", job_id, "FINISHED")
    for name, is_whole in (("savepoint-a1b2c3-1", True), ("savepoint-a1b2c3-2", False), ("savepoint-ffffff-3", True)):
        folder = deployed.settings.stack / "savepoints" / name
        folder.mkdir(parents=True)
        if is_whole:
            (folder / "_metadata").touch()
    [job] = deployed.plan(JOB).jobs
    assert (job.action, str(job.state).rpartition("/")[2]) == (Action.RESUMED, "savepoint-a1b2c3-1")
    assert "interrupted" in str(job.drift)
