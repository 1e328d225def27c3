"""What a deployment leaves that neither came to its end nor was taken back: its process was killed."""

from __future__ import annotations

from collections.abc import Callable

from headrace.deploy.flink_rest import FlinkRest
from headrace.deploy.records import Deployment, Records


def interrupted(records: Records, rest: FlinkRest) -> tuple[Deployment, ...]:
    """Deployments that began and did not end, and those whose job runs though it is not the current one's."""
    alive = {job.id for job in rest.jobs()}
    found = []
    for name in records.job_names():
        current = records.current(name)
        for one in records.history(name):
            is_current = current is not None and one.number == current.number
            if one.outcome == "starting" or (one.job_id in alive and not is_current):
                found.append(one)
    return tuple(found)


def clean_up(records: Records, rest: FlinkRest, say: Callable[[str], None]) -> None:
    """Cancels the jobs of interrupted deployments; what ran before goes on from the savepoint that it left."""
    for one in interrupted(records, rest):
        if one.job_id:
            rest.cancel(one.job_id)
        if one.outcome == "starting":
            records.update(one, outcome="failed", reason="the deployment was interrupted")
        say(f"job {one.job}: deployment {one.number} had been interrupted; what it started is canceled")
