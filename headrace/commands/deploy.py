"""`headrace plan`, `deploy`, `undeploy`, `rollback` and `deployments`: from SQL files to running jobs, and back."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from headrace.commands.terminal import Json, command, console, say
from headrace.settings import PROJECT

app = typer.Typer()

Project = Annotated[Path, typer.Option(help="Folder that holds catalog/ and sql/.", exists=True)]
Wait = Annotated[float, typer.Option(help="How long another deployment may take to end, in seconds.", min=0)]

CHANGES, LOSES_STATE = 2, 3


@command(app)
def plan(
    project: Project = PROJECT,
    as_json: Json = False,
    exit_code: Annotated[
        bool,
        typer.Option(
            "--exit-code",
            help=f"Exit status {CHANGES} when there is something to do, {LOSES_STATE} when a feature would lose state.",
        ),
    ] = False,
) -> None:
    """Show what a deployment would do: jobs, SQL, operators that keep or lose their state, readers' columns, topics.

    Nothing is touched. Exit status 0, and 1 when Flink refuses a statement.
    """
    from headrace.commands.plan_tables import plan_as_json, show_plan
    from headrace.deploy.deploy import Deployer
    from headrace.stack.stack import Stack

    found = Deployer(Stack(), (lambda _: None) if as_json else say, project).plan()
    if as_json:
        sys.stdout.write(json.dumps(plan_as_json(found), ensure_ascii=False) + "\n")
    else:
        show_plan(console, found)
    if exit_code and not found.is_empty():
        raise typer.Exit(LOSES_STATE if found.losing() else CHANGES)


@command(app)
def deploy(
    project: Project = PROJECT,
    allow_state_loss: Annotated[
        bool, typer.Option("--allow-state-loss", help="Operators whose state does not fit any more begin empty.")
    ] = False,
    replay_from: Annotated[
        datetime | None,
        typer.Option(
            help="Jobs that would lose state begin anew and read their topics from this time on (UTC).",
            formats=["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d"],
        ),
    ] = None,
    wait: Wait = 0,
) -> None:
    """Make the stack run what catalog/ and sql/ say. Flink checks all of it first; a mistake changes nothing.

    A job that changed is stopped with a savepoint and goes on from it; the deployment waits until it runs and has
    completed a checkpoint. When that fails, what ran before runs again, and the exit status is 1. A job that does not
    run, though it was deployed, goes on from its last savepoint or checkpoint. A second deployment changes nothing.
    """
    from headrace.deploy.deploy import Deployer
    from headrace.deploy.state_choice import StateChoice
    from headrace.deploy.uninterrupted import end_as_interrupted
    from headrace.stack.stack import Stack

    end_as_interrupted()
    since = replay_from.replace(tzinfo=UTC) if replay_from else None
    Deployer(Stack(), say, project).deploy(StateChoice(allow_state_loss, since), wait)


@command(app)
def undeploy() -> None:
    """Stop the deployed jobs, each with a savepoint from which the next deployment goes on. Tables stay."""
    from headrace.deploy.deploy import Deployer
    from headrace.stack.stack import Stack

    if not Deployer(Stack(), say).undeploy():
        say("undeploy: no deployed job runs")


@command(app)
def rollback(
    job: Annotated[str, typer.Argument(help="Folder of the job in sql/.")],
    to: Annotated[int | None, typer.Option(help="Number of a deployment.", show_default="the previous one")] = None,
    wait: Wait = 0,
) -> None:
    """Return a job to its previous deployment: its SQL, its plan, its catalog objects.

    It goes on from the current state where that fits, else from the savepoint with which that deployment was stopped:
    then it reads its topics again from there. The files stay as they are.
    """
    from headrace.deploy.rollback import roll_back
    from headrace.deploy.target import Target
    from headrace.deploy.uninterrupted import end_as_interrupted
    from headrace.stack.stack import Stack

    end_as_interrupted()
    roll_back(Target(Stack(), say), job, to, wait)


@command(app)
def deployments(
    job: Annotated[str | None, typer.Argument(help="One job.", show_default="all")] = None, as_json: Json = False
) -> None:
    """Show the history of deployments: who, when, from which commit, and what became of each."""
    from headrace.commands.plan_tables import show_deployments
    from headrace.deploy.records import Records
    from headrace.errors import DeployError
    from headrace.settings import settings

    records = Records(settings())
    names = records.job_names()
    if job and job not in names:
        raise DeployError(f"{records.folder}: no deployment of job {job}. There are: {', '.join(names) or 'none'}.")
    history = [one for name in ([job] if job else names) for one in records.history(name)]
    if as_json:
        without = {"objects", "code"}
        shown = [{**one.model_dump(mode="json", exclude=without), "sql_hash": one.sql_hash} for one in history]
        sys.stdout.write(json.dumps(shown, ensure_ascii=False) + "\n")
    else:
        show_deployments(console, history)
