"""The record of what was deployed."""

from __future__ import annotations

from pathlib import Path

import pytest

from headrace.deploy.deployments import DeployedJob, Deployments
from headrace.settings import Settings

JOB = DeployedJob(name="comments", job_id="a" * 32, fingerprint="1")


@pytest.fixture
def deployments(own_settings: Settings) -> Deployments:
    return Deployments(own_settings)


def test_nothing_is_deployed_at_first(deployments: Deployments) -> None:
    assert deployments.jobs() == {}
    assert deployments.catalog_objects() == []


def test_what_is_saved_is_there_for_the_next_command(deployments: Deployments, own_settings: Settings) -> None:
    stopped = DeployedJob(name="invoices", job_id="b" * 32, fingerprint="2", savepoint="file:/savepoints/一")
    deployments.save(JOB)
    deployments.save(stopped)
    deployments.save_plan("comments", "{}")
    deployments.save_catalog_objects(["table comments", "view scored_comments"])
    again = Deployments(own_settings)
    assert again.jobs() == {"comments": JOB, "invoices": stopped}
    assert again.catalog_objects() == ["table comments", "view scored_comments"]
    assert again.plan_file("comments").read_text() == "{}\n"


def test_a_forgotten_job_is_gone_with_its_plan(deployments: Deployments) -> None:
    deployments.save(JOB)
    deployments.save_plan("comments", "{}")
    deployments.forget("comments")
    deployments.forget("comments")
    assert deployments.jobs() == {}
    assert not deployments.plan_file("comments").exists()


@pytest.mark.parametrize("broken", ["write_text", "replace"])
def test_an_interrupted_write_leaves_the_former_record(
    deployments: Deployments, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    deployments.save(JOB)

    def interrupted(path: Path, *arguments: object, **_: object) -> None:
        if broken == "write_text":
            with path.open("w") as out:
                out.write(str(arguments[0])[:5])
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, broken, interrupted)
        with pytest.raises(KeyboardInterrupt):
            deployments.save(JOB.model_copy(update={"fingerprint": "2"}))
    assert deployments.jobs() == {"comments": JOB}
