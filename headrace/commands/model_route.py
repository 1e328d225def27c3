"""Versions as they serve: status, route, canary, promote, rollback, shadow."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from headrace.commands.model import app
from headrace.commands.model_repository import Name, Repository, Version, prefixed, steps
from headrace.commands.terminal import Json, command, console, say

if TYPE_CHECKING:
    from headrace.inference.route import Route
    from headrace.inference.route_history import RouteHistory

CHANGES_SHOWN = 8
_DURATIONS = {"s": 1, "m": 60, "h": 3600}


@command(app)
def route(name: Name, repository: Repository = None, as_json: Json = False) -> None:
    """Show which versions serve with what shares, what computes in their shadow, and who changed it when."""
    from headrace.inference.repository import ModelRepository
    from headrace.inference.route_history import RouteHistory

    used = ModelRepository(repository)
    now = used.route(name)
    changes = RouteHistory(used, name).changes()
    if as_json:
        _print_json(
            {
                "model": name,
                "weights": now.weights,
                "shares": {version: now.share(version) for version in now.serving},
                "shadow": now.shadow,
                "changes": [change.model_dump(mode="json") for change in changes],
            }
        )
        return
    console.print(_versions_table(now))
    if changes:
        table = Table("when", "who", "what", "route", box=None, header_style="dim")
        for change in changes[-CHANGES_SHOWN:][::-1]:
            table.add_row(f"{change.time:%Y-%m-%d %H:%M:%S} UTC", change.by, change.command, str(change.after))
        console.print("", table)


@command(app)
def canary(
    name: Name,
    version: Version,
    weight: Annotated[int, typer.Option(help="Share of the texts in percent.", min=1, max=99)] = 5,
    shares: Annotated[
        str | None, typer.Option("--steps", help="Several shares, one after the other: 5,20,50,100.")
    ] = None,
    every: Annotated[str, typer.Option(help="Time from one step to the next: 30s, 10m, 2h.")] = "10m",
    repository: Repository = None,
) -> None:
    """Give a version a share of the texts; the others share the rest as they did.

    The version is verified first, as a worker would: hashes, tensors, golden rows. Workers follow within 5 seconds,
    without a restart. A key (a user, say) stays with the version that it has while the share grows. With --steps the
    command stays until the last one; end it with Ctrl+C, and the share stays where it is.

    Example: headrace model canary sentiment 2 --weight 20
    """
    from headrace.inference.route_history import canary as with_share
    from headrace.inference.route_history import promote as with_all

    percents = [_percent(step) for step in shares.split(",")] if shares else [weight]
    pause = _seconds(every)
    for number, share in enumerate(percents):
        if number:
            time.sleep(pause)
        change = (
            partial(with_all, version=version) if share == 100 else partial(with_share, version=version, percent=share)
        )
        _change(name, repository, "canary", change, verify=number == 0)


@command(app)
def promote(
    name: Name,
    version: Annotated[
        int | None, typer.Argument(help="Number of the version.  [default: the latest that has a share]", min=1)
    ] = None,
    repository: Repository = None,
) -> None:
    """Give all texts to one version, after it was verified."""
    from headrace.inference.route_history import promote as with_all

    _change(name, repository, "promote", lambda now: with_all(now, version or now.serving[0]))


@command(app)
def rollback(name: Name, repository: Repository = None) -> None:
    """Go back to the route before the last change; once more, and to the one before that."""
    from headrace.inference.errors import RouteError
    from headrace.inference.repository import ModelRepository
    from headrace.inference.route_history import RouteHistory

    history = RouteHistory(ModelRepository(repository), name)
    former = history.former_routes()
    if not former:
        raise RouteError(f"{name}: its route has not been changed. There is nothing to go back to.")
    _change(name, repository, "rollback", lambda _: former[0])


@command(app)
def shadow(
    name: Name,
    version: Version,
    off: Annotated[bool, typer.Option("--off", help="Take the version out of the shadow.")] = False,
    repository: Repository = None,
) -> None:
    """Let a version compute on the same texts as those that serve. It is counted, its results are not used."""
    from headrace.inference.route_history import with_shadow, without_shadow

    change = without_shadow if off else with_shadow
    _change(name, repository, "shadow", lambda now: change(now, version), verify=not off)


@command(app)
def status(name: Name, repository: Repository = None, as_json: Json = False) -> None:
    """Show how a model serves in the jobs that run: rows, shares, errors, latency, swaps and failed loads.

    Each worker counts since its start. The figures come from Flink's REST API, so the stack has to run; whether the
    versions of the route are sound is found out here. Exit status 1 when one is not.
    """
    from headrace.deploy.model_status import read_workers
    from headrace.inference.errors import InferenceError
    from headrace.inference.repository import ModelRepository
    from headrace.inference.verify import verify_version
    from headrace.stack.stack import Stack

    used = ModelRepository(repository)
    now = used.route(name)
    stack = Stack()
    workers = read_workers(stack.addresses.flink_rest_url, name) if stack.is_up() else []
    verified: dict[int, str | None] = {}
    with steps() as step:
        for version in now.versions:
            step(f"verify version {version}")
            try:
                verify_version(used, name, version)
                verified[version] = None
            except InferenceError as error:
                verified[version] = str(error)
    if as_json:
        _print_json(
            {
                "model": name,
                "weights": now.weights,
                "shadow": now.shadow,
                "verified": {version: {"ok": error is None, "error": error} for version, error in verified.items()},
                "workers": [worker.as_json() for worker in workers],
            }
        )
    else:
        from headrace.commands.model_status_tables import show_status

        console.print(_versions_table(now, verified))
        if workers:
            show_status(console, now, workers)
        else:
            say(f"workers: none has counted a row of {name}. Deploy a job that calls it: make deploy; see: make status")
    if any(verified.values()):
        raise typer.Exit(1)


def _change(
    name: str, repository: str | None, what: str, change: Callable[[Route], Route], verify: bool = True
) -> None:
    """Verify the versions that are new in a route, write it, and say so."""
    from headrace.inference.repository import ModelRepository
    from headrace.inference.route_history import RouteHistory
    from headrace.inference.verify import verify_version

    used = ModelRepository(repository)
    history: RouteHistory = RouteHistory(used, name)
    before = used.route(name)
    after = change(before)
    if after == before:
        say(f"{name}: the route is so already: {before}")
        return
    if verify:
        with steps() as step:
            for version in after.versions:
                if version not in before.versions or after.share(version) > before.share(version):
                    verify_version(used, name, version, prefixed(step, f"verify version {version}: "))
    history.change(what, after)
    say(f"{name}: {after}; before: {before}")
    say(f"Workers follow within seconds. Look: headrace model status {name}. Back: headrace model rollback {name}")


def _versions_table(now: Route, verified: dict[int, str | None] | None = None) -> Table:
    table = Table("version", "weight", "share", "", *(["files and golden rows"] if verified else []), box=None)
    for version in (*sorted(now.weights, reverse=True), *now.shadow):
        share = now.share(version)
        cells = (
            ("-", "-", "shadow") if version in now.shadow else (str(now.weights[version]), f"{share:.1%}", _bar(share))
        )
        error = (verified or {}).get(version)
        tail = ["[red]" + error.replace("[", r"\[") + "[/red]" if error else "ok"] if verified else []
        table.add_row(str(version), *cells, *tail)
    return table


def _bar(share: float) -> str:
    return "█" * round(20 * share)


def _percent(text: str) -> int:
    if not text.strip().isdecimal() or not 1 <= int(text) <= 100:
        raise typer.BadParameter(f"{text!r} is no share in percent. Write --steps 5,20,50,100.")
    return int(text)


def _seconds(text: str) -> float:
    if not text[:-1].isdecimal() or text[-1] not in _DURATIONS:
        raise typer.BadParameter(f"{text!r} is no time. Write --every 30s, 10m or 2h.")
    return float(int(text[:-1]) * _DURATIONS[text[-1]])


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")
