"""Where a query's time went."""

from __future__ import annotations

import pytest

from headrace.shell.query import Times
from headrace.shell.timing import JobStart, stages


def test_stages_follow_each_other() -> None:
    times = Times(sent_at=1000.0, submitted=1.2, first_row=3.0, end=3.5)
    found = stages(0.1, times, JobStart(begun=1001.0, tasks=1.5, python=1.25, operators="PythonCalc"))
    assert (found.plan, found.tasks, found.fetch) == (1.0, 1.5, 0.5)
    assert found.first_row == pytest.approx(3.1)
    assert str(found) == (
        "check 0.10 · plan 1.00 · tasks 1.50 (Python worker 1.25) · then first row 0.50 · first row after 3.10 · "
        "end after 3.60 s"
    )


def test_statement_without_a_job_has_an_end() -> None:
    assert str(stages(0.1, Times(first_row=0.2, end=0.4), None)) == "check 0.10 · end after 0.50 s"


def test_clocks_that_differ_give_no_negative_times() -> None:
    found = stages(0.0, Times(sent_at=1000.0, first_row=1.0), JobStart(990.0, 1.5, None, "Calc"))
    assert (found.plan, found.fetch) == (0.0, 0.0)
