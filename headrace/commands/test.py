"""`headrace test`: run the SQL tests, and record new ones."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from typer.core import TyperGroup

from headrace.commands.terminal import Json, command, console, say
from headrace.settings import PROJECT

if TYPE_CHECKING:
    from headrace.testing.runner import CaseResult


class _RunByDefault(TyperGroup):
    """`headrace test comments/late` is `headrace test run comments/late`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["run", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_RunByDefault,
    help="Run the SQL tests: `headrace test comments/late` is `headrace test run comments/late`. "
    "Record one: `headrace test new`.",
)

ProjectFolder = Annotated[Path, typer.Option(help="Folder that holds catalog/, sql/ and tests/sql/.", exists=True)]


@command(app)
def run(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="JOB|JOB/CASE", help="Which cases.", show_default="all")
    ] = None,
    update: Annotated[
        bool, typer.Option("--update", help="Write what came out as what is expected, and show what changes.")
    ] = False,
    real_model: Annotated[
        bool, typer.Option("--real-model", help="Ask the published model, though a case gives scores.")
    ] = False,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Show which lines of the jobs' SQL no case reaches.")
    ] = False,
    min_coverage: Annotated[
        float | None, typer.Option(metavar="PERCENT", help="… and fail when less is reached.", min=0, max=100)
    ] = None,
    project: ProjectFolder = PROJECT,
    as_json: Json = False,
) -> None:
    """Run the cases of tests/sql/ on a mini cluster.

    Exit status 1 when one gives other rows than expected, or less than --min-coverage is reached. What no case can
    reach is explained in the SQL, on its line or the one before: `-- unreached: <reason>`.
    """
    from headrace.project import read_project
    from headrace.settings import settings
    from headrace.testing.case import read_cases
    from headrace.testing.coverage.measure import Coverage, JobCoverage
    from headrace.testing.coverage.report import coverage_to_json, print_coverage
    from headrace.testing.problems import CaseError, shown
    from headrace.testing.runner import Runner, accept

    started, measured = time.monotonic(), Coverage()
    folder_of_cases = project / "tests" / "sql"
    cases = read_cases(folder_of_cases, names or [])
    if not cases:
        raise CaseError(f"{shown(folder_of_cases)}: there is no case. Record one: headrace test new <feature>")
    results: list[CaseResult] = []
    with tempfile.TemporaryDirectory(prefix="headrace-test-") as folder:
        files = read_project(project)
        runner = Runner(settings(), files, Path(folder))
        for case in cases:
            with console.status(f"{case.name} …"):
                result = runner.run(case, real_model)
            results.append(result)
            if not as_json:
                _show(result, update)
            if update and not result.error:
                accept(result)
        if coverage or min_coverage is not None:
            for name in dict.fromkeys(case.job for case in cases):
                with console.status(f"coverage of {name} …"):
                    job_coverage = JobCoverage(files, project, runner.job(name), measured)
                    for case in cases:
                        if case.job == name:
                            job_coverage.measure(case)
    failed = [result for result in results if not result.passed and (result.error or not update)]
    if as_json:
        covered = {"coverage": coverage_to_json(measured)} if measured.points else {}
        compiling = {name: round(seconds, 3) for name, seconds in runner.compiling_seconds.items()}
        _write(
            {
                "cases": [result.to_json() for result in results],
                "failed": len(failed),
                "seconds": round(time.monotonic() - started, 3),
                "compiling_seconds": compiling,
                **covered,
            }
        )
    else:
        if measured.points:
            print_coverage(console, measured, project)
        spent = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in runner.compiling_seconds.items())
        say(
            f"test: {len(results) - len(failed)} of {len(results)} cases as expected, "
            f"in {time.monotonic() - started:.0f} s (compiling: {spent})"
        )
    if failed or measured.percent < (min_coverage or 0):
        raise typer.Exit(1)


@command(app)
def new(
    feature: Annotated[str, typer.Argument(help="The feature whose rows are expected.")],
    messages: Annotated[int, typer.Option(help="How many messages of each source, the last ones.", min=1)] = 20,
    since: Annotated[
        str | None, typer.Option("--from", metavar="TIME", help="Only messages that Kafka took then or later.")
    ] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="TIME", help="Only messages from before.")] = None,
    where: Annotated[
        list[str] | None, typer.Option(metavar="FIELD=VALUE", help="Only messages whose JSON has this value.")
    ] = None,
    mask: Annotated[
        list[str] | None, typer.Option(metavar="FIELD", help="Replace the values of a JSON field, equal ones equally.")
    ] = None,
    case: Annotated[str | None, typer.Option(help="Name of the case.", show_default="recorded_ and the time")] = None,
    real_model: Annotated[
        bool, typer.Option("--real-model", help="Let the case ask the published model; else its scores are kept.")
    ] = False,
    project: ProjectFolder = PROJECT,
    as_json: Json = False,
) -> None:
    """Record a case from the running stack: the last messages of the sources that the feature reads, and its rows.

    Messages are kept byte for byte, in the order and with the times and places that Kafka has for them. What the SQL
    makes of them today is what the case expects from now on, so read it over.

    One user's comments of this morning, without their name:
    headrace test new item_sentiment --where user_id=u42 --from 2026-11-01T08:00:00Z --mask user_id
    """
    from headrace.testing.live import record_from_stack
    from headrace.testing.messages import Selection
    from headrace.testing.problems import shown
    from headrace.testing.recording import Wanted
    from headrace.testing.row_tables import rows_table

    pairs = [text.partition("=") for text in where or []]
    for name, equals, _ in pairs:
        if not equals:
            raise typer.BadParameter(f"{name}: write FIELD=VALUE", param_hint="--where")
    fields = tuple((name, value) for name, _, value in pairs)
    selection = Selection(messages, fields, _time("--from", since), _time("--to", until))
    with console.status("recording …"):
        recorded = record_from_stack(project, Wanted(feature, selection, tuple(mask or ()), real_model), case)
    if as_json:
        folder = str(recorded.case.folder)
        _write({"case": recorded.case.name, "folder": folder, "rows": recorded.rows, "remarks": list(recorded.remarks)})
        return
    say(f"test: recorded {recorded.case.name} in {shown(recorded.case.folder)}")
    console.print(rows_table(recorded.rows, recorded.key))
    for remark in recorded.remarks:
        say(f"  {remark}")
    say(f"  run it: headrace test {recorded.case.name}")


def _time(option: str, text: str | None) -> datetime | None:
    try:
        time = datetime.fromisoformat(text) if text else None
    except ValueError as error:
        raise typer.BadParameter(f"{text}: write it as 2026-11-01T08:00:00Z", param_hint=option) from error
    return time.astimezone() if time and not time.tzinfo else time


def _show(result: CaseResult, update: bool) -> None:
    from headrace.testing.problems import shown
    from headrace.testing.row_tables import difference_table

    word = "[green]ok[/green]" if result.passed else "[yellow]updated[/yellow]" if update else "[red]FAILED[/red]"
    console.print(f"{word} {escape(result.case.name)} [dim]{result.seconds:.1f} s[/dim]")
    if not result.passed:
        console.print(escape(result.case.settings.description), style="dim")
    if result.error:
        console.print(escape(result.error), style="red", soft_wrap=True)
    for each in result.differences:
        console.print(difference_table(each, shown(result.expected_file(each.table))))


def _write(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
