"""Opens the shell's session: as catalog/session.sql says, on the local stack or another gateway."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from headrace.errors import ShellError
from headrace.flinksql.statements import split_statements
from headrace.shell.marks import Marks
from headrace.shell.names import CatalogNames
from headrace.shell.shell import Options, Shell
from headrace.shell.writers import JsonWriter, OutputConsole, TerminalWriter, TextWriter, Writer
from headrace.sql_gateway.client import GatewaySession

SESSION = Path("catalog") / "session.sql"


@contextlib.contextmanager
def open_shell(
    root: Path, gateway: str | None, is_json: bool, is_interactive: bool, lints: bool | None = None
) -> Iterator[Shell]:
    """A shell whose session ends with the `with` block, and every query with it.

    Args:
        root: the project's folder.
        gateway: URL of a SQL gateway; None for the local stack's.
        is_json: whether results are JSON.
        is_interactive: whether somebody types.
        lints: whether the lint rules mark statements before they are sent; by default where somebody types.

    Raises:
        StackError: the local stack does not run.
        GatewayError: the gateway does not answer, or refuses a statement of catalog/session.sql.
    """
    rest_url = None
    if gateway is None:
        from headrace.stack.stack import Stack

        addresses = Stack().addresses
        gateway, rest_url = addresses.sql_gateway_url, addresses.flink_rest_url
    # Into a file or pipe, lines are as long as they need to be.
    out = OutputConsole(highlight=False, width=None if sys.stdout.isatty() else 1_000_000)
    notes = out if is_interactive else Console(stderr=True, highlight=False)
    with contextlib.ExitStack() as opened:

        def open_session() -> GatewaySession:
            session = opened.enter_context(GatewaySession(gateway))
            session.keep_alive()
            start(session, root)
            return session

        def open_names(session: GatewaySession) -> CatalogNames:
            # Completion asks while the analyst types, and a query may still be ending.
            return CatalogNames(open_session() if is_interactive else session)

        def reopen() -> None:
            shell.session = open_session()
            shell.names = open_names(shell.session)

        def writer(expands: bool | None) -> Writer:
            if is_json:
                return JsonWriter()
            return TerminalWriter(out, expands) if out.is_terminal else TextWriter(out, expands=expands)

        session = open_session()
        shell = Shell(session, open_names(session), out, notes, Options(root, writer, rest_url, is_json))
        shell.reopen = reopen
        if is_interactive if lints is None else lints:
            shell.marks = Marks(root)
        yield shell


def start(session: GatewaySession, root: Path) -> None:
    """Runs the statements of catalog/session.sql.

    Raises:
        ShellError: the project has no such file.
        GatewayError: Flink refuses one of them.
    """
    file = root / SESSION
    if not file.exists():
        raise ShellError(f"{file}: there is no such file; it says what every session starts with.")
    for statement in split_statements(file.read_text(encoding="utf-8"), str(SESSION)):
        session.rows(statement.text)
