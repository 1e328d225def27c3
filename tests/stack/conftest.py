"""One stack of real Kafka, Redis and Flink for all tests here, beside whatever stack its user may have running."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from headrace.deploy.deploy import Deployer
from headrace.deploy.flink_rest import FlinkRest
from headrace.deploy.records import Records
from headrace.deploy.state_choice import StateChoice
from headrace.project import JobFiles, read_project
from headrace.settings import PROJECT, Settings
from headrace.stack.stack import Stack
from tests.stack.commands import Commands, Project, say

NAME = "test-stack"


@pytest.fixture(scope="session")
def model_repository(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the published models, which the stack and the commands use: tests may change it."""
    folder = tmp_path_factory.mktemp("repository") / "models"
    shutil.copytree(PROJECT / "models", folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HEADRACE_MODELS", str(folder))
        yield folder


@pytest.fixture(scope="session")
def stack(model_repository: Path) -> Iterator[Stack]:
    """A new stack, up."""
    own = Stack(Settings(stack_name=NAME))
    own.down(say)
    shutil.rmtree(own.settings.stack, ignore_errors=True)
    own.up(say)
    yield own
    own.down(say)


def texts(job: JobFiles) -> list[str]:
    return [insert.text for insert in job.inserts]


def with_jobs_of(stack: Stack, root: Path) -> Stack:
    """The stack with the SQL files below a folder deployed, whatever an earlier test did to it."""
    stack.await_ready()
    jobs = FlinkRest(stack.addresses.flink_rest_url).jobs()
    wanted = read_project(root).jobs
    current = Records(stack.settings).all_current()
    runs = {(job.name, job.state) for job in jobs} == {(job.name, "RUNNING") for job in wanted}
    if not runs or any([one.text for one in current[job.name].inserts] != texts(job) for job in wanted):
        Deployer(stack, say, root).deploy(StateChoice(allow_loss=True))
    return stack


@pytest.fixture
def deployed(stack: Stack) -> Stack:
    """The stack with the project deployed."""
    return with_jobs_of(stack, PROJECT)


@pytest.fixture
def two_jobs(tmp_path: Path) -> Project:
    """A copy of the SQL files with two of the jobs: a test that deploys again and again waits for no others."""
    project = Project(tmp_path / "two_jobs")
    for folder in (project.root / "sql").iterdir():
        if folder.name not in {"comments", "holidays"}:
            shutil.rmtree(folder)
    return project


@pytest.fixture
def deployed_two_jobs(stack: Stack, two_jobs: Project) -> Stack:
    """The stack with these jobs deployed, and no others."""
    return with_jobs_of(stack, two_jobs.root)


@pytest.fixture(scope="session")
def headrace(stack: Stack) -> Commands:
    return Commands(stack)
