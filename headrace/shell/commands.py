r"""The shell's own commands: `\help` and the others."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text

from headrace.errors import ShellError
from headrace.shell.punctuation import plain, replaced_characters
from headrace.shell.save_command import save
from headrace.shell.script import Command, read_script
from headrace.shell.shell import LeaveError, Shell
from headrace.sql_gateway.client import Row

HELP = r"""Statements end with a semicolon. Ctrl-C ends a query, on the cluster too; Tab completes; Ctrl-D leaves.

  SELECT sentiment(comment) FROM comments LIMIT 5;    a model over a stream; reserved words are quoted for you
  SELECT sentiment('太差了');                          a model over a text
  EXPLAIN SELECT …;                                   the plan as a tree: ◆ model calls, ■ state
  EXPLAIN CHANGELOG_MODE SELECT …;                    the plan as Flink writes it

  \tables, \dt            tables and views
  \describe, \d <table>   its columns
  \functions, \df         functions of the project
  \expanded, \x [on|off|auto]   a line a column; auto: where a table would be too wide
  \timing [on|off]        say where each query's time goes
  \save <feature>         the last query becomes a feature: its table, its statement, a test case
      [--job <job>] [--key <column>[,<column>…]] [--about <sentence>] [--ttl <time>] [--no-test]
  \trace                  all that Flink said of the last error
  \quit, \q               leave"""


def run_text(shell: Shell, text: str, file: str = "") -> None:
    """Runs statements and commands, one after the other, until the end or the first error.

    Args:
        shell: where.
        text: what was typed, or a file holds.
        file: its name.

    Raises:
        HeadraceError: one of them cannot be done.
        CancelledError: Ctrl-C has ended a query.
        LeaveError: the analyst leaves.
    """
    if replaced := replaced_characters(text):
        shell.note(f"{f'{file}: ' if file else ''}read as plain punctuation: {replaced}", style="cyan")
    for item in read_script(plain(text), file):
        if isinstance(item, Command):
            run_command(shell, item)
        else:
            shell.run(item)


def run_command(shell: Shell, command: Command) -> None:
    """Runs a command.

    Raises:
        ShellError: there is no such command, or it cannot do what is asked.
        LeaveError: `\\quit`.
    """
    run = COMMANDS.get(SHORT.get(command.name, command.name))
    if run is None:
        raise ShellError(f"\\{command.name}: no such command. \\help lists them.")
    run(shell, command.arguments)


def _help(shell: Shell, arguments: tuple[str, ...]) -> None:
    shell.out.print(Text(HELP), soft_wrap=True)


def _tables(shell: Shell, arguments: tuple[str, ...]) -> None:
    _show(shell, "SHOW TABLES")


def _functions(shell: Shell, arguments: tuple[str, ...]) -> None:
    _show(shell, "SHOW USER FUNCTIONS")


def _describe(shell: Shell, arguments: tuple[str, ...]) -> None:
    if not arguments:
        _tables(shell, ())
        return
    if len(arguments) != 1:
        raise ShellError("\\describe: it wants one table. Write: \\describe <table>; \\tables lists them.")
    [table] = arguments
    if table not in shell.names.tables():
        raise ShellError(f"\\describe {table}: there is no such table. \\tables lists them.")
    _show(shell, f"DESCRIBE `{table}`")


def _timing(shell: Shell, arguments: tuple[str, ...]) -> None:
    if arguments not in {(), ("on",), ("off",)}:
        raise ShellError("\\timing: it wants on or off.")
    shell.shows_times = arguments == ("on",) if arguments else not shell.shows_times
    shell.note(f"timing is {'on' if shell.shows_times else 'off'}")


def _expanded(shell: Shell, arguments: tuple[str, ...]) -> None:
    if arguments not in {(), ("on",), ("off",), ("auto",)}:
        raise ShellError("\\expanded: it wants on, off or auto.")
    if arguments == ("auto",):
        shell.expands = None
    else:
        shell.expands = arguments == ("on",) if arguments else not shell.expands
    shell.note(f"expanded is {'auto' if shell.expands is None else 'on' if shell.expands else 'off'}")


def _trace(shell: Shell, arguments: tuple[str, ...]) -> None:
    shell.out.print(Text(shell.last_trace or "There was no error."), soft_wrap=True)


def _quit(shell: Shell, arguments: tuple[str, ...]) -> None:
    raise LeaveError


def _show(shell: Shell, statement: str) -> None:
    with shell.session.execute(statement) as operation:
        rows: list[Row] = [row for page in operation.pages() for row in page.rows]
        shell.show(operation.columns, rows)


COMMANDS: dict[str, Callable[[Shell, tuple[str, ...]], None]] = {
    "help": _help,
    "tables": _tables,
    "describe": _describe,
    "functions": _functions,
    "expanded": _expanded,
    "timing": _timing,
    "save": save,
    "trace": _trace,
    "quit": _quit,
}
# As other shells call them.
SHORT = {"d": "describe", "dt": "tables", "df": "functions", "x": "expanded", "q": "quit", "?": "help", "h": "help"}
