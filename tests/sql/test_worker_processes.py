"""The other cases' Python workers are threads of the test's process; on a cluster they are processes."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyflink.fn_execution.beam.beam_worker_pool_service import BeamFnLoopbackWorkerPoolServicer

from headrace.project import read_project
from headrace.settings import PROJECT, settings
from headrace.testing.case import read_case
from headrace.testing.job import TestJob
from headrace.testing.runner import compare


def test_model_answers_in_a_process_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(BeamFnLoopbackWorkerPoolServicer, "_start_sdk_worker_main")  # a thread would fail the job
    case = read_case(Path(__file__).parent / "comments" / "real_model")
    job = TestJob(settings(), read_project(PROJECT), case.job, tmp_path, worker_processes=True)
    assert compare(job, case, job.run(case)) == ()
