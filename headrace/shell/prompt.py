"""The prompt: several lines until the semicolon, colours, completion, a history that only its owner reads."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import Completer
from prompt_toolkit.filters import Condition, completion_is_selected, is_searching
from prompt_toolkit.formatted_text import HTML
from prompt_toolkit.history import FileHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.sql import SqlLexer

from headrace.shell.script import is_complete

PROMPT = "sql> "
CONTINUED = "  -> "


class Prompt:
    """Asks for statements.

    Args:
        history: file of what was typed before; it is made, for its owner alone, where it is missing.
        completer: what the Tab key offers.
        toolbar: the line below.
    """

    def __init__(self, history: Path, completer: Completer, toolbar: Callable[[], str]) -> None:
        history.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(history, os.O_CREAT | os.O_APPEND, 0o600))
        history.chmod(0o600)
        self._session: PromptSession[str] = PromptSession(
            PROMPT,
            multiline=True,
            prompt_continuation=CONTINUED,
            lexer=PygmentsLexer(SqlLexer),
            completer=completer,
            complete_while_typing=False,
            complete_in_thread=True,
            history=FileHistory(str(history)),
            auto_suggest=AutoSuggestFromHistory(),
            key_bindings=_keys(),
            bottom_toolbar=lambda: HTML("<style>{}</style>").format(toolbar()),
        )

    def ask(self) -> str:
        """What was typed: a command, or statements up to a semicolon.

        Raises:
            EOFError: Ctrl-D on an empty line.
            KeyboardInterrupt: Ctrl-C; what was typed is given up.
        """
        return self._session.prompt()


def ask(question: str, default: str) -> str:
    """A line of an answer; Enter gives the default."""
    from prompt_toolkit import prompt

    return prompt(f"{question}: ", default=default).strip()


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @Condition
    def is_whole() -> bool:
        text = get_app().current_buffer.text
        return not text.strip() or is_complete(text)

    @keys.add("enter", filter=is_whole & ~completion_is_selected & ~is_searching)
    def run(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    return keys
