"""How the deployed jobs are: state, checkpoints, how far behind their sources, how fresh their features."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

from headrace.deploy.flink_rest import FlinkRest, Job
from headrace.deploy.records import Deployment, Records

# Flink's answer has what it knew last; these bring the figures that are asked for.
FETCHES = 3
FETCH_SECONDS = 1.2  # more than metrics.fetcher.update-interval in flink/conf/config.yaml
_SINK = re.compile(r"^(.+?)\[\d+\]__Writer\.(numRecordsSend|numRecordsOut|currentInputWatermark)$")
_NO_WATERMARK = -(2**63)


@dataclass(frozen=True)
class FeatureStatus:
    """How a feature table is written.

    Attributes:
        rows: written since the job's last start.
        event_time: up to which the operators before the sink have come, in milliseconds since 1970; windows up to then
            have been written. None as long as there is none.
        behind_seconds: how old that is now.
    """

    table: str
    rows: int
    event_time: int | None
    behind_seconds: float | None


@dataclass(frozen=True)
class JobStatus:
    """How a job is.

    Attributes:
        state: Flink's; `lost` when it should run and Flink does not know it.
        deployment: number, None for a job that no deployment has started.
        checkpoint_age_seconds, checkpoint_bytes: of the last completed one.
        lag_records: how many records its sources have not read yet.
        restarts: since the job's start.
    """

    name: str
    state: str
    id: str | None
    running_seconds: int
    deployment: int | None = None
    commit: str | None = None
    deployed_at: str | None = None
    checkpoint_age_seconds: float | None = None
    checkpoint_bytes: int | None = None
    lag_records: int | None = None
    restarts: int | None = None
    features: tuple[FeatureStatus, ...] = ()


def job_statuses(rest: FlinkRest, records: Records) -> list[JobStatus]:
    """The deployed jobs, and those that run without a deployment."""
    running = {job.id: job for job in rest.jobs()}
    statuses = []
    for name, deployment in records.all_current().items():
        if deployment.outcome == "removed":
            continue
        job = running.pop(str(deployment.job_id), None) if deployment.outcome == "running" else None
        statuses.append(_deployed(rest, deployment, job) if job else _ended(name, deployment))
    statuses += [JobStatus(job.name, job.state, job.id, job.duration_seconds) for job in running.values()]
    return statuses


def _ended(name: str, deployment: Deployment) -> JobStatus:
    state = "STOPPED" if deployment.outcome == "stopped" else "LOST"
    return JobStatus(
        name, state, deployment.job_id, 0, deployment.number, deployment.short_commit(), deployment.at.isoformat()
    )


def _deployed(rest: FlinkRest, deployment: Deployment, job: Job) -> JobStatus:
    latest = (rest.checkpoints(job.id).get("latest") or {}).get("completed") or {}
    done = latest.get("latest_ack_timestamp")
    lag, features = _sources_and_sinks(rest, job.id)
    restarts = rest.job_metrics(job.id, "numRestarts").get("numRestarts")
    return JobStatus(
        name=job.name,
        state=job.state,
        id=job.id,
        running_seconds=job.duration_seconds,
        deployment=deployment.number,
        commit=deployment.short_commit(),
        deployed_at=deployment.at.isoformat(),
        checkpoint_age_seconds=round(time.time() - done / 1000, 1) if done else None,
        checkpoint_bytes=latest.get("checkpointed_size", latest.get("state_size")),
        lag_records=lag,
        restarts=None if restarts is None else int(restarts),
        features=features,
    )


def _sources_and_sinks(rest: FlinkRest, job_id: str) -> tuple[int | None, tuple[FeatureStatus, ...]]:
    lag: int | None = None
    found: dict[str, dict[str, list[float]]] = {}
    for _ in range(FETCHES):
        lag, found = None, {}
        for values in _metrics(rest, job_id):
            for identifier, value in values.items():
                match = _SINK.match(identifier)
                if match:
                    found.setdefault(match.group(1), {}).setdefault(match.group(2), []).append(value)
                elif identifier.endswith(".pendingRecords"):
                    lag = (lag or 0) + int(value)
        if found:
            break
        time.sleep(FETCH_SECONDS)
    return lag, tuple(_feature(table, figures) for table, figures in sorted(found.items()))


def _metrics(rest: FlinkRest, job_id: str) -> list[dict[str, float]]:
    """The metrics of each subtask of a job that tell of sources and sinks."""
    found = []
    for vertex in rest.job(job_id)["vertices"]:
        for number in range(vertex["parallelism"]):
            found.append(rest.metrics(job_id, vertex["id"], number, "__Writer.", ".pendingRecords"))
    return found


def _feature(table: str, figures: dict[str, list[float]]) -> FeatureStatus:
    """A table's figures over all subtasks that write it."""
    marks = [mark for mark in figures.get("currentInputWatermark", []) if mark > _NO_WATERMARK]
    event_time = int(min(marks)) if marks else None
    # Flink asks each sink to count what it has sent; some count what they pass on.
    rows = max(sum(figures.get(name, [])) for name in ("numRecordsSend", "numRecordsOut"))
    return FeatureStatus(
        table=table,
        rows=int(rows),
        event_time=event_time,
        behind_seconds=None if event_time is None else round(time.time() - event_time / 1000, 1),
    )
