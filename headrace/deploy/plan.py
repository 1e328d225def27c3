"""What a deployment would do, before it does anything."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from headrace.deploy.align import Alignment, align, unaligned
from headrace.deploy.catalog_objects import CatalogObject, read_objects
from headrace.deploy.columns import TableChange, reader_changes
from headrace.deploy.compile import CompiledJob, CompiledProject
from headrace.deploy.flink_rest import FlinkRest, Job
from headrace.deploy.interrupted import interrupted
from headrace.deploy.kept_state import KeptState
from headrace.deploy.records import Deployment, Records, SqlStatement, StoredObject, depends_on, table_options
from headrace.deploy.sql_diff import code_diff, sql_diff
from headrace.settings import Settings


class Action(StrEnum):
    """What becomes of a job."""

    NEW = "new"
    CHANGED = "changed"
    RESUMED = "resumed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"


@dataclass(frozen=True)
class JobPlan:
    """What becomes of one job.

    Attributes:
        compiled: the job as its files say; None where there are none any more.
        current: its deployment that runs, or ran last.
        runs: whether that one runs now.
        drift: why it does not run, though no deployment or `headrace undeploy` stopped it.
        stranger: Flink's id of a job of that name which no deployment has started; it must go first.
        state: the savepoint or checkpoint that it left, if it does not run.
        alignment: the new plan under the ids of the current one.
        objects: the catalog's objects that it depends on.
        diff: of its SQL, that of these objects, and the code of its functions.
    """

    name: str
    action: Action
    compiled: CompiledJob | None = None
    current: Deployment | None = None
    runs: bool = False
    drift: str | None = None
    stranger: str | None = None
    state: str | None = None
    alignment: Alignment | None = None
    objects: dict[str, StoredObject] | None = None
    diff: str = ""

    @property
    def loses_state(self) -> bool:
        """Whether a feature that stays would begin anew in part; a job without state from before has none to lose."""
        return bool((self.runs or self.state) and self.alignment and self.alignment.loses)


@dataclass(frozen=True)
class Plan:
    """What a deployment would do.

    Attributes:
        jobs: each job of the files or of the record.
        create, replace, drop: objects of the catalog.
        drifted_objects: objects that somebody has changed since the last deployment; they are replaced.
        strangers: jobs that run and that no deployment has started.
        topics: that do not exist yet.
        under_way: who is deploying just now, in words, if anybody is.
        interrupted: deployments that were killed midway; what they started is canceled first.
        readers: tables whose readers notice something.
    """

    jobs: tuple[JobPlan, ...]
    create: tuple[CatalogObject, ...] = ()
    replace: tuple[CatalogObject, ...] = ()
    drop: tuple[CatalogObject, ...] = ()
    drifted_objects: tuple[CatalogObject, ...] = ()
    strangers: tuple[Job, ...] = ()
    topics: tuple[str, ...] = ()
    under_way: str | None = None
    interrupted: tuple[Deployment, ...] = ()
    readers: tuple[TableChange, ...] = ()

    def with_action(self, *actions: Action) -> list[JobPlan]:
        return [job for job in self.jobs if job.action in actions]

    def is_empty(self) -> bool:
        """Whether a deployment would change nothing."""
        idle = all(job.action is Action.UNCHANGED for job in self.jobs)
        return idle and not (self.create or self.replace or self.drop or self.topics or self.interrupted)

    def started(self) -> tuple[str, ...]:
        """Names of the jobs that do not run yet and would."""
        return tuple(job.name for job in self.jobs if job.compiled and not job.runs)

    def losing(self) -> list[JobPlan]:
        """The jobs in which a feature that stays would lose state."""
        return [job for job in self.jobs if job.loses_state]


def make_plan(
    compiled: CompiledProject, records: Records, rest: FlinkRest, settings: Settings, topics: tuple[str, ...] = ()
) -> Plan:
    """Compares the files with what runs.

    Args:
        compiled: the files, as Flink understands them.
        records: of the deployments so far.
        rest: the JobManager.
        settings: where the stack has its catalog and Flink keeps state.
        topics: that do not exist yet.
    """
    current = records.all_current()
    running = rest.jobs()
    kept = KeptState.of(settings)
    stored = compiled.stored_objects()
    ours = {deployment.job_id for name in records.job_names() for deployment in records.history(name)}
    strangers = tuple(job for job in running if job.id not in ours)
    jobs = [
        _plan_job(job, current.get(job.files.name), records, rest, kept, stored, strangers) for job in compiled.jobs
    ]
    names = {job.name for job in jobs}
    jobs += [
        _plan_removed(name, deployment, rest, kept)
        for name, deployment in current.items()
        if name not in names and deployment.outcome != "removed"
    ]
    there, recorded = read_objects(settings.stack / "catalog"), records.catalog()
    wanted = compiled.objects
    tables = {table for job in jobs for table in _written(job)}
    return Plan(
        jobs=tuple(sorted(jobs, key=lambda job: job.name)),
        create=tuple(key for key in wanted if key not in there),
        replace=tuple(key for key in wanted if key in there and there[key] != wanted[key]),
        drop=tuple(key for key in there if key not in wanted and str(key) in recorded),
        drifted_objects=tuple(
            key for key, content in there.items() if str(key) in recorded and recorded[str(key)].content != content
        ),
        strangers=strangers,
        topics=topics,
        interrupted=interrupted(records, rest),
        readers=tuple(
            reader_changes(tables, {str(k): v for k, v in there.items()}, {str(k): v for k, v in wanted.items()})
        ),
    )


def state_left(kept: KeptState, deployment: Deployment) -> str | None:
    """From where a job that does not run goes on: its savepoint, else the last checkpoint or savepoint of its last run.

    A savepoint that is not in the record is one of a deployment that was killed while it stopped the job; Flink then
    keeps no checkpoints beside it. A run that has not come to a checkpoint of its own leaves the state that it began
    with.
    """
    if deployment.savepoint:
        return deployment.savepoint
    return kept.latest(str(deployment.job_id)) or deployment.started_from


def job_statements(job: CompiledJob) -> tuple[tuple[SqlStatement, ...], tuple[SqlStatement, ...]]:
    """A job's settings and INSERTs, as the record keeps them."""
    settings, inserts = (
        tuple(SqlStatement(file=one.file, text=one.text) for one in statements)
        for statements in (job.files.settings, job.files.inserts)
    )
    return settings, inserts


