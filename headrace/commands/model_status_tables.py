"""What `headrace model status` shows of the workers."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from headrace.deploy.model_status import Worker
from headrace.inference.route import Route


def show_status(console: Console, route: Route, workers: list[Worker]) -> None:
    """A table of what serves, and others of shadows and failures where there are any."""
    table = Table("worker", "version", "weight", "rows", "share", "fallbacks", "errors", "p50", "p99", "load", "swaps",
                  box=None, header_style="dim")  # fmt: skip
    for column in table.columns[1:]:
        column.justify = "right"
    for worker in workers:
        for version, one in sorted(worker.versions.items(), reverse=True):
            if one.weight or one.rows:
                table.add_row(
                    _name(worker),
                    str(version),
                    str(one.weight),
                    f"{one.rows:,}",
                    f"{one.share:.1%}",
                    f"{one.fallbacks:,}",
                    _counts(one.errors),
                    _milliseconds(one.p50_ms),
                    _milliseconds(one.p99_ms),
                    _milliseconds(one.load_ms),
                    str(worker.swaps),
                )
    console.print("", table)
    _show_shadows(console, workers)
    for worker in workers:
        for version, errors in sorted(worker.failed_loads.items()):
            console.print(f"[red]{_name(worker)}: version {version} did not load: {_counts(errors)}[/red]")
        if worker.route_errors:
            console.print(f"[red]{_name(worker)}: route.yaml could not be used: {_counts(worker.route_errors)}[/red]")
        serving = {version: one.weight for version, one in worker.versions.items() if one.weight}
        if serving != {version: route.weights[version] for version in route.serving}:
            console.print(
                f"{_name(worker)}: serves {_counts(serving)} as of its last batch, not (yet) what the route says"
            )


def _show_shadows(console: Console, workers: list[Worker]) -> None:
    table = Table("worker", "shadow", "rows", "disagreements", "dropped", box=None, header_style="dim")
    for worker in workers:
        for version, one in sorted(worker.versions.items()):
            if one.shadow_rows or one.shadow_dropped_rows:
                table.add_row(
                    _name(worker),
                    str(version),
                    f"{one.shadow_rows:,}",
                    f"{one.shadow_disagreements:,}",
                    f"{one.shadow_dropped_rows:,}",
                )
    if table.row_count:
        console.print("", table)


def _name(worker: Worker) -> str:
    return f"{worker.job}/{worker.subtask} on {worker.task_manager}"


def _counts(counts: Mapping[int, int] | Mapping[str, int]) -> str:
    return ", ".join(f"{name}: {count}" for name, count in counts.items()) or "0"


def _milliseconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.3g} ms"
