"""What an interrupted deployment leaves is cleaned up by the next one."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from headrace.deploy.target import Target
from headrace.settings import Settings
from tests.unit.deploy.deployed import COMMENTS, compiled_job, deployment


def test_a_job_that_an_interrupted_deployment_started_is_canceled(
    own_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = SimpleNamespace(flink_rest_url="http://job-manager", sql_gateway_url="http://gateway")
    said: list[str] = []
    target = Target(SimpleNamespace(settings=own_settings, addresses=addresses), said.append)  # type: ignore[arg-type]
    canceled: list[str] = []
    monkeypatch.setattr(target.runner, "cancel", canceled.append)
    job = compiled_job()
    former = target.records.save(deployment(job, outcome="stopped", savepoint="file:/savepoint"), COMMENTS)
    target.records.save(deployment(job, number=2, outcome="starting", job_id="b"), COMMENTS)
    target.cancel_interrupted()
    assert canceled == ["b"]
    assert [one.outcome for one in target.records.history("comments")] == ["stopped", "failed"]
    assert target.records.current("comments") == former
    assert "deployment 2 had been interrupted" in said[0]
    target.cancel_interrupted()
    assert canceled == ["b"]