def _plan_job(
    job: CompiledJob,
    current: Deployment | None,
    records: Records,
    rest: FlinkRest,
    kept: KeptState,
    stored: dict[str, StoredObject],
    strangers: tuple[Job, ...],
) -> JobPlan:
    name = job.files.name
    settings, inserts = job_statements(job)
    objects = depends_on([statement.text for statement in inserts], stored)
    # A job of that name which no deployment has started would write the same features a second time.
    stranger = next((running.id for running in strangers if running.name == name), None)
    if current is None:
        return JobPlan(
            name,
            Action.NEW,
            job,
            stranger=stranger,
            alignment=unaligned(job.plan, records.highest_id(name)),
            objects=objects,
            diff=sql_diff([], [*settings, *inserts]),
        )
    runs, drift = _runs(current, rest)
    same = current.fingerprint == job.fingerprint
    alignment = align(
        records.plan(current),
        current.options,
        job.plan,
        table_options({key: one.content for key, one in objects.items()}),
        records.highest_id(name),
    )
    before = [*current.settings, *current.inserts, *(one.statement for one in current.objects.values())]
    after = [*settings, *inserts, *(one.statement for one in objects.values())]
    return JobPlan(
        name,
        Action.UNCHANGED if runs and same else Action.RESUMED if same else Action.CHANGED,
        job,
        current,
        runs,
        drift,
        stranger,
        None if runs else state_left(kept, current),
        alignment,
        objects,
        "\n".join(filter(None, [sql_diff(before, after), code_diff(current.code, job.code)])),
    )


def _plan_removed(name: str, current: Deployment, rest: FlinkRest, kept: KeptState) -> JobPlan:
    runs, drift = _runs(current, rest)
    return JobPlan(
        name, Action.REMOVED, current=current, runs=runs, drift=drift,
        state=None if runs else state_left(kept, current), objects=dict(current.objects),
        diff=sql_diff([*current.settings, *current.inserts], []),
    )  # fmt: skip


def _runs(current: Deployment, rest: FlinkRest) -> tuple[bool, str | None]:
    """Whether a deployment runs, and if not, why."""
    if current.outcome != "running" or current.job_id is None:
        return False, None
    state = rest.state(current.job_id)
    if state in {"CANCELED", "CANCELLING"}:
        return False, "somebody canceled it"
    if state == "FINISHED":
        return False, "somebody stopped it with a savepoint, or a deployment that did so was interrupted"
    if state in {"FAILED", "SUSPENDED"}:
        return False, f"it is {state.lower()}"
    return (True, None) if state else (False, "Flink has lost it: its JobManager was started anew")


def _written(job: JobPlan) -> set[str]:
    """The tables that a job writes, or wrote."""
    plan = job.alignment.plan if job.alignment else None
    tables = {table for names in plan.sinks.values() for table in names} if plan else set()
    return tables | {key.removeprefix("table ") for key in (job.current.objects if job.current else {})}
