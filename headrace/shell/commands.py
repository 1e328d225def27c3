r"""The shell's own commands: `\help` and the others."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import NoReturn

from rich.text import Text

from headrace.errors import ShellError
from headrace.flinksql.statements import Statement
from headrace.shell import saving
from headrace.shell.mending import laid_out, outer_limit, quoted
from headrace.shell.script import Command
from headrace.shell.shell import LeaveError, Shell
from headrace.sql_gateway.client import Row

HELP = r"""Statements end with a semicolon. Ctrl-C ends a query, on the cluster too; Tab completes; Ctrl-D leaves.

  SELECT sentiment(comment) FROM comments LIMIT 5;    a model over a stream; reserved words are quoted for you
  SELECT sentiment('太差了');                          a model over a text
  EXPLAIN SELECT …;                                   the plan as a tree: ◆ model calls, ■ state
  EXPLAIN CHANGELOG_MODE SELECT …;                    the plan as Flink writes it

  \tables               tables and views
  \describe <table>     its columns
  \functions            functions of the project
  \timing [on|off]      say where each query's time goes
  \save <feature>       the last query becomes a feature: its table, its statement, a test case
      [--job <job>] [--key <column>[,<column>…]] [--about <sentence>] [--ttl <time>]
  \trace                all that Flink said of the last error
  \quit                 leave"""


def run_item(shell: Shell, item: Statement | Command) -> None:
    """Runs what was typed.

    Raises:
        HeadraceError: it cannot be done.
        CancelledError: Ctrl-C has ended a query.
        LeaveError: the analyst leaves.
    """
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
    run = COMMANDS.get(command.name)
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


def _trace(shell: Shell, arguments: tuple[str, ...]) -> None:
    shell.out.print(Text(shell.last_trace or "There was no error."), soft_wrap=True)


def _quit(shell: Shell, arguments: tuple[str, ...]) -> None:
    raise LeaveError


def _save(shell: Shell, arguments: tuple[str, ...]) -> None:
    asked = _save_arguments(arguments)
    root = shell.options.root
    if not shell.last_query:
        raise ShellError("\\save: no query was run yet. Run it, look at its rows, then save it.")
    saving.refuse_taken(root, asked.feature, shell.names.tables())
    query = saving.without_limit(shell.last_query, outer_limit(shell.last_query) is not None)
    columns = saving.result_columns(shell.session, query)
    names = [column.name for column in columns]
    jobs = sorted(folder.name for folder in (root / "sql").glob("*/"))
    job = asked.job or _ask(
        shell, f"job, a folder in sql/ ({', '.join(jobs)})", jobs[0] if len(jobs) == 1 else "", "job"
    )
    key = asked.key or _ask(
        shell,
        f"columns of the primary key ({', '.join(names)})",
        ", ".join(saving.likely_key(query, columns)),
        "key",
    )
    about = asked.about or _ask(shell, "what readers find there, in one sentence", "", "about")
    feature = saving.Feature(
        name=asked.feature,
        job=job,
        query=laid_out(query),
        columns=columns,
        key=tuple(part.strip() for part in key.split(",") if part.strip()),
        about=about,
        ttl=asked.ttl,
    )
    saving.refuse_wrong(feature)
    insert = saving.checked_insert(shell.session, feature, quoted)
    for file in saving.write(feature, root, quoted, insert):
        shell.note(f"saved: {file.relative_to(root)}", style="green")


def _save_arguments(arguments: tuple[str, ...]) -> argparse.Namespace:
    parser = _Parser(prog="\\save", add_help=False)
    parser.add_argument("feature")
    parser.add_argument("--job", default="")
    parser.add_argument("--key", default="")
    parser.add_argument("--about", default="")
    parser.add_argument("--ttl", default="7 d")
    return parser.parse_args(arguments)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise ShellError(f"\\save: {message}. \\help says how it is written.")


def _ask(shell: Shell, question: str, default: str, option: str) -> str:
    if shell.ask is None:
        if default:
            return default
        raise ShellError(f"\\save: nobody is there to be asked: {question}. Give it: --{option} …")
    return shell.ask(question, default)


def _show(shell: Shell, statement: str) -> None:
    with shell.session.execute(statement) as operation:
        rows: list[Row] = [row for page in operation.pages() for row in page.rows]
        shell.show(operation.columns, rows)


COMMANDS: dict[str, Callable[[Shell, tuple[str, ...]], None]] = {
    "help": _help,
    "tables": _tables,
    "describe": _describe,
    "functions": _functions,
    "timing": _timing,
    "save": _save,
    "trace": _trace,
    "quit": _quit,
}
