"""Puts deployments into effect, job by job, so that all can be taken back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from headrace.deploy.catalog_objects import CatalogSnapshot
from headrace.deploy.compiled_plan import CompiledPlan
from headrace.deploy.kept_state import KeptState
from headrace.deploy.plan import state_left
from headrace.deploy.records import Deployment, Records, StoredObject
from headrace.deploy.runner import Runner, Start, new_job_id
from headrace.deploy.uninterrupted import uninterrupted
from headrace.errors import DeployError, HeadraceError

Say = Callable[[str], None]
# Deployments of a job to which a rollback can return with their own state.
KEPT_SAVEPOINTS = 10


class Upgrade:
    """One deployment of several jobs: either all of it takes effect, or nothing.

    Each step that has an effect leaves one that takes it back; `take_back` runs these, the last one first.
    """

    def __init__(self, records: Records, runner: Runner, kept: KeptState, session: list[str], say: Say) -> None:
        self._records = records
        self._runner = runner
        self._kept = kept
        self._session = session
        self._say = say
        self._back: list[Callable[[], object]] = []
        self._started: list[Deployment] = []
        self._stopped: dict[str, tuple[Deployment, float]] = {}

    @contextmanager
    def or_taken_back(self, what: str) -> Iterator[None]:
        """Takes all back when the block fails or is interrupted.

        Args:
            what: the block is, in a word.

        Raises:
            DeployError: it fails; the message says why, and what runs now.
        """
        try:
            yield
        except Exception as error:
            with uninterrupted():
                what_runs = self.take_back(str(error) or type(error).__name__)
            raise DeployError(f"{error}\nThe {what} is taken back. {what_runs}") from error
        except BaseException:
            self._say(f"{what}: interrupted; what ran before is put back. Wait for it")
            with uninterrupted():
                self._say(f"{what}: taken back. {self.take_back('interrupted')}")
            raise

    def change_catalog(
        self, snapshot: CatalogSnapshot, objects: dict[str, StoredObject], change: Callable[[], None]
    ) -> None:
        """Changes objects of the catalog; running jobs do not notice it.

        Args:
            snapshot: of the catalog as it is.
            objects: that it is to have. They are on record before it has them, or one that an interrupted deployment
                created would be nobody's.
            change: makes it so.
        """
        recorded = self._records.catalog()

        def back() -> None:
            snapshot.restore()
            self._records.save_catalog(recorded)
            self._say("catalog: as it was before")

        self._back.append(back)
        self._records.save_catalog({**objects, **recorded})
        change()

    def stop(self, current: Deployment) -> Deployment:
        """Stops a job, with a savepoint where it can take one.

        Returns:
            Its deployment with what it left.
        """
        with uninterrupted():
            savepoint = self._runner.stop(str(current.job_id))
            ended = time.monotonic()
            state = savepoint or state_left(self._kept, current)
            stopped = self._records.update(current, outcome="stopped", savepoint=state)
            self._stopped[current.job] = (stopped, ended)
            self._back.append(lambda: self._run_again(stopped, ended))
        how = f"stopped with savepoint {savepoint}" if savepoint else f"it was failing: canceled; it leaves {state}"
        self._say(f"job {current.job}: {how}")
        return stopped

    def start(self, deployment: Deployment, plan: CompiledPlan, start: Start, tells: str) -> None:
        """Starts a job and waits until it runs and has completed a checkpoint.

        Args:
            deployment: as it is to be recorded.
            plan: the job's, with the ids that it is to have.
            start: from where it begins.
            tells: where that is, in words.

        Raises:
            HeadraceError: Flink refuses it, or it fails; the message says why.
        """
        job_id, name = new_job_id(), deployment.job
        begun = {"outcome": "starting", "job_id": job_id, "started_from": start.state}
        prepared = self._records.save(deployment.model_copy(update=begun), plan)
        self._started.append(prepared)
        self._back.append(lambda: self._runner.cancel(job_id))
        file = self._records.plan_file(prepared)
        with uninterrupted():
            self._runner.submit(name, job_id, file, self._session, prepared.settings, start)
        runs_at = self._runner.await_running(job_id)
        stopped = self._stopped.get(name)
        downtime = round(runs_at - stopped[1], 1) if stopped else None
        still = f", after {downtime} s without it" if downtime is not None else ""
        self._say(f"job {name}: runs ({job_id}), {tells}{still}")
        self._runner.await_checkpoint(job_id)
        self._update(prepared, downtime_seconds=downtime)

    def _update(self, prepared: Deployment, **changes: object) -> None:
        number = next(n for n, one in enumerate(self._started) if one.job == prepared.job)
        self._started[number] = self._records.update(self._started[number], **changes)

    def resume(self, current: Deployment, start: Start, tells: str) -> None:
        """Starts a deployment again that does not run; it stays the same one.

        Raises:
            HeadraceError: Flink refuses it, or it fails; the message says why.
        """
        file = self._records.plan_file(current)
        job_id = new_job_id()
        self._back.append(lambda: self._records.save(current))
        self._back.append(lambda: self._runner.cancel(job_id))
        self._records.update(current, outcome="running", job_id=job_id, started_from=start.state, savepoint=None)
        with uninterrupted():
            self._runner.submit(current.job, job_id, file, self._session, current.settings, start)
        self._runner.await_running(job_id)
        self._say(f"job {current.job}: runs ({job_id}), {tells}")
        self._runner.await_checkpoint(job_id)

    def complete(self) -> None:
        """Records that all of it has taken effect."""
        for deployment in self._started:
            # First what runs: whoever reads the record between two lines must not think that nothing does.
            self._records.update(deployment, outcome="running")
            for former in self._records.history(deployment.job):
                if former.number != deployment.number and former.outcome in {"running", "stopped", "removed"}:
                    self._records.update(former, outcome="replaced", savepoint=state_left(self._kept, former))
            self._remove_old_savepoints(deployment.job)
        names = {deployment.job for deployment in self._started}
        for name, (stopped, _) in self._stopped.items():
            if name not in names:
                self._records.update(stopped, outcome="removed")

    def take_back(self, reason: str) -> str:
        """Puts all back as it was, as far as that is possible.

        Returns:
            In words what runs now.
        """
        for deployment in self._started:
            self._records.update(deployment, outcome="failed", reason=reason)
        failures = []
        for back in reversed(self._back):
            try:
                back()
            except HeadraceError as error:
                failures.append(str(error))
        if failures:
            return "Not all could be put back: " + "; ".join(failures)
        names = ", ".join(self._stopped)
        if not names:
            return "Every job runs on as before."
        return f"What ran before runs again, with its state: {names}."

    def _remove_old_savepoints(self, job: str) -> None:
        for former in self._records.history(job)[:-KEPT_SAVEPOINTS]:
            if former.outcome == "replaced" and self._kept.remove_savepoint(former.savepoint):
                self._records.update(former, savepoint=None)

    def _run_again(self, stopped: Deployment, ended: float) -> None:
        """Starts a deployment once more, from what it left."""
        start, job_id = Start(stopped.savepoint), new_job_id()
        file = self._records.plan_file(stopped)
        again = self._records.update(
            stopped, outcome="running", job_id=job_id, started_from=stopped.savepoint, savepoint=None
        )
        try:
            try:
                self._runner.submit(stopped.job, job_id, file, self._session, stopped.settings, start)
            except HeadraceError:
                self._records.save(stopped)
                raise
            downtime = self._runner.await_running(job_id) - ended
        except HeadraceError as error:
            raise DeployError(
                f"job {stopped.job}: it does not start again either: {error} Its state is {stopped.savepoint}; "
                "`headrace deploy` goes on from there"
            ) from error
        self._say(
            f"job {again.job}: deployment {again.number} runs again ({job_id}), resumed from {again.started_from}, "
            f"after {downtime:.1f} s without it"
        )


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
