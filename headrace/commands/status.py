"""`headrace status`: how the stack and the jobs are."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer
from rich.markup import escape
from rich.table import Table

from headrace.commands.terminal import Json, command, console, say

if TYPE_CHECKING:
    from headrace.deploy.job_status import JobStatus
    from headrace.stack.stack import ProcessState

app = typer.Typer()


@command(app)
def status(as_json: Json = False) -> None:
    """Show each process of the stack, each job and each feature. Exit status 1 when a process does not serve.

    A job: its state, the commit that it was deployed from, age and size of its last checkpoint, how many records its
    sources are behind, how often it has restarted. A feature: rows written since the job's start, and the event time
    up to which it is complete. In a container: which models the image was built with.
    """
    from headrace.deploy.flink_rest import FlinkRest
    from headrace.deploy.job_status import job_statuses
    from headrace.deploy.records import Records
    from headrace.image.description import built_with
    from headrace.settings import PROJECT
    from headrace.stack.stack import Stack

    image = built_with(PROJECT)
    stack = Stack()
    processes = stack.status()
    serving = bool(processes) and all(process.serves for process in processes)
    jobs = job_statuses(FlinkRest(stack.addresses.flink_rest_url), Records(stack.settings)) if serving else []
    if as_json:
        sys.stdout.write(
            json.dumps(
                {
                    "processes": list(map(asdict, processes)),
                    "jobs": list(map(asdict, jobs)),
                    "image": image.model_dump() if image else None,
                }
            )
            + "\n"
        )
        raise typer.Exit(0 if serving else 1)
    if image:
        say(f"image: {image.tag}, of {image.created or 'an unknown time'}, commit {image.revision[:12] or 'unknown'}")
    if not processes:
        say("stack: down. Start it: make up")
    else:
        _show_processes(processes)
        if jobs:
            _show_jobs(jobs)
        else:
            say("jobs: none runs. Deploy them: make deploy")
    if not serving:
        raise typer.Exit(1)


def _show_processes(processes: Sequence[ProcessState]) -> None:
    table = Table("process", "state", "pid", "up for", "serves", "where", "log", box=None)
    for process in processes:
        table.add_row(
            process.name,
            process.state.lower(),
            str(process.pid or ""),
            f"{process.uptime_seconds} s" if process.pid else "",
            "yes" if process.serves else "[red]no[/red]",
            process.shows,
            os.path.relpath(process.log) if process.log else "",
        )
    console.print(table)


def _show_jobs(jobs: Sequence[JobStatus]) -> None:
    table = Table("job", "state", "deployed", "running for", "last checkpoint", "behind", "restarts", "id", box=None)
    for job in jobs:
        age, size = job.checkpoint_age_seconds, job.checkpoint_bytes
        table.add_row(
            escape(job.name),
            job.state.lower() if job.state in {"RUNNING", "STOPPED"} else f"[red]{job.state.lower()}[/red]",
            f"{job.deployment}, {job.commit}" if job.deployment else "[red]by hand[/red]",
            f"{job.running_seconds} s",
            "" if age is None else f"{age:.0f} s ago, {_bytes(size or 0)}",
            "" if job.lag_records is None else f"{job.lag_records} records",
            "" if job.restarts is None else str(job.restarts),
            job.id or "",
        )
    console.print(table)
    table = Table("feature", "job", "rows written", "complete up to", box=None)
    for job in jobs:
        for feature in job.features:
            table.add_row(
                escape(feature.table),
                escape(job.name),
                str(feature.rows),
                _moment(feature.event_time, feature.behind_seconds),
            )
    if table.row_count:
        console.print(table)


def _bytes(size: int) -> str:
    return f"{size / 1024:.0f} KiB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MiB"


def _moment(milliseconds: int | None, behind_seconds: float | None) -> str:
    if milliseconds is None or behind_seconds is None:
        return ""
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return f"{moment:%Y-%m-%d %H:%M:%S} ({behind_seconds:.0f} s ago)"
