"""One mini cluster for all jobs, each compiled when the first of its cases runs."""

from __future__ import annotations

import pytest

from headrace.project import read_project
from headrace.settings import PROJECT, settings
from headrace.testing.runner import Runner


@pytest.fixture(scope="session")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """Runs the cases of the project."""
    return Runner(settings(), read_project(PROJECT), tmp_path_factory.mktemp("jobs"))
