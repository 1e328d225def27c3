"""What a deployment finds to do, against a JobManager that answers from a list."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from headrace.deploy.deployments import DeployedJob, Deployments

from headrace.deploy.catalog_objects import CatalogObject
from headrace.deploy.compile import CompiledJob, CompiledProject
from headrace.deploy.compiled_plan import CompiledPlan
from headrace.deploy.deploy import Changes, Deployer
from headrace.errors import DeployError
from headrace.project import JobFiles, Project
from headrace.settings import Settings

TABLE, VIEW = CatalogObject("TABLE", "comments"), CatalogObject("VIEW", "scored comments")
PLAN = CompiledPlan('{"nodes": [], "edges": []}')


class Stack:
    """A home folder with a catalog and a record, and the jobs that its JobManager knows."""

    def __init__(self, own_settings: Settings) -> None:
        self.settings = own_settings
        self.addresses = SimpleNamespace(flink_rest_url="http://job-manager")
        self.deployments = Deployments(own_settings)
        self.jobs: list[dict[str, Any]] = []

    def has_object(self, key: CatalogObject, content: dict[str, Any]) -> None:
        folder = self.settings.stack / "catalog" / "default" / f"{key.kind.lower()}s"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{quote(key.name)}.json").write_text(json.dumps(content))

    def has_job(self, name: str, job_id: str, state: str = "RUNNING") -> None:
        self.jobs.append({"jid": job_id, "name": name, "state": state, "duration": 1000, "start-time": len(self.jobs)})

    def changes(self, compiled: CompiledProject) -> Changes:
        deployer = Deployer(self, lambda _: None)  # type: ignore[arg-type]  # what it needs of a stack
        transport = httpx.MockTransport(lambda request: httpx.Response(200, json=self._answer(request.url.path)))
        deployer._rest._http = httpx.Client(base_url=self.addresses.flink_rest_url, transport=transport)
        return deployer.changes(compiled)

    def _answer(self, path: str) -> dict[str, Any]:
        assert path == "/jobs/overview"
        return {"jobs": self.jobs}


@pytest.fixture
def stack(own_settings: Settings) -> Stack:
    return Stack(own_settings)


def job(name: str, fingerprint: str = "1") -> CompiledJob:
    return CompiledJob(JobFiles(name, (), ()), PLAN, fingerprint)


def compiled(*jobs: CompiledJob, objects: dict[CatalogObject, dict[str, Any]] | None = None) -> CompiledProject:
    return CompiledProject(Project((), (), ()), objects or {}, jobs)


def deployed(name: str, job_id: str, fingerprint: str = "1") -> DeployedJob:
    return DeployedJob(name=name, job_id=job_id, fingerprint=fingerprint)


def test_at_first_all_is_created_and_started(stack: Stack) -> None:
    comments = job("comments")
    changes = stack.changes(compiled(comments, objects={TABLE: {"a": 1}, VIEW: {}}))
    assert changes == Changes((TABLE, VIEW), (), (), (comments,), (), (), ())
    assert not changes.are_none()


def test_a_second_deployment_finds_nothing(stack: Stack) -> None:
    stack.has_object(TABLE, {"a": 1})
    stack.has_object(VIEW, {})
    stack.deployments.save(deployed("comments", "a"))
    stack.has_job("comments", "a")
    changes = stack.changes(compiled(job("comments"), objects={TABLE: {"a": 1}, VIEW: {}}))
    assert changes.are_none()
    assert changes.unchanged == ("comments",)


def test_objects_that_differ_are_replaced(stack: Stack) -> None:
    stack.has_object(TABLE, {"options": {"ttl": "7 d"}})
    stack.has_object(VIEW, {})
    changes = stack.changes(compiled(objects={TABLE: {"options": {"ttl": "1 d"}}, VIEW: {}}))
    assert (changes.create, changes.replace, changes.drop) == ((), (TABLE,), ())


def test_only_objects_that_a_deployment_made_are_dropped(stack: Stack) -> None:
    """An analyst's own view stays."""
    stack.has_object(TABLE, {})
    stack.has_object(VIEW, {})
    stack.deployments.save_catalog_objects([str(TABLE)])
    changes = stack.changes(compiled())
    assert (changes.create, changes.replace, changes.drop) == ((), (), (TABLE,))


def test_a_job_that_changed_is_started_anew(stack: Stack) -> None:
    stack.deployments.save(deployed("comments", "a", fingerprint="old"))
    stack.has_job("comments", "a")
    comments = job("comments", fingerprint="new")
    changes = stack.changes(compiled(comments))
    assert (changes.start, changes.restart, changes.stop) == ((), (comments,), ())


@pytest.mark.parametrize("state", ["FAILED", "CANCELED", "FINISHED", None])
def test_a_job_that_ended_is_started(stack: Stack, state: str | None) -> None:
    stack.deployments.save(deployed("comments", "a"))
    if state:
        stack.has_job("comments", "a", state)
    comments = job("comments")
    assert stack.changes(compiled(comments)).start == (comments,)


def test_a_job_that_comes_back_by_itself_is_left_alone(stack: Stack) -> None:
    stack.deployments.save(deployed("comments", "a"))
    stack.has_job("comments", "a", "RESTARTING")
    assert stack.changes(compiled(job("comments"))).are_none()


def test_a_job_without_a_folder_is_stopped(stack: Stack) -> None:
    gone, ended = deployed("gone", "a"), deployed("ended", "b")
    stack.deployments.save(gone)
    stack.deployments.save(ended)
    stack.has_job("gone", "a")
    stack.has_job("ended", "b", "FINISHED")
    stack.has_job("an analyst's query", "c")
    assert stack.changes(compiled()).stop == (gone,)


def test_a_job_of_that_name_which_no_deployment_started_is_refused(stack: Stack) -> None:
    stack.has_job("comments", "stranger")
    with pytest.raises(DeployError, match=r"^job comments: one of that name runs already \(stranger\)"):
        stack.changes(compiled(job("comments")))


@pytest.mark.parametrize(
    ("whole", "resumed"), [([], None), (["8", "9"], "9"), (["9", "10"], "10")], ids=["none", "newest but one", "newest"]
)
def test_a_job_that_was_lost_resumes_from_its_last_whole_checkpoint(
    stack: Stack, whole: list[str], resumed: str | None
) -> None:
    checkpoints = stack.settings.stack / "checkpoints" / "a"
    for number in ("8", "9", "10"):
        (checkpoints / f"chk-{number}").mkdir(parents=True)
    for number in whole:
        (checkpoints / f"chk-{number}" / "_metadata").touch()
    stack.deployments.save(deployed("comments", "a"))
    assert state_to_resume(stack, job("comments")) == (resumed and (checkpoints / f"chk-{resumed}").as_uri())


def test_a_job_that_was_stopped_resumes_from_its_savepoint(stack: Stack) -> None:
    checkpoint = stack.settings.stack / "checkpoints" / "a" / "chk-1" / "_metadata"
    checkpoint.parent.mkdir(parents=True)
    checkpoint.touch()
    stack.deployments.save(deployed("comments", "a").model_copy(update={"savepoint": "file:/savepoint"}))
    assert state_to_resume(stack, job("comments")) == "file:/savepoint"


def state_to_resume(stack: Stack, compiled_job: CompiledJob) -> str | None:
    deployer = Deployer(stack, lambda _: None)  # type: ignore[arg-type]  # what it needs of a stack
    state, _ = deployer._state_to_resume(compiled_job)
    return state
