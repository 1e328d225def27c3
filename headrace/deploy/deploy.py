"""`headrace plan`, `headrace deploy` and `headrace undeploy`: make the stack run what the SQL files say."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from headrace.deploy.catalog_objects import created_object
from headrace.deploy.compile import CompiledProject, compile_project
from headrace.deploy.interrupted import clean_up
from headrace.deploy.lock import deployment_lock, deployment_under_way
from headrace.deploy.origin import Origin, origin_of
from headrace.deploy.plan import Action, JobPlan, Plan, job_statements, make_plan
from headrace.deploy.records import Deployment
from headrace.deploy.runner import Start
from headrace.deploy.state_choice import StateChoice, check_choice
from headrace.deploy.target import Target
from headrace.deploy.topics import STACK_KAFKA, check_other_kafka, create_topics, missing_topics
from headrace.deploy.uninterrupted import uninterrupted
from headrace.deploy.upgrade import Upgrade, now
from headrace.project import read_project
from headrace.settings import PROJECT
from headrace.stack.stack import Stack

Say = Callable[[str], None]


class Deployer:
    """Deploys the SQL files below a folder to a stack that runs."""

    def __init__(self, stack: Stack, say: Say, root: Path = PROJECT) -> None:
        self._target = Target(stack, say)
        self._say = say
        self._root = root

    def plan(self) -> Plan:
        """What `deploy` would do; changes nothing.

        Raises:
            DeployError, StatementError: Flink refuses a statement.
        """
        under_way = deployment_under_way(self._target.records.folder)
        plan = self._plan()[0]
        # What a deployment has begun and not yet ended is not interrupted.
        return replace(plan, under_way=under_way, interrupted=()) if under_way else plan

    def deploy(self, choice: StateChoice | None = None, wait_seconds: float = 0) -> Plan:
        """Checks everything first, then changes what differs; when that fails, all is put back.

        Args:
            choice: what becomes of state that cannot be carried over; None: nothing is done where there is any.
            wait_seconds: how long another deployment may take to end.

        Returns:
            What it has done.

        Raises:
            DeployError, StatementError: with the reason, and what runs now.
        """
        started = time.monotonic()
        with deployment_lock(self._target.records.folder, wait_seconds):
            clean_up(self._target.records, self._target.rest, self._say)
            plan, compiled = self._plan()
            check_choice(plan, choice or StateChoice(), compiled)
            if plan.is_empty():
                for job in plan.jobs:
                    if job.current and job.current.job_id:
                        self._target.rest.await_running(job.current.job_id, is_new=False)
                self._say("deploy: nothing to change")
                return plan
            self._apply(plan, compiled, choice or StateChoice())
        self._say(f"deploy: done in {time.monotonic() - started:.0f} s")
        return plan

    def undeploy(self) -> list[str]:
        """Stops every deployed job with a savepoint, from which the next deployment goes on. Tables stay."""
        stopped = []
        with deployment_lock(self._target.records.folder, 0):
            clean_up(self._target.records, self._target.rest, self._say)
            for name, current in self._target.records.all_current().items():
                if current.outcome == "running" and self._target.rest.is_alive(str(current.job_id)):
                    self._target.upgrade([]).stop(current)
                    stopped.append(name)
        return stopped

    def _plan(self) -> tuple[Plan, CompiledProject]:
        started = time.monotonic()
        target = self._target
        compiled = compile_project(target.settings, target.addresses.sql_gateway_url, read_project(self._root))
        count = sum(len(job.files.inserts) for job in compiled.jobs)
        self._say(
            f"plan: Flink accepts {len(compiled.objects)} catalog objects and {count} features in "
            f"{len(compiled.jobs)} jobs ({time.monotonic() - started:.0f} s)"
        )
        tables = compiled.kafka_tables()
        check_other_kafka(table for table in tables if table.name in compiled.used_tables())
        ours = {topic for table in tables if table.servers == STACK_KAFKA for topic in table.topics}
        topics = missing_topics(target.addresses.kafka_bootstrap_servers, ours)
        return make_plan(compiled, target.records, target.rest, target.settings, tuple(topics)), compiled

    def _apply(self, plan: Plan, compiled: CompiledProject, choice: StateChoice) -> None:
        target = self._target
        partitions = target.settings.topic_partitions
        create_topics(target.addresses.kafka_bootstrap_servers, plan.topics, partitions)
        for topic in plan.topics:
            self._say(f"topic {topic}: created, {partitions} partition(s)")
        session = [statement.text for statement in compiled.project.session]
        origin = origin_of(self._root)
        upgrade = target.upgrade(session)
        with upgrade.or_taken_back("deployment"):
            if plan.create or plan.replace or plan.drop:
                upgrade.change_catalog(
                    target.snapshot(), compiled.stored_objects(), lambda: self._change_catalog(plan, compiled)
                )
            # Those that go first: another job may write their features from now on, and need their slots.
            for job in plan.with_action(Action.REMOVED):
                if job.runs and job.current:
                    upgrade.stop(job.current)
            for job in plan.with_action(Action.CHANGED, Action.RESUMED, Action.NEW):
                self._start(upgrade, job, choice, origin)
        with uninterrupted():
            upgrade.complete()
            target.records.save_catalog(compiled.stored_objects())

    def _change_catalog(self, plan: Plan, compiled: CompiledProject) -> None:
        anew = {*plan.create, *plan.replace}
        create = [(one.file, one.text) for one in compiled.project.catalog if created_object(one.text) in anew]
        session = [statement.text for statement in compiled.project.session]
        self._target.change_catalog(session, (*plan.drop, *plan.replace), create)
        for verb, keys in (("created", plan.create), ("replaced", plan.replace), ("dropped", plan.drop)):
            for key in keys:
                self._say(f"catalog: {key} {verb}")

    def _start(self, upgrade: Upgrade, job: JobPlan, choice: StateChoice, origin: Origin) -> None:
        if job.action is Action.RESUMED and job.current:
            upgrade.resume(job.current, Start(job.state), _tells(job, Start(job.state)))
            return
        if job.compiled is None or job.alignment is None:
            raise AssertionError(job)  # a job that is new or changed has files and a plan
        settings, inserts = job_statements(job.compiled)
        deployment = Deployment(
            job=job.name,
            number=self._target.records.next_number(job.name),
            at=now(),
            by=origin.by,
            commit=origin.commit,
            dirty=origin.dirty,
            fingerprint=job.compiled.fingerprint,
            settings=settings,
            inserts=inserts,
            objects=job.objects or {},
            code=job.compiled.code,
            highest_id=job.alignment.highest_id,
        )
        state = job.state
        if job.runs and job.current:
            state = upgrade.stop(job.current).savepoint
        start = Start(state, leave_state=job.alignment.leaves_state)
        if job.loses_state and choice.replay_from is not None:
            start = Start(replay_from=choice.replay_milliseconds())
        upgrade.start(deployment, job.alignment.plan, start, _tells(job, start))


def _tells(job: JobPlan, start: Start) -> str:
    """From where a job goes on."""
    if start.replay_from is not None:
        return "anew, from the given time in its topics"
    if job.action is Action.NEW:
        return "from the beginning of its topics"
    return f"resumed from {start.state}" if start.state else "from where it stopped in its topics, without state"
