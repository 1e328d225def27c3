"""`headrace rollback`: a job as it was deployed before."""

from __future__ import annotations

import time

from headrace.deploy.align import align
from headrace.deploy.catalog_objects import created_object, read_objects
from headrace.deploy.compiled_plan import CompiledPlan
from headrace.deploy.functions import code_of, python_functions
from headrace.deploy.interrupted import clean_up
from headrace.deploy.lock import deployment_lock
from headrace.deploy.origin import origin_of
from headrace.deploy.plan import state_left
from headrace.deploy.records import Deployment, Records, StoredObject
from headrace.deploy.runner import Start
from headrace.deploy.target import Target
from headrace.deploy.uninterrupted import uninterrupted
from headrace.deploy.upgrade import now
from headrace.errors import DeployError
from headrace.project import read_project
from headrace.settings import PROJECT


def roll_back(target: Target, job: str, to: int | None, wait_seconds: float) -> None:
    """Returns a job to a former deployment; when that fails, the current one runs again.

    Args:
        target: where the job runs.
        job: its name.
        to: number of the deployment; None: the one before the current one.
        wait_seconds: how long another deployment may take to end.

    Raises:
        DeployError: there is no such deployment, or it does not run any more; the message says what runs.
    """
    started = time.monotonic()
    with deployment_lock(target.records.folder, wait_seconds):
        clean_up(target.records, target.rest, target.say)
        current, former = choose(target.records, job, to)
        _refuse_stranger(target, current)
        _apply(target, current, former)
    target.say(
        f"rollback: done in {time.monotonic() - started:.0f} s. The files in sql/ and catalog/ are as they were: "
        "correct them (git revert), or the next deployment brings back what was rolled back"
    )


def choose(records: Records, job: str, to: int | None) -> tuple[Deployment, Deployment]:
    """The current deployment of a job, and the one to return to.

    Raises:
        DeployError: there is none.
    """
    current = records.current(job)
    if current is None:
        raise DeployError(f"job {job}: it is not deployed. See: headrace deployments")
    # A deployment that repeats another one stands where that one stood: rolling back again goes further back.
    place = current.rolled_back_to or current.number
    found = [
        one
        for one in records.history(job)
        if one.outcome not in {"starting", "failed"}
        and one.number != current.number
        and (one.number == to if to else one.number < place and not one.rolled_back_to)
    ]
    if not found:
        wanted = f"deployment {to}" if to else "a deployment before the current one"
        raise DeployError(f"job {job}: there is no {wanted} that ran. See: headrace deployments {job}")
    return current, found[-1]


def _refuse_stranger(target: Target, current: Deployment) -> None:
    for running in target.rest.jobs():
        if running.name == current.job and running.id != current.job_id:
            raise DeployError(
                f"job {current.job}: one of that name runs ({running.id}), and no deployment started it. "
                "Cancel it on Flink's page (headrace status), then roll back again."
            )


def _apply(target: Target, current: Deployment, former: Deployment) -> None:
    records = target.records
    highest = records.highest_id(current.job)
    aligned = align(records.plan(current), current.options, records.plan(former), former.options, highest)
    fits = not aligned.loses and not aligned.begins
    if not fits and not former.savepoint:
        raise DeployError(
            f"job {current.job}: the current state does not fit deployment {former.number}, and that one left no "
            "savepoint. Deploy its files instead, with --allow-state-loss or --replay-from."
        )
    session = [statement.text for statement in read_project(PROJECT).session]
    origin = origin_of(PROJECT)
    upgrade = target.upgrade(session)
    anew = _objects_that_differ(target, former)
    _tell_of_others(target, former, anew)
    _tell_of_code(target, former)
    with upgrade.or_taken_back("rollback"):
        if anew:
            upgrade.change_catalog(target.snapshot(), anew, lambda: _change_catalog(target, session, anew))
        plan: CompiledPlan = aligned.plan if fits else records.plan(former)
        again = Deployment(
            **former.model_dump(
                include={"job", "fingerprint", "inserts", "settings", "objects", "code", "commit", "dirty"}
            ),
            number=records.next_number(current.job),
            at=now(),
            by=origin.by,
            highest_id=max(highest, aligned.highest_id),
            rolled_back_to=former.rolled_back_to or former.number,
        )
        if target.rest.is_alive(str(current.job_id)):
            left = upgrade.stop(current).savepoint
        else:
            left = state_left(target.kept, current)
        start = Start(left, leave_state=aligned.leaves_state) if fits else Start(former.savepoint)
        tells = f"deployment {former.number} again, "
        if fits:
            tells += f"from the current state ({left})"
        else:
            tells += (
                f"from the savepoint with which it was stopped ({former.savepoint}), for the current state does not "
                "fit it; it reads its topics again from there"
            )
        upgrade.start(again, plan, start, tells)
    with uninterrupted():
        upgrade.complete()
        records.save_catalog({**records.catalog(), **anew})


def _objects_that_differ(target: Target, former: Deployment) -> dict[str, StoredObject]:
    """The objects of a former deployment that the catalog does not hold as they were."""
    there = {str(key): content for key, content in read_objects(target.catalog).items()}
    return {key: stored for key, stored in former.objects.items() if there.get(key) != stored.content}


def _tell_of_others(target: Target, former: Deployment, anew: dict[str, StoredObject]) -> None:
    for name, other in target.records.all_current().items():
        shared = sorted(anew.keys() & other.objects.keys()) if name != former.job else []
        if shared:
            target.say(f"job {name} was deployed with other forms of {', '.join(shared)}; it runs on as it is")


def _tell_of_code(target: Target, former: Deployment) -> None:
    """Workers read functions from the files; only these can bring former code back."""
    there = code_of(python_functions({key: stored.content for key, stored in former.objects.items()}))
    differ = sorted(file for file in {*former.code, *there} if former.code.get(file) != there.get(file))
    if former.code and differ:
        target.say(
            f"job {former.job}: {', '.join(differ)} differ from deployment {former.number}, and its functions run as "
            "the files say now: correct the files too (git revert), then deploy"
        )


def _change_catalog(target: Target, session: list[str], anew: dict[str, StoredObject]) -> None:
    keys = {created_object(stored.statement.text): stored for stored in anew.values()}
    create = [(keys[key].statement.file, keys[key].statement.text) for key in keys]
    target.change_catalog(session, keys, create)
    for key in keys:
        target.say(f"catalog: {key} as it was")
