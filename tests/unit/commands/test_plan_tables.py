"""How a plan looks."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from headrace.commands.plan_tables import plan_as_json, show_deployments, show_plan
from headrace.deploy.catalog_objects import CatalogObject
from headrace.deploy.plan import Plan
from headrace.settings import Settings
from tests.unit.deploy.deployed import COMMENTS, Deployed, compiled_job, deployment
from tests.unit.deploy.plans import plan_of

OLD = plan_of({"scores": {}, "users": {"size": "PT5M"}})
NEW = plan_of({"scores": {"size": "PT2M"}, "items": {}})


@pytest.fixture
def deployed(own_settings: Settings) -> Deployed:
    return Deployed(own_settings)


@pytest.fixture
def plan(deployed: Deployed) -> Plan:
    """A feature changed, one is gone, one is new; a job is lost; a query runs."""
    deployed.records.save(deployment(compiled_job(plan=OLD)), OLD)
    deployed.records.save(deployment(compiled_job("holidays"), job_id="lost"), COMMENTS)
    deployed.has_job("comments", "a")
    deployed.has_job("[query]", "q")
    deployed.has_object(CatalogObject("TABLE", "scores"), {"columns": []})
    wanted = {"columns": [{"name": "score", "type": "DOUBLE"}]}
    return deployed.plan(
        compiled_job(plan=NEW, sql="INSERT INTO scores SELECT [2]"),
        compiled_job("holidays"),
        objects={CatalogObject("TABLE", "scores"): wanted},
    )


def shown(plan: Plan) -> str:
    console = Console(width=200, record=True, file=StringIO())
    show_plan(console, plan)
    return console.export_text()


def test_a_plan_says_what_becomes_of_each_operator(plan: Plan) -> None:
    lines = [line.strip() for line in shown(plan).splitlines()]
    for expected in (
        "~ job comments: changed",
        "+INSERT INTO scores SELECT [2];",
        "keeps its state        all features: place in comments",
        "loses its state        scores: TUMBLE window of 1 min per item",
        "ends with its feature  users: TUMBLE window of 5 min per item",
        "begins empty           items: TUMBLE window of 1 min per item",
        "▶ job holidays: resumed",
        "drifted: deployed, but it does not run: Flink has lost it: its JobManager was started anew",
        "~ replace table scores",
        "scores: + score DOUBLE",
        "? job [query] (q) runs; no deployment started it: it is let be",
        "plan: comments would lose state: deploy needs --allow-state-loss or --replay-from",
    ):
        assert expected in lines, shown(plan)


def test_a_plan_as_json(plan: Plan) -> None:
    found = json.loads(json.dumps(plan_as_json(plan)))
    comments, holidays = found["jobs"]
    assert (comments["action"], comments["loses_state"]) == ("changed", True)
    assert {"features": ["scores"], "operator": "TUMBLE window of 1 min per item", "state": "loses its state"} in (
        comments["operators"]
    )
    assert (holidays["action"], holidays["operators"]) == ("resumed", [])
    assert found["replace"] == ["table scores"]
    assert found["readers"] == [{"table": "scores", "changes": ["+ score DOUBLE"]}]
    assert found["strangers"][0]["id"] == "q"


def test_nothing_to_change(deployed: Deployed) -> None:
    deployed.records.save(deployment(compiled_job()), COMMENTS)
    deployed.has_job("comments", "a")
    assert shown(deployed.plan(compiled_job())).splitlines() == ["= job comments: unchanged", "plan: nothing to change"]


def test_deployments_say_what_became_of_them() -> None:
    console = Console(width=200, record=True, file=StringIO())
    job = compiled_job()
    show_deployments(
        console,
        [
            deployment(job, outcome="replaced", commit="0123456789abcdef", dirty=True, downtime_seconds=6.1),
            deployment(job, number=2, outcome="failed", reason="For input string: 'x'\nmore"),
            deployment(job, number=3, rolled_back_to=1),
        ],
    )
    first, second, third = console.export_text().splitlines()[1:]
    assert all(text in first for text in ("ada", "01234567+", "replaced", "6.1 s"))
    assert "failed: For input string: 'x'" in second
    assert "running (deployment 1 again)" in third


def test_what_is_under_way_or_was_interrupted_comes_first(deployed: Deployed) -> None:
    deployed.records.save(deployment(compiled_job(), outcome="stopped", savepoint="file:/savepoint"), COMMENTS)
    deployed.records.save(deployment(compiled_job(), number=2, outcome="starting", job_id="b"), COMMENTS)
    plan = deployed.plan(compiled_job())
    assert shown(plan).splitlines()[:3] == [
        "! job comments: deployment 2 was interrupted; what it started is canceled first",
        "▶ job comments: resumed",
        "    goes on from file:/savepoint",
    ]
    assert plan_as_json(plan)["interrupted"] == [{"job": "comments", "deployment": 2}]
    others = replace(plan, under_way="a deployment of ada", interrupted=())
    assert shown(others).startswith("! a deployment of ada is under way: ")
