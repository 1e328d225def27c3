"""No state is lost unasked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from headrace.deploy.catalog_objects import CatalogObject
from headrace.deploy.plan import Plan
from headrace.deploy.state_choice import REPLAY_OPTION, REPLAY_PLACEHOLDER, StateChoice, check_choice
from headrace.errors import DeployError
from headrace.settings import Settings
from tests.unit.deploy.deployed import COMMENTS, Deployed, compiled_job, compiled_project, deployment
from tests.unit.deploy.plans import plan_of

CHANGED = compiled_job(plan=plan_of({"scores": {"size": "PT2M"}}))
COMMENTS_TABLE = CatalogObject("TABLE", "comments")
REPLAY = StateChoice(replay_from=datetime(2026, 11, 21, 8, tzinfo=UTC))


@pytest.fixture
def plan(own_settings: Settings) -> Plan:
    """One in which a window loses its state."""
    deployed = Deployed(own_settings)
    deployed.records.save(deployment(compiled_job()), COMMENTS)
    deployed.has_job("comments", "a")
    return deployed.plan(CHANGED)


def test_lost_state_stops_a_deployment_and_is_named(plan: Plan) -> None:
    with pytest.raises(DeployError) as raised:
        check_choice(plan, StateChoice(), compiled_project(CHANGED))
    message = str(raised.value)
    assert message.startswith("sql/comments: this change cannot keep the state of\n  scores: TUMBLE window of 1 min")
    assert "Nothing was changed." in message
    assert "--allow-state-loss" in message
    assert "--replay-from" in message


def test_the_user_may_allow_it(plan: Plan) -> None:
    check_choice(plan, StateChoice(allow_loss=True), compiled_project(CHANGED))


@pytest.mark.parametrize(
    ("options", "can_replay"),
    [
        ({"connector": "kafka"}, False),
        ({"connector": "kafka", REPLAY_OPTION: "0"}, False),
        ({"connector": "kafka", REPLAY_OPTION: REPLAY_PLACEHOLDER}, True),
        ({"connector": "datagen"}, True),
    ],
)
def test_a_source_must_take_the_time_of_a_replay(plan: Plan, options: dict[str, str], can_replay: bool) -> None:
    project = compiled_project(CHANGED, objects={COMMENTS_TABLE: {"options": options}})
    if can_replay:
        check_choice(plan, REPLAY, project)
    else:
        with pytest.raises(DeployError, match=r"table comments: it cannot be read .* into its WITH clause"):
            check_choice(plan, REPLAY, project)


def test_a_job_of_the_same_name_stops_a_deployment(own_settings: Settings) -> None:
    deployed = Deployed(own_settings)
    deployed.has_job("comments", "stranger")
    with pytest.raises(DeployError, match=r"^job comments: one of that name runs already \(stranger\)"):
        check_choice(deployed.plan(CHANGED), StateChoice(), compiled_project(CHANGED))


def test_a_job_that_never_ran_has_nothing_to_lose(own_settings: Settings) -> None:
    check_choice(Deployed(own_settings).plan(CHANGED), StateChoice(), compiled_project(CHANGED))


def test_the_time_of_a_replay_in_milliseconds() -> None:
    assert REPLAY.replay_milliseconds() == 1_795_248_000_000
    assert StateChoice().replay_milliseconds() is None
