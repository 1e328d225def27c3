"""Each folder `<job>/<case>/` beside this file: its input through the job's SQL gives its expected rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from headrace.project import read_project
from headrace.settings import PROJECT
from headrace.testing.case import Case, read_cases
from headrace.testing.runner import Runner

CASES = read_cases(Path(__file__).parent)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case: Case, runner: Runner) -> None:
    result = runner.run(case)
    assert result.passed, result.to_text()


def test_every_feature_is_in_a_case() -> None:
    features = {(job.name, Path(insert.file).stem) for job in read_project(PROJECT).jobs for insert in job.inserts}
    assert features <= {(case.job, feature) for case in CASES for feature, rows in case.expected.items() if rows}
