"""`headrace deploy` and `headrace undeploy`: make the stack run what the SQL files say, and nothing else."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from headrace.deploy.catalog_objects import CatalogObject, read_objects
from headrace.deploy.compile import CompiledJob, CompiledProject, compile_project
from headrace.deploy.deployments import DeployedJob, Deployments
from headrace.deploy.flink_rest import FlinkRest
from headrace.deploy.script import Script
from headrace.deploy.sql_client import run_script
from headrace.deploy.topics import create_topics
from headrace.errors import DeployError
from headrace.flinksql.statements import Statement
from headrace.project import read_project
from headrace.settings import PROJECT
from headrace.stack.stack import Stack

Say = Callable[[str], None]
_JOB_ID = re.compile(r"Job ID: ([0-9a-f]{32})")


@dataclass(frozen=True)
class Changes:
    """What a deployment would do.

    Attributes:
        create, replace, drop: objects of the catalog.
        start: jobs that do not run; `resume` says for each from where (None: from the beginning).
        restart: jobs that run, but not as their files say now.
        stop: jobs that run and have no folder in `sql/` any more.
    """

    create: tuple[CatalogObject, ...]
    replace: tuple[CatalogObject, ...]
    drop: tuple[CatalogObject, ...]
    start: tuple[CompiledJob, ...]
    restart: tuple[CompiledJob, ...]
    stop: tuple[DeployedJob, ...]
    unchanged: tuple[str, ...]

    def are_none(self) -> bool:
        return not (self.create or self.replace or self.drop or self.start or self.restart or self.stop)


class Deployer:
    """Deploys the SQL files below a folder to a stack that runs."""

    def __init__(self, stack: Stack, say: Say, root: Path = PROJECT) -> None:
        self._settings = stack.settings
        self._addresses = stack.addresses
        self._say = say
        self._root = root
        self._rest = FlinkRest(self._addresses.flink_rest_url)
        self._deployments = Deployments(self._settings)
        self._catalog = self._settings.stack / "catalog"

    def deploy(self) -> Changes:
        """Checks everything first, then changes what differs.

        Raises:
            DeployError, StatementError: nothing was changed when Flink refuses a statement.
        """
        started = time.monotonic()
        compiled = compile_project(self._settings, read_project(self._root))
        count = sum(len(job.files.inserts) for job in compiled.jobs)
        self._say(
            f"deploy: Flink accepts {len(compiled.objects)} catalog objects and {count} features in "
            f"{len(compiled.jobs)} jobs ({time.monotonic() - started:.0f} s)"
        )
        changes = self.changes(compiled)
        if changes.are_none():
            for name in changes.unchanged:
                self._rest.await_running(self._deployments.jobs()[name].job_id, is_new=False)
            self._say("deploy: nothing to change")
            return changes
        partitions = self._settings.topic_partitions
        for topic in create_topics(self._addresses.kafka_bootstrap_servers, compiled.kafka_topics(), partitions):
            self._say(f"deploy: topic {topic} created, {partitions} partition(s)")
        self._stop_jobs(changes)
        self._change_catalog(changes, compiled)
        for job in (*changes.start, *changes.restart):
            self._start(job, compiled.project.session)
        self._say(f"deploy: done in {time.monotonic() - started:.0f} s")
        return changes

    def undeploy(self) -> list[str]:
        """Stops every deployed job with a savepoint, from which the next deployment goes on. Tables stay."""
        stopped = []
        for job in self._deployments.jobs().values():
            if self._runs(job):
                self._stop(job)
                stopped.append(job.name)
        return stopped

    def changes(self, compiled: CompiledProject) -> Changes:
        """What differs between the files and the stack."""
        there = read_objects(self._catalog)
        wanted = compiled.objects
        made_by_us = set(self._deployments.catalog_objects())
        deployed = self._deployments.jobs()
        start, restart, unchanged = [], [], []
        for job in compiled.jobs:
            before = deployed.get(job.files.name)
            if before is None or not self._runs(before):
                self._refuse_stranger(job.files.name)
                start.append(job)
            elif before.fingerprint != job.fingerprint:
                restart.append(job)
            else:
                unchanged.append(job.files.name)
        names = {job.files.name for job in compiled.jobs}
        return Changes(
            create=tuple(key for key in wanted if key not in there),
            replace=tuple(key for key in wanted if key in there and there[key] != wanted[key]),
            drop=tuple(key for key in there if key not in wanted and str(key) in made_by_us),
            start=tuple(start),
            restart=tuple(restart),
            stop=tuple(job for job in deployed.values() if job.name not in names and self._runs(job)),
            unchanged=tuple(unchanged),
        )

    def _runs(self, job: DeployedJob) -> bool:
        return any(running.id == job.job_id for running in self._rest.jobs())

    def _refuse_stranger(self, name: str) -> None:
        """A job of that name which we did not start would write the same features a second time."""
        for running in self._rest.jobs():
            if running.name == name:
                raise DeployError(
                    f"job {name}: one of that name runs already ({running.id}), and no deployment started it. "
                    f"Cancel it on {self._addresses.flink_rest_url}, then deploy again."
                )

    def _stop_jobs(self, changes: Changes) -> None:
        deployed = self._deployments.jobs()
        for job in changes.restart:
            self._stop(deployed[job.files.name])
        for gone in changes.stop:
            self._stop(gone)
            self._deployments.forget(gone.name)

    def _stop(self, job: DeployedJob) -> None:
        savepoint = self._rest.stop_with_savepoint(job.job_id)
        self._deployments.save(job.model_copy(update={"savepoint": savepoint}))
        self._say(f"job {job.name}: stopped with savepoint {savepoint}")

    def _change_catalog(self, changes: Changes, compiled: CompiledProject) -> None:
        script = Script()
        for statement in compiled.project.session:
            script.add(statement)
        for key in (*changes.drop, *changes.replace):
            script.add_own(key.drop_statement())
        anew = {(key.kind, key.name) for key in (*changes.create, *changes.replace)}
        for statement in compiled.project.catalog:
            if _object_of(statement.text) in anew:
                script.add(statement)
        if changes.create or changes.replace or changes.drop:
            run_script(self._settings, script)
        for verb, keys in (("created", changes.create), ("replaced", changes.replace), ("dropped", changes.drop)):
            for key in keys:
                self._say(f"catalog: {key} {verb}")
        self._deployments.save_catalog_objects(sorted(str(key) for key in compiled.objects))

    def _start(self, job: CompiledJob, session: tuple[Statement, ...]) -> None:
        name = job.files.name
        state, tells = self._state_to_resume(job)
        self._deployments.save_plan(name, job.plan.to_json())
        script = Script()
        for statement in (*session, *job.files.settings):
            script.add(statement)
        script.add_own(f"SET 'pipeline.name' = '{name}'")
        # Without a savepoint or checkpoint the job goes on where its consumer group stands.
        script.add_own(f"SET 'headrace.kafka.group.id' = 'headrace-{name}'")
        script.add_own("SET 'headrace.kafka.startup.mode' = 'group-offsets'")
        if state:
            script.add_own(f"SET 'execution.state-recovery.path' = '{state}'")
        script.add_own(f"EXECUTE PLAN '{self._deployments.plan_file(name)}'", file=f"sql/{name}")
        printed = run_script(self._settings, script)[-1]
        found = _JOB_ID.search(printed)
        if not found:
            raise DeployError(f"job {name}: the SQL client started it, but named no job id:\n{printed}")
        job_id = found.group(1)
        self._deployments.save(DeployedJob(name=name, job_id=job_id, fingerprint=job.fingerprint))
        self._rest.await_running(job_id, is_new=True)
        self._say(f"job {name}: runs ({job_id}), {tells}")

    def _state_to_resume(self, job: CompiledJob) -> tuple[str | None, str]:
        """From where a job goes on: its savepoint, else the last checkpoint that it left."""
        before = self._deployments.jobs().get(job.files.name)
        if before is None:
            return None, "from the beginning of its topics"
        if before.fingerprint != job.fingerprint:
            return None, "changed: it goes on where it stopped in its topics, with empty windows"
        checkpoints = self._settings.stack / "checkpoints" / before.job_id
        left = sorted(checkpoints.glob("chk-*/_metadata"), key=lambda file: int(file.parent.name.split("-")[1]))
        state = before.savepoint or (left[-1].parent.as_uri() if left else None)
        return state, f"resumed from {state}" if state else "from where it stopped in its topics"


def _object_of(create: str) -> tuple[str, str]:
    """Kind and name of the object that a CREATE statement creates."""
    match = re.match(
        r"CREATE\s+(?:OR\s+(?:ALTER|REPLACE)\s+)?(TABLE|VIEW|FUNCTION)\s+(?:IF\s+NOT\s+EXISTS\s+)?"
        r"((?:`[^`]+`|\w+)(?:\.(?:`[^`]+`|\w+))*)",
        create,
        re.IGNORECASE,
    )
    if not match:
        raise DeployError(f"{create[:60]} …: only CREATE TABLE, VIEW and FUNCTION belong into catalog/")
    return match.group(1).upper(), match.group(2).split(".")[-1].strip("`")
