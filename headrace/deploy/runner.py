"""Starts and stops one job on the cluster."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from headrace.deploy.flink_rest import FlinkRest
from headrace.deploy.records import SqlStatement
from headrace.deploy.script import Script
from headrace.deploy.sql_gateway import run_in_gateway
from headrace.errors import DeployError

# PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID. With it a job's id is on record before the job exists: whoever comes
# after a deployment that was killed knows which job is its.
JOB_ID_OPTION = "$internal.pipeline.job-id"


def new_job_id() -> str:
    """An id that no job of Flink has had."""
    return uuid.uuid4().hex


@dataclass(frozen=True)
class Start:
    """From where a job begins.

    Attributes:
        state: a savepoint or checkpoint, if any.
        leave_state: whether state of it that no operator takes over may stay behind.
        replay_from: without state, from when on it reads its topics (milliseconds since 1970); None: from where its
            consumer group stands, or from the beginning.
    """

    state: str | None = None
    leave_state: bool = False
    replay_from: int | None = None

    def configuration(self, job: str) -> dict[str, str]:
        """Flink's options for a job that begins so."""
        options = {"pipeline.name": job, "headrace.kafka.group.id": f"headrace-{job}"}
        if self.replay_from is None:
            # Without a savepoint or checkpoint the job goes on where its consumer group stands.
            options["headrace.kafka.startup.mode"] = "group-offsets"
        else:
            options["headrace.kafka.startup.mode"] = "timestamp"
            options["headrace.kafka.startup.timestamp-millis"] = str(self.replay_from)
        if self.state:
            options["execution.state-recovery.path"] = self.state
        if self.leave_state:
            options["execution.state-recovery.ignore-unclaimed-state"] = "true"
        return options


class Runner:
    """Jobs of one cluster."""

    def __init__(self, rest: FlinkRest, gateway_url: str) -> None:
        self._rest = rest
        self._gateway_url = gateway_url

    def submit(
        self, name: str, job_id: str, plan: Path, session: Sequence[str], settings: Sequence[SqlStatement], start: Start
    ) -> None:
        """Starts a job from its compiled plan; it may not run yet afterwards.

        Args:
            name: the job's.
            job_id: that it gets in Flink, from `new_job_id`.
            plan: file of the plan.
            session: statements that every session begins with.
            settings: the job's own SET statements.
            start: from where it begins.

        Raises:
            StatementRefusedError: Flink refuses the plan or a setting.
        """
        script = Script()
        for text in session:
            script.add_own(text, file="catalog/session.sql")
        for setting in settings:
            script.add_own(setting.text, file=setting.file)
        script.add_own(f"EXECUTE PLAN '{plan}'", file=f"sql/{name}")
        started = run_in_gateway(self._gateway_url, script, {JOB_ID_OPTION: job_id, **start.configuration(name)})
        if started != job_id:
            raise DeployError(f"job {name}: it was to be {job_id}, and Flink started {started}. See: headrace status")

    def await_running(self, job_id: str) -> float:
        """Waits until every task of a job that was just started runs.

        Returns:
            The moment, by `time.monotonic`.

        Raises:
            DeployError: it fails, with Flink's reason.
        """
        self._rest.await_running(job_id, is_new=True)
        return time.monotonic()

    def await_checkpoint(self, job_id: str) -> None:
        """Waits until a job that was just started has completed a checkpoint.

        Raises:
            DeployError: it fails before, with Flink's reason.
        """
        self._rest.await_checkpoint(job_id)

    def stop(self, job_id: str) -> str | None:
        """Stops a job with a savepoint; one that is failing can take none, and is canceled.

        Returns:
            The savepoint's path, or None: its last checkpoint is what it leaves.

        Raises:
            DeployError: it runs, but Flink cannot take a savepoint; it goes on.
        """
        if self._rest.all_tasks_run(job_id):
            return self._rest.stop_with_savepoint(job_id)
        self.cancel(job_id)
        return None

    def cancel(self, job_id: str) -> None:
        """Ends a job without a savepoint, if it has not ended."""
        self._rest.cancel(job_id)
