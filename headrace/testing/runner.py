"""Runs cases and compares: what `headrace test` and pytest share."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from headrace.project import Project
from headrace.settings import Settings
from headrace.testing.case import Case, Row, write_lines
from headrace.testing.checks import check_expected, refuse_unknown
from headrace.testing.job import TestJob
from headrace.testing.problems import CaseError, shown
from headrace.testing.row_tables import difference_text
from headrace.testing.rows import TableDifference, accepted, difference, row_text


@dataclass(frozen=True)
class CaseResult:
    """What became of a case.

    Attributes:
        case: the case.
        seconds: how long its job ran, the comparison included.
        differences: the tables that are not as expected.
        error: why the job could not run or failed; None if it came to its end.
    """

    case: Case
    seconds: float
    differences: tuple[TableDifference, ...]
    error: str | None = None

    @property
    def passed(self) -> bool:
        """Whether each table is as expected."""
        return not self.differences and self.error is None

    def to_text(self) -> str:
        """Why it did not pass, for a person."""
        return f"{self.case.name}: {self.case.settings.description}\n" + (
            self.error or difference_text([(each, shown(self.expected_file(each.table))) for each in self.differences])
        )

    def expected_file(self, table: str) -> Path:
        """The file of a table's expected rows."""
        return self.case.folder / "expected" / f"{table}.jsonl"

    def to_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "case": self.case.name,
            "passed": self.passed,
            "seconds": round(self.seconds, 3),
            "error": self.error,
            "differences": [
                {"file": shown(self.expected_file(each.table)), **each.to_json()} for each in self.differences
            ],
        }


class Runner:
    """The jobs of a project, each compiled when its first case runs.

    Attributes:
        compiling_seconds: how long each job took to compile; the first one with the start of the JVM.
    """

    def __init__(self, settings: Settings, project: Project, folder: Path) -> None:
        """Args: where Flink's jars are; the SQL files; an empty folder for what the runs write."""
        self._settings, self._project, self._folder = settings, project, folder
        self._jobs: dict[str, TestJob | CaseError] = {}
        self.compiling_seconds: dict[str, float] = {}

    def job(self, name: str) -> TestJob:
        """A job, compiled.

        Raises:
            CaseError: there is no such job, or Flink refuses a statement.
        """
        if name not in self._jobs:
            folder = self._folder / name
            folder.mkdir(parents=True)
            started = time.monotonic()
            try:
                self._jobs[name] = TestJob(self._settings, self._project, name, folder)
            except CaseError as error:
                self._jobs[name] = error
            self.compiling_seconds[name] = time.monotonic() - started
        job = self._jobs[name]
        if isinstance(job, CaseError):
            raise job
        return job

    def run(self, case: Case, real_model: bool = False) -> CaseResult:
        """Runs a case.

        Args:
            case: the case.
            real_model: whether the model answers though scores are given.
        """
        try:
            job = self.job(case.job)
            started = time.monotonic()
            _check(job, case)
            differences = compare(job, case, job.run(case, real_model))
        except CaseError as error:
            return CaseResult(case, 0.0, (), str(error))
        return CaseResult(case, time.monotonic() - started, differences)


def _check(job: TestJob, case: Case) -> None:
    for name, expected in case.expected.items():
        file = case.folder / "expected" / f"{name}.jsonl"
        refuse_unknown(file, f"the job {job.name} does not write", name, job.output_tables())
        check_expected(file, expected, [column.name for column in job.table(name).columns], job.table(name).key)


def compare(job: TestJob, case: Case, rows: dict[str, list[Row]]) -> tuple[TableDifference, ...]:
    """The tables that are not as a case expects."""
    found = (difference(name, job.keys()[name], expected, rows[name]) for name, expected in case.expected.items())
    return tuple(each for each in found if each)


def accept(result: CaseResult) -> list[Path]:
    """Writes the actual rows as expected ones.

    Returns:
        The files that changed.
    """
    files = []
    for each in result.differences:
        file = result.expected_file(each.table)
        rows = accepted(result.case.expected[each.table], each)
        write_lines(file, [row_text(row) for row in rows])
        files.append(file)
    return files
