"""What a deployment finds to do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from headrace.deploy.catalog_objects import CatalogObject
from headrace.deploy.plan import Action
from headrace.settings import Settings
from tests.unit.deploy.deployed import COMMENTS, Deployed, compiled_job, deployment
from tests.unit.deploy.plans import plan_of

TABLE, VIEW = CatalogObject("TABLE", "comments"), CatalogObject("VIEW", "scored")
JOB = compiled_job()


@pytest.fixture
def deployed(own_settings: Settings) -> Deployed:
    return Deployed(own_settings)


def test_at_first_all_is_new(deployed: Deployed) -> None:
    plan = deployed.plan(JOB, objects={TABLE: {"columns": []}, VIEW: {}})
    assert [(job.name, job.action) for job in plan.jobs] == [("comments", Action.NEW)]
    assert (plan.create, plan.replace, plan.drop) == ((TABLE, VIEW), (), ())
    assert plan.started() == ("comments",)
    assert not plan.is_empty()


def test_a_second_deployment_finds_nothing(deployed: Deployed) -> None:
    deployed.has_object(TABLE, {"columns": []})
    deployed.records.save(deployment(JOB), COMMENTS)
    deployed.has_job("comments", "a")
    plan = deployed.plan(JOB, objects={TABLE: {"columns": []}})
    assert plan.is_empty()
    assert [job.action for job in plan.jobs] == [Action.UNCHANGED]


def test_a_change_shows_its_sql_and_what_it_loses(deployed: Deployed) -> None:
    deployed.records.save(deployment(JOB), COMMENTS)
    deployed.has_job("comments", "a")
    changed = compiled_job(plan=plan_of({"scores": {"size": "PT2M"}}), sql="INSERT INTO scores SELECT 2")
    plan = deployed.plan(changed)
    [job] = plan.jobs
    assert job.action is Action.CHANGED
    assert "-INSERT INTO scores SELECT 1 FROM comments;\n+INSERT INTO scores SELECT 2;" in job.diff
    assert job.alignment
    assert [str(operator) for operator in job.alignment.loses] == ["scores: TUMBLE window of 1 min per item"]
    assert plan.losing() == [job]


def test_a_change_of_a_function_s_code_is_shown(deployed: Deployed) -> None:
    deployed.records.save(deployment(JOB, code={"udf/a.py": "one\n", "udf/b.py": "same\n"}), COMMENTS)
    deployed.has_job("comments", "a")
    code = {"udf/a.py": "two\n", "udf/b.py": "same\n", "udf/c.py": "new\n"}
    [job] = deployed.plan(replace(JOB, code=code, fingerprint="other")).jobs
    assert job.action is Action.CHANGED
    assert job.diff == "--- a/udf/a.py\n+++ b/udf/a.py\n@@ -1 +1 @@\n-one\n+two"
    assert not job.loses_state


def test_the_order_of_features_is_no_change(deployed: Deployed) -> None:
    features = {"a": {"size": "PT1M"}, "b": {"size": "PT5M"}}
    old = compiled_job(plan=plan_of(features))
    deployed.records.save(deployment(old), old.plan)
    deployed.has_job("comments", "a")
    assert deployed.plan(compiled_job(plan=plan_of(dict(reversed(features.items()))))).is_empty()


def test_objects_that_differ_are_replaced_and_those_of_others_stay(deployed: Deployed) -> None:
    deployed.has_object(TABLE, {"options": {"ttl": "7 d"}})
    deployed.has_object(VIEW, {}, recorded=False)
    plan = deployed.plan(objects={TABLE: {"options": {"ttl": "1 d"}}})
    assert (plan.create, plan.replace, plan.drop) == ((), (TABLE,), ())


def test_objects_of_an_earlier_deployment_are_dropped(deployed: Deployed) -> None:
    deployed.has_object(TABLE, {})
    assert deployed.plan().drop == (TABLE,)


def test_an_object_that_somebody_changed_has_drifted(deployed: Deployed) -> None:
    deployed.has_object(TABLE, {"options": {}})
    deployed.has_object(TABLE, {"options": {"ttl": "1 s"}}, recorded=False)
    plan = deployed.plan(objects={TABLE: {"options": {}}})
    assert plan.drifted_objects == plan.replace == (TABLE,)


@pytest.mark.parametrize(
    ("state", "drift"),
    [
        ("CANCELED", "somebody canceled it"),
        ("FAILED", "it is failed"),
        ("FINISHED", "stopped it with a savepoint"),
        (None, "its JobManager was started anew"),
    ],
)
def test_a_job_that_ended_by_itself_has_drifted_and_resumes(deployed: Deployed, state: str | None, drift: str) -> None:
    deployed.records.save(deployment(JOB), COMMENTS)
    if state:
        deployed.has_job("comments", "a", state)
    checkpoint = deployed.has_checkpoint("a", 3)
    [job] = deployed.plan(JOB).jobs
    assert (job.action, job.state) == (Action.RESUMED, checkpoint)
    assert drift in str(job.drift)


def test_a_job_that_was_stopped_has_not_drifted(deployed: Deployed) -> None:
    deployed.has_checkpoint("a", 3)
    deployed.records.save(deployment(JOB, outcome="stopped", savepoint="file:/savepoint"), COMMENTS)
    [job] = deployed.plan(JOB).jobs
    assert (job.action, job.drift, job.state) == (Action.RESUMED, None, "file:/savepoint")


@pytest.mark.parametrize(("whole", "resumed"), [([], "file:/earlier"), ([8, 9], "chk-9"), ([9, 10], "chk-10")])
def test_a_job_that_was_lost_resumes_from_its_last_whole_checkpoint(
    deployed: Deployed, whole: list[int], resumed: str
) -> None:
    for number in (8, 9, 10):
        deployed.has_checkpoint("a", number, number in whole)
    deployed.records.save(deployment(JOB, started_from="file:/earlier"), COMMENTS)
    [job] = deployed.plan(JOB).jobs
    assert str(job.state).endswith(resumed)


def test_a_job_that_comes_back_by_itself_is_left_alone(deployed: Deployed) -> None:
    deployed.records.save(deployment(JOB), COMMENTS)
    deployed.has_job("comments", "a", "RESTARTING")
    assert deployed.plan(JOB).is_empty()


def test_a_job_without_files_is_removed_and_forgotten_when_it_is(deployed: Deployed) -> None:
    deployed.records.save(deployment(JOB), COMMENTS)
    deployed.has_job("comments", "a")
    [job] = deployed.plan().jobs
    assert (job.action, job.runs) == (Action.REMOVED, True)
    deployed.records.save(deployment(JOB, outcome="removed"))
    assert deployed.plan().jobs == ()


def test_jobs_that_nobody_deployed_are_named(deployed: Deployed) -> None:
    deployed.has_job("an analyst's query", "q")
    deployed.has_job("comments", "s")
    plan = deployed.plan(JOB)
    assert [stranger.id for stranger in plan.strangers] == ["q", "s"]
    assert plan.jobs[0].stranger == "s"


def test_readers_are_told_of_columns(deployed: Deployed) -> None:
    def scores(*columns: tuple[str, str]) -> dict[str, object]:
        return {"columns": [{"name": name, "type": kind} for name, kind in columns]}

    table = CatalogObject("TABLE", "scores")
    deployed.has_object(table, scores(("item", "INT"), ("score", "FLOAT"), ("old", "INT")))
    plan = deployed.plan(JOB, objects={table: scores(("item", "INT"), ("score", "DOUBLE"), ("new", "INT"))})
    [change] = plan.readers
    assert (change.table, change.changes) == ("scores", ("- old INT", "+ new INT", "~ score FLOAT → DOUBLE"))
