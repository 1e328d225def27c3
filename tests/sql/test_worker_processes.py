"""The other cases' Python workers are threads of the test's process; on a cluster they are processes."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyflink.fn_execution.beam.beam_worker_pool_service import BeamFnLoopbackWorkerPoolServicer

from headrace.project import read_project
from headrace.settings import PROJECT, settings
from headrace.testing.case import read_case
from headrace.testing.mini_cluster import MiniCluster
from headrace.testing.rows import differences


def test_model_answers_in_a_process_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(BeamFnLoopbackWorkerPoolServicer, "_start_sdk_worker_main")  # a thread would fail the job
    case = read_case(Path(__file__).parent / "comments" / "real_model")
    cluster = MiniCluster(settings(), read_project(PROJECT), case.job, tmp_path, worker_processes=True)
    rows = cluster.run(case)
    for feature, expected in case.expected.items():
        assert differences(feature, cluster.keys()[feature], expected, rows[feature]) == []
