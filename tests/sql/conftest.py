"""One mini cluster a job, started when the first of its cases runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from headrace.project import read_project
from headrace.settings import PROJECT, settings
from headrace.testing.mini_cluster import MiniCluster


@pytest.fixture(scope="session")
def mini_cluster(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], MiniCluster]:
    """Gives the mini cluster of a job by its name."""
    return cache(lambda job: MiniCluster(settings(), read_project(PROJECT), job, tmp_path_factory.mktemp(job)))
