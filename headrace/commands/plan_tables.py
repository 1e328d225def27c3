"""How plans and deployments look on a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.syntax import Syntax
from rich.table import Table

from headrace.deploy.align import Operator
from headrace.deploy.plan import Action, JobPlan, Plan
from headrace.deploy.records import Deployment

_SIGNS = {
    Action.NEW: ("+", "green"),
    Action.CHANGED: ("~", "yellow"),
    Action.RESUMED: ("▶", "yellow"),
    Action.UNCHANGED: ("=", "dim"),
    Action.REMOVED: ("-", "red"),
}


def show_plan(console: Console, plan: Plan) -> None:
    """Prints what a deployment would do."""
    if plan.under_way:
        console.print(
            f"[red]! {escape(plan.under_way)} is under way: this is what the stack is at in the midst of it[/]"
        )
    for one in plan.interrupted:
        was = f"job {escape(one.job)}: deployment {one.number} was interrupted"
        console.print(f"[red]! {was}; what it started is canceled first[/]")
    for job in plan.jobs:
        _show_job(console, job)
    for verb, colour, keys in (
        ("+ create", "green", plan.create),
        ("~ replace", "yellow", plan.replace),
        ("- drop", "red", plan.drop),
    ):
        for key in keys:
            drifted = (
                " (drifted: somebody has changed it since the last deployment)" if key in plan.drifted_objects else ""
            )
            console.print(f"[{colour}]{verb}[/] {escape(str(key))}{drifted}")
    for topic in plan.topics:
        console.print(f"[green]+ create[/] topic {escape(topic)}")
    if plan.readers:
        console.print("readers of these tables notice:")
        for table in plan.readers:
            console.print(f"  {escape(table.table)}: {escape('; '.join(table.changes))}")
    for stranger in plan.strangers:
        console.print(
            f"[dim]? job {escape(stranger.name)} ({stranger.id}) runs; no deployment started it: it is let be[/]"
        )
    if plan.is_empty():
        console.print("plan: nothing to change")
    elif plan.losing():
        names = ", ".join(job.name for job in plan.losing())
        console.print(f"[red]plan: {names} would lose state: deploy needs --allow-state-loss or --replay-from[/]")
    else:
        console.print("plan: apply it: make deploy")


def _show_job(console: Console, job: JobPlan) -> None:
    sign, colour = _SIGNS[job.action]
    console.print(f"[{colour}]{sign} job {escape(job.name)}: {job.action}[/]")
    if job.stranger:
        console.print(
            f"    [red]drifted: a job of that name runs ({job.stranger}), and no deployment started it: cancel it[/]"
        )
    if job.drift:
        console.print(f"    [red]drifted: deployed, but it does not run: {job.drift}[/]")
    if job.state and job.action is not Action.REMOVED:
        console.print(f"    goes on from {escape(job.state)}")
    if job.action is Action.UNCHANGED:
        return
    if job.action is Action.NEW and job.compiled:
        for insert in job.compiled.files.inserts:
            console.print(f"    [green]+ {escape(insert.file)}[/]")
    elif job.diff:
        console.print(Syntax(job.diff, "diff", background_color="default", word_wrap=True))
    for words, style, operators in states(job):
        for operator in dict.fromkeys(operators):
            console.print(f"    [{style}]{words:21}[/]  {escape(_in_short(operator, job))}")


def states(job: JobPlan) -> list[tuple[str, str, tuple[Operator, ...]]]:
    """What becomes of the state of a job's operators: in words, with a colour."""
    alignment = job.alignment
    if alignment is None or job.action in {Action.UNCHANGED, Action.RESUMED}:
        return []
    return [
        ("keeps its state", "green", alignment.keeps),
        ("loses its state", "red", alignment.loses),
        ("ends with its feature", "yellow", alignment.drops),
        ("begins empty", "cyan", alignment.begins),
    ]


def _in_short(operator: Operator, job: JobPlan) -> str:
    everything = job.alignment and {name for names in job.alignment.plan.sinks.values() for name in names}
    if len(operator.features) > 1 and set(operator.features) == everything:
        return f"all features: {operator.words}"
    return str(operator)


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """The plan for programs."""
    return {
        "jobs": [
            {
                "job": job.name,
                "action": job.action.value,
                "runs": job.runs,
                "drift": job.drift,
                "stranger": job.stranger,
                "state": job.state,
                "loses_state": job.loses_state,
                "diff": job.diff if job.action is not Action.UNCHANGED else "",
                "operators": [
                    {"features": list(operator.features), "operator": operator.words, "state": words}
                    for words, _, operators in states(job)
                    for operator in operators
                ],
            }
            for job in plan.jobs
        ],
        "create": [str(key) for key in plan.create],
        "replace": [str(key) for key in plan.replace],
        "drop": [str(key) for key in plan.drop],
        "drifted_objects": [str(key) for key in plan.drifted_objects],
        "strangers": [asdict(job) for job in plan.strangers],
        "topics": list(plan.topics),
        "under_way": plan.under_way,
        "interrupted": [{"job": one.job, "deployment": one.number} for one in plan.interrupted],
        "readers": [asdict(table) for table in plan.readers],
        "is_empty": plan.is_empty(),
    }


def show_deployments(console: Console, history: Iterable[Deployment]) -> None:
    """Prints deployments as a table."""
    table = Table("job", "number", "when", "by", "commit", "SQL", "what became of it", "without it for", box=None)
    for one in history:
        outcome = one.outcome + (f" (deployment {one.rolled_back_to} again)" if one.rolled_back_to else "")
        if one.reason:
            outcome += f": {one.reason.splitlines()[0][:80]}"
        table.add_row(
            one.job,
            str(one.number),
            f"{one.at:%Y-%m-%d %H:%M:%S}",
            one.by,
            one.short_commit(),
            one.sql_hash[:8],
            escape(outcome),
            "" if one.downtime_seconds is None else f"{one.downtime_seconds} s",
        )
    console.print(table)
