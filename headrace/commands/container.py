"""`headrace container`: what a container of the image runs."""

from __future__ import annotations

from typing import Annotated

import typer

from headrace.commands.terminal import command

app = typer.Typer()


@command(app, "container")
def container(
    role: Annotated[str, typer.Argument(help="jobmanager, taskmanager, sql-gateway or deploy.")],
    arguments: Annotated[
        list[str] | None, typer.Argument(help="For the role's program, after `--`; for deploy, another command.")
    ] = None,
) -> None:
    """Be one role of a stack, in a container: the entry point of the image.

    Flink's configuration is made from flink/conf and the variables HEADRACE_*; then the role's program takes the place
    of this process. deploy runs once: `headrace deploy` against the other containers, or the command that is named.

    \b
    headrace container taskmanager
    headrace container deploy -- plan --exit-code
    """
    from headrace.container.roles import run_role
    from headrace.container.settings import container_settings

    run_role(role, arguments or (), container_settings())
