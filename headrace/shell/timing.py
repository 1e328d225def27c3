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
        tasks: from its submission until its last task runs.
        python: how long the slowest task with a Python function was being initialised: its worker starts then.
        operators: names of all its operators.
    """

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
        tasks=(max(running) - begun) / 1000 if running else None,
        python=max(python) / 1000 if python else None,
        operators=" ".join(vertex["name"] for vertex in job["vertices"]),
    )


def timing_line(checked: float, times: Times, start: JobStart | None) -> str:
    """One line: each part with its seconds.

    Args:
        checked: seconds that mending and lint took, before the statement was sent.
        times: of the statement.
        start: of its job, if it has one and Flink's REST API tells.
    """
    parts = [f"check {checked:.2f}"]
    if times.submitted is not None and start:
        parts.append(f"plan and submit {times.submitted:.2f}")
        if times.first_row is not None:
            wait = times.first_row - times.submitted
            if start.tasks is not None:
                python = f" (Python worker {start.python:.2f})" if start.python is not None else ""
                parts.append(f"tasks {start.tasks:.2f}{python}")
                parts.append(f"then first row {max(0.0, wait - start.tasks):.2f}")
            else:
                parts.append(f"first row {wait:.2f}")
    if times.first_row is not None and start:
        parts.append(f"first row after {checked + times.first_row:.2f}")
    parts.append(f"end after {checked + times.end:.2f} s")
    return "time: " + " · ".join(parts)


def _get(http: httpx.Client, path: str) -> Any:
    return http.get(path).raise_for_status().json()
