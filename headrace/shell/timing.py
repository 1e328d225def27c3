"""Where the time of a query went, from its statement to its first row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

from headrace.shell.query import Times

PYTHON_OPERATOR = "Python"


@dataclass(frozen=True)
class JobStart:
    """How a job came up, in seconds.

    Attributes:
        begun: when the cluster had it, in seconds since 1970.
        tasks: from then until its last task runs.
        python: how long the slowest task with a Python function was being initialised: its worker starts then.
        operators: names of all its operators.
    """

    begun: float
    tasks: float | None
    python: float | None
    operators: str


def job_start(url: str, job_id: str) -> JobStart:
    """Asks Flink's REST API how a job came up.

    Raises:
        httpx.HTTPError: it does not answer.
    """
    with httpx.Client(base_url=url, timeout=5) as http:
        job = _get(http, f"/jobs/{job_id}")
        begun = job["timestamps"]["INITIALIZING"] or job["start-time"]
        running, python = [], []
        for vertex in job["vertices"]:
            tasks = _get(http, f"/jobs/{job_id}/vertices/{vertex['id']}")["subtasks"]
            for task in tasks:
                durations = task["status-duration"]
                before = sum(max(0, durations.get(state, 0)) for state in ("SCHEDULED", "DEPLOYING", "INITIALIZING"))
                if durations.get("RUNNING", -1) >= 0:
                    running.append(task["start-time"] + before)
                if PYTHON_OPERATOR in vertex["name"]:
                    python.append(durations.get("INITIALIZING", 0))
    return JobStart(
        begun=begun / 1000,
        tasks=(max(running) - begun) / 1000 if running else None,
        python=max(python) / 1000 if python else None,
        operators=" ".join(vertex["name"] for vertex in job["vertices"]),
    )


@dataclass(frozen=True)
class Stages:
    """Where a statement's time went, in seconds; None: there was no such stage, or nobody tells.

    Attributes:
        check: mending and lint, before the statement was sent.
        plan: from then until the cluster had its job; the shell's clock and the cluster's have to agree.
        tasks: from then until the last task ran.
        python: of them, the slowest start of a Python worker.
        fetch: from then until the first row was here: the function opens, with its model, at its first batch; then the
            way through the job and back.
        first_row: all of it until the first row.
        end: all of it.
    """

    check: float
    plan: float | None
    tasks: float | None
    python: float | None
    fetch: float | None
    first_row: float | None
    end: float

    def __str__(self) -> str:
        parts = [f"check {self.check:.2f}"]
        for name in ("plan", "tasks"):
            seconds = getattr(self, name)
            if seconds is not None:
                parts.append(f"{name} {seconds:.2f}")
        if self.tasks is not None and self.python is not None:
            parts[-1] += f" (Python worker {self.python:.2f})"
        if self.fetch is not None:
            parts.append(f"then first row {self.fetch:.2f}")
        if self.first_row is not None:
            parts.append(f"first row after {self.first_row:.2f}")
        return " · ".join([*parts, f"end after {self.end:.2f} s"])


def stages(checked: float, times: Times, start: JobStart | None) -> Stages:
    """Puts together what the shell and the cluster have seen.

    Args:
        checked: seconds that mending and lint took.
        times: of the statement.
        start: of its job, if it has one and Flink's REST API tells.
    """
    plan = tasks = fetch = None
    if start:
        plan = max(0.0, start.begun - times.sent_at)
        tasks = start.tasks
        if times.first_row is not None:
            fetch = max(0.0, times.first_row - plan - (tasks or 0.0))
    return Stages(
        check=checked,
        plan=plan,
        tasks=tasks,
        python=start.python if start else None,
        fetch=fetch,
        first_row=checked + times.first_row if start and times.first_row is not None else None,
        end=checked + times.end,
    )


def _get(http: httpx.Client, path: str) -> Any:
    return http.get(path).raise_for_status().json()
