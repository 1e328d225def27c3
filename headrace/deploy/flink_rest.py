"""Flink's REST API, as far as deployments need it.

https://nightlies.apache.org/flink/flink-docs-stable/docs/ops/rest_api/
"""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx
from tenacity import (
    RetryCallState,
    Retrying,
    retry_any,
    retry_if_exception_type,
    retry_if_not_result,
    stop_after_delay,
    wait_fixed,
)

from headrace.errors import DeployError
from headrace.sql_gateway.cause import cause_of

ENDED = frozenset({"FINISHED", "CANCELED", "FAILED", "SUSPENDED"})
METRICS_A_REQUEST = 20


class JobManagerError(DeployError):
    """Flink's JobManager does not answer."""


@dataclass(frozen=True)
class Job:
    """One job of the cluster, as its overview tells."""

    id: str
    name: str
    state: str
    duration_seconds: int

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED


class FlinkRest:
    """A client of one JobManager."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = httpx.Client(base_url=url, timeout=30)

    def jobs(self) -> list[Job]:
        """The jobs that have not ended, the oldest first."""
        overview = self._get("/jobs/overview")["jobs"]
        jobs = [
            Job(job["jid"], job["name"], job["state"], job["duration"] // 1000)
            for job in sorted(overview, key=lambda job: job["start-time"])
        ]
        return [job for job in jobs if not job.has_ended]

    def state(self, job_id: str) -> str | None:
        """The state of a job, or None where the cluster does not know it (any more)."""
        answer = self._request("GET", f"/jobs/{job_id}")
        return None if answer.status_code == httpx.codes.NOT_FOUND else str(_checked(answer)["state"])

    def is_alive(self, job_id: str) -> bool:
        """Whether the cluster knows a job that has not ended."""
        return self.state(job_id) not in {*ENDED, None}

    def job(self, job_id: str) -> dict[str, Any]:
        """Flink's own description of a job: vertices, their states, the plan."""
        return self._get(f"/jobs/{job_id}")

    def vertex(self, job_id: str, vertex_id: str) -> dict[str, Any]:
        """Flink's own description of one vertex of a job, with its subtasks and where they run."""
        return self._get(f"/jobs/{job_id}/vertices/{vertex_id}")

    def metrics(self, job_id: str, vertex_id: str, subtask: int, *infixes: str) -> dict[str, float]:
        """The metrics of a subtask whose ids contain one of `infixes`, by id."""
        path = f"/jobs/{job_id}/vertices/{vertex_id}/subtasks/{subtask}/metrics"
        ids = [
            entry["id"]
            for entry in _checked_list(self._request("GET", path))
            if any(infix in entry["id"] for infix in infixes)
        ]
        found: dict[str, float] = {}
        # Few at a time: Flink's server takes 4 KB for the line of a request.
        for start in range(0, len(ids), METRICS_A_REQUEST):
            answer = self._request("GET", path, params={"get": ",".join(ids[start : start + METRICS_A_REQUEST])})
            found.update({entry["id"]: float(entry["value"]) for entry in _checked_list(answer)})
        return found

    def job_metrics(self, job_id: str, *names: str) -> dict[str, float]:
        """Metrics of a whole job by name, those that it has."""
        answer = self._request("GET", f"/jobs/{job_id}/metrics", params={"get": ",".join(names)})
        return {entry["id"]: float(entry["value"]) for entry in _checked_list(answer)}

    def checkpoints(self, job_id: str) -> dict[str, Any]:
        """Flink's own account of a job's checkpoints."""
        return self._get(f"/jobs/{job_id}/checkpoints")

    def cancel(self, job_id: str) -> None:
        """Ends a job without a savepoint, if the cluster knows it, and waits for its end."""
        if not self.is_alive(job_id):
            return
        with suppress(JobManagerError):  # it may be busy; whether the job ends is what counts
            self._request("PATCH", f"/jobs/{job_id}", params={"mode": "cancel"})
        self._await(lambda: not self.is_alive(job_id), f"job {job_id} did not end", seconds=60)

    def last_error(self, job_id: str) -> str:
        """Why a job failed last, in a sentence; an empty text where it has not."""
        entries = self._get(f"/jobs/{job_id}/exceptions").get("exceptionHistory", {}).get("entries", [])
        return cause_of(str(entries[0].get("stacktrace", ""))).words if entries else ""

    def stop_with_savepoint(self, job_id: str) -> str:
        """Stops a job with a savepoint.

        Returns:
            The path of the savepoint.

        Raises:
            DeployError: Flink could not take the savepoint; the job goes on.
        """
        # An id of our own: an answer that does not come leaves no doubt about what was begun.
        trigger = uuid.uuid4().hex
        with suppress(JobManagerError):
            _checked(self._request("POST", f"/jobs/{job_id}/stop", json={"drain": False, "triggerId": trigger}))

        def operation() -> dict[str, Any] | None:
            status = self._get(f"/jobs/{job_id}/savepoints/{trigger}")
            return status["operation"] if status["status"]["id"] == "COMPLETED" else None

        done = self._await(operation, f"job {job_id}: its savepoint did not complete", seconds=180)
        if "failure-cause" in done:
            cause = cause_of(str(done["failure-cause"].get("stack-trace", ""))).words
            raise DeployError(f"job {job_id}: Flink can take no savepoint: {cause}")
        self._await(lambda: not self.is_alive(job_id), f"job {job_id} did not end", seconds=60)
        return str(done["location"])

    def all_tasks_run(self, job_id: str) -> bool:
        """Whether every task of a job runs, or has come to its end."""
        return _all_run(self.job(job_id))

    def await_running(self, job_id: str, is_new: bool) -> None:
        """Waits until each task of a job runs.

        Args:
            job_id: the job.
            is_new: it was just started; then its first failure is reported at once, not only one that lasts.

        Raises:
            DeployError: it has ended or failed, with Flink's reason, or takes over two minutes.
        """

        def runs() -> bool:
            job = self.job(job_id)
            if job["state"] in ENDED or (is_new and self.last_error(job_id)):
                raise DeployError(f"job {job['name']}: {job['state'].lower()}: {self.last_error(job_id)}")
            return _all_run(job)

        self._await(runs, f"job {job_id} does not run", seconds=120)

    def await_checkpoint(self, job_id: str) -> None:
        """Waits until a job that was just started has completed a checkpoint, or come to its end.

        Raises:
            DeployError: it fails before, with Flink's reason, or takes over two minutes.
        """

        def has_completed() -> bool:
            state, error = self.state(job_id), self.last_error(job_id)
            if error or state in ENDED - {"FINISHED"}:
                raise DeployError(f"job {job_id}: {str(state).lower()}: {error}")
            return state == "FINISHED" or self.checkpoints(job_id)["counts"]["completed"] > 0

        self._await(has_completed, f"job {job_id} completes no checkpoint", seconds=120)

    def _request(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        try:
            return self._http.request(method, path, **arguments)
        except httpx.HTTPError as error:
            raise JobManagerError(
                f"{self._http.base_url}: Flink's JobManager does not answer ({str(error) or type(error).__name__}). "
                "See: headrace status"
            ) from error

    def _get(self, path: str) -> dict[str, Any]:
        return _checked(self._request("GET", path))

    def _await(self, condition: Any, otherwise: str, seconds: float) -> Any:
        retrying = Retrying(
            # One that does not answer may be busy, or start again.
            retry=retry_any(retry_if_not_result(bool), retry_if_exception_type(JobManagerError)),
            stop=stop_after_delay(seconds),
            wait=wait_fixed(0.2),
            retry_error_callback=_last_result,
        )
        result = retrying(condition)
        if not result:
            raise DeployError(f"{self._http.base_url}: {otherwise} within {seconds:.0f} s. See: headrace status")
        return result


def _last_result(state: RetryCallState) -> Any:
    """None where a condition was not met in time; where nobody answered, that is raised."""
    return state.outcome.result() if state.outcome and state.outcome.failed else None


def _all_run(job: dict[str, Any]) -> bool:
    return bool(job["vertices"]) and all(vertex["status"] in {"RUNNING", "FINISHED"} for vertex in job["vertices"])


def _checked(answer: httpx.Response) -> dict[str, Any]:
    _check(answer)
    return dict(answer.json())


def _checked_list(answer: httpx.Response) -> list[dict[str, Any]]:
    _check(answer)
    return list(answer.json())


def _check(answer: httpx.Response) -> None:
    if answer.is_error:
        raise DeployError(
            f"{answer.request.method} {answer.request.url}: Flink answers {answer.status_code}: {answer.text}"
        )
