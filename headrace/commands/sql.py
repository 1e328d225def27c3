"""`headrace sql`: the analyst's shell; `headrace sql-client`: Flink's own client."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from headrace.commands.terminal import command
from headrace.settings import PROJECT

if TYPE_CHECKING:
    from headrace.shell.shell import Shell

app = typer.Typer()

INTERRUPTED = 130


@command(app)
def sql(
    execute: Annotated[
        list[str] | None, typer.Option("--execute", "-e", help="Run these statements, then leave.", metavar="SQL")
    ] = None,
    file: Annotated[
        list[Path] | None,
        typer.Option("--file", "-f", help="Run the statements of a file, then leave; - is the standard input."),
    ] = None,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json",
            help="Print one JSON object a row, a column a key; an update or deletion has its change in __op.",
        ),
    ] = False,
    times: Annotated[bool, typer.Option("--timing", help="Say where each statement's time goes.")] = False,
    lint: Annotated[
        bool | None,
        typer.Option(
            "--lint/--no-lint",
            help="Say what the lint rules find in a statement before it is sent.",
            show_default="at a terminal",
        ),
    ] = None,
    gateway: Annotated[
        str | None, typer.Option(help="Another SQL gateway than the local stack's.", metavar="URL")
    ] = None,
    project: Annotated[
        Path, typer.Option(help="Folder that holds catalog/ and sql/.", exists=True, file_okay=False)
    ] = PROJECT,
) -> None:
    """Ask in SQL: every table, model and function of the catalog is there.

    Rows appear as they come. Ctrl-C ends a query on the cluster, too. Reserved words are quoted for you, and a model
    may be tried on a text alone; what was changed is shown. In the shell, \\help lists commands: \\save makes a feature
    of the last query, EXPLAIN shows model calls and state.

    Without a terminal, with -e or with -f: results go to the standard output, everything else to standard error; the
    first error ends it, with exit status 1. Ctrl-C or the end of the reading program cancel what runs.

    \b
    headrace sql -e "SELECT sentiment(comment) FROM comments LIMIT 5"
    headrace sql -e "SELECT sentiment('太差了')" --json
    headrace sql -f catalog/rows/holiday_topics.sql
    """
    from headrace.errors import ShellError

    scripts = [(text, "") for text in execute or ()]
    for path in file or ():
        try:
            scripts.append((sys.stdin.read() if str(path) == "-" else path.read_text("utf-8"), str(path)))
        except (OSError, UnicodeDecodeError) as error:
            raise ShellError(f"{path}: it cannot be read: {error}") from error
    if not scripts and not sys.stdin.isatty():
        scripts.append((sys.stdin.read(), "standard input"))
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _interrupt)
    from headrace.shell.session import open_shell

    try:
        with open_shell(project, gateway, as_json, is_interactive=not scripts, lints=lint) as shell:
            shell.shows_times = times
            if scripts:
                _run_scripts(shell, scripts)
            else:
                from headrace.shell.interactive import interact

                interact(shell)
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        # Whoever read has read enough; nothing is to be written when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@command(app, "sql-client")
def sql_client(
    arguments: Annotated[
        list[str] | None, typer.Argument(help="Given to sql-client.sh as they are, after `--`.")
    ] = None,
) -> None:
    """Open a session of the stock Flink SQL client on the stack, in the catalog `headrace`."""
    from headrace.settings import settings
    from headrace.stack.flink import flink_environment
    from headrace.stack.flink_configuration import BIN
    from headrace.stack.stack import Stack

    _ = Stack().addresses
    program = str(BIN / "sql-client.sh")
    initial = () if arguments else ("-i", str(PROJECT / "catalog" / "session.sql"))
    history = ("-hist", str(settings().stack / "sql-history"))
    sys.stdout.flush()
    os.execve(  # noqa: S606  (the client takes over the terminal)
        program, [program, *history, *initial, *(arguments or [])], {**os.environ, **flink_environment(settings())}
    )


def _run_scripts(shell: Shell, scripts: list[tuple[str, str]]) -> None:
    """Runs statements until the end or the first error."""
    from headrace.shell.commands import run_text
    from headrace.shell.shell import CancelledError, LeaveError

    try:
        for text, name in scripts:
            run_text(shell, text, name)
    except CancelledError as cancelled:
        shell.note(str(cancelled))
        raise typer.Exit(INTERRUPTED) from cancelled
    except LeaveError:
        return


def _interrupt(number: int, frame: Any) -> None:
    """A signal that ends the shell ends its query as Ctrl-C does."""
    raise KeyboardInterrupt
