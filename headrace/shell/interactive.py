"""The shell at a terminal: asks, runs, shows, until its analyst leaves."""

from __future__ import annotations

from prompt_toolkit.application import get_app
from rich.text import Text

from headrace.errors import HeadraceError
from headrace.settings import settings
from headrace.shell.commands import COMMANDS, run_text
from headrace.shell.completion import SqlCompleter
from headrace.shell.mending import quoted
from headrace.shell.prompt import Prompt, ask
from headrace.shell.punctuation import plain
from headrace.shell.script import what_is_open
from headrace.shell.shell import CancelledError, LeaveError, Shell
from headrace.sql_gateway.client import SessionLostError

HISTORY = "shell-history"


def interact(shell: Shell) -> None:
    """Runs what is typed; an error or a cancelled query leads back to the prompt."""
    completer = SqlCompleter(lambda: shell.names, sorted(COMMANDS), quoted)
    prompt = Prompt(settings().stack / HISTORY, completer, lambda: _toolbar(shell))
    shell.ask = ask
    shell.names.load_soon()
    if shell.marks:
        shell.marks.load_soon()
    shell.note("Flink SQL, with the project's tables and models. End a statement with ; \\help helps, \\quit leaves.")
    while True:
        try:
            run_text(shell, prompt.ask())
        except (EOFError, LeaveError):
            return
        except KeyboardInterrupt:
            continue
        except CancelledError as cancelled:
            shell.note(str(cancelled))
        except SessionLostError:
            _reopen(shell)
        except HeadraceError as error:
            _tell(shell, error)


def _reopen(shell: Shell) -> None:
    try:
        shell.reopen()
    except HeadraceError as error:  # the gateway is only just coming up: the next statement tries again
        _tell(shell, error)
    else:
        shell.note(
            "The gateway had ended the session, its settings and temporary tables; a new one is open. "
            "Run the statement again: ↑ brings it back."
        )


def _tell(shell: Shell, error: HeadraceError) -> None:
    shell.notes.print(Text(f"error: {error}", style="red"), soft_wrap=True)


def _toolbar(shell: Shell) -> str:
    text = get_app().current_buffer.text
    if "\n" in text and not text.lstrip().startswith("\\") and (fault := what_is_open(plain(text))):
        return fault
    times = "on" if shell.shows_times else "off"
    return f"; ends a statement · Tab completes · Ctrl-C cancels · Ctrl-D leaves · timing {times}"
