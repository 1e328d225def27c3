"""What every command shares: the terminal, `--json`, and errors as messages."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer
from rich.console import Console

from headrace.errors import HeadraceError

# Into a file or pipe, lines are as long as they need to be.
console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


def say(message: str) -> None:
    """One line of progress on the terminal."""
    console.print(message, markup=False, soft_wrap=True)


def command(app: typer.Typer, name: str | None = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Registers a command, by default of the function's name, whose own errors are messages, not stack traces."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def run(*arguments: Any, **options: Any) -> Any:
            try:
                return function(*arguments, **options)
            except HeadraceError as error:
                Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(
                    f"error: {error}", style="red"
                )
                raise typer.Exit(1) from error

        return app.command(name)(run)

    return register
