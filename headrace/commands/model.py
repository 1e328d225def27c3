"""`headrace model`: publish versions of models and decide which of them serve."""

from __future__ import annotations

import typer

app = typer.Typer(
    help="Publish versions of models, look at them, and decide which of them serve.", no_args_is_help=True
)

from headrace.commands import model_draft, model_repository, model_route  # noqa: E402, F401  (they register)
