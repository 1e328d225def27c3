"""What each role runs. This process becomes the role's own: its end is the container's end."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from headrace.container.configuration import REST_PORT, SQL_GATEWAY_PORT, container_options
from headrace.container.settings import ContainerSettings
from headrace.errors import StackError
from headrace.settings import PROJECT
from headrace.stack.flink import flink_environment
from headrace.stack.flink_configuration import BIN, write_flink_configuration
from headrace.worker.channel import SOCKET

STATE_FOLDERS = ("checkpoints", "savepoints", "catalog", "catalog-store", "deployments", "tmp")
RUN_FOLDERS = ("conf", "log", "tmp")
COMPANION = PROJECT / "headrace" / "container" / "companion.py"
HEALTH_FILE = "role.json"

Options = Mapping[str, Any]


@dataclass(frozen=True)
class Start:
    """What a role starts.

    Attributes:
        command: program and arguments; it becomes this process, or its only child where there is a template.
        environment: all variables.
        health: what `headrace.container.health` asks.
        needs_template: whether Python workers are forked beside it.
    """

    command: tuple[str, ...]
    environment: dict[str, str]
    health: dict[str, str]
    needs_template: bool = False


def run_role(role: str, arguments: Sequence[str], settings: ContainerSettings) -> NoReturn:
    """Becomes a role: writes its configuration, then runs its program in place of this process.

    Args:
        role: one of ROLES.
        arguments: for its program.
        settings: of this container.

    Raises:
        StackError: there is no such role, or its folders cannot be written.
    """
    start = prepare_role(role, arguments, settings)
    command = start.command
    if start.needs_template:
        command = beside_template(command, settings, Path(start.environment[SOCKET]))
    sys.stdout.flush()
    os.execve(command[0], command, start.environment)  # noqa: S606  (the role is this process from here on)


def prepare_role(role: str, arguments: Sequence[str], settings: ContainerSettings) -> Start:
    """Writes what a role needs and says what it starts; the arguments and errors are `run_role`'s."""
    if role not in ROLES:
        raise StackError(f"{role}: there is no such role. Name one of {', '.join(ROLES)}.")
    _make_folders(settings)
    options = container_options(settings)
    write_flink_configuration(settings.run_folder / "conf", options, settings.log_format)
    start = ROLES[role](arguments, settings, options)
    (settings.run_folder / HEALTH_FILE).write_text(json.dumps({"role": role, **start.health}) + "\n")
    return start


def beside_template(command: tuple[str, ...], settings: ContainerSettings, socket: Path) -> tuple[str, ...]:
    """The command that runs a program and, beside it, the process from which its Python workers are forked."""
    python = str(settings.environment / "bin" / "python")
    template = (python, "-m", "headrace.worker.template", str(socket))
    # Without packages of the environment: this process waits, and should take little memory.
    return (python, "-I", "-S", str(COMPANION), *template, "--", *command)


def role_environment(settings: ContainerSettings) -> dict[str, str]:
    """The variables of a role's processes."""
    variables = {**os.environ, **flink_environment(settings, settings.run_folder)}
    # The image's files are compiled, and nothing can be written beside them.
    del variables["PYTHONPYCACHEPREFIX"]
    variables["PYTHONDONTWRITEBYTECODE"] = "1"
    if settings.warm_workers:
        variables[SOCKET] = str(settings.run_folder / "workers" / "template")
    return variables


def _job_manager(arguments: Sequence[str], settings: ContainerSettings, options: Options) -> Start:
    return Start(
        (str(BIN / "jobmanager.sh"), "start-foreground", *arguments),
        role_environment(settings),
        {"url": f"http://{_own_host(options)}:{options['rest.port']}/overview"},
    )


def _task_manager(arguments: Sequence[str], settings: ContainerSettings, options: Options) -> Start:
    resource_id = settings.taskmanager_id
    return Start(
        (
            *(str(BIN / "taskmanager.sh"), "start-foreground"),
            *("-D", f"taskmanager.resource-id={resource_id}", *arguments),
        ),
        role_environment(settings),
        {
            "url": f"http://{_own_host(options)}:{options['metrics.reporter.prom.port']}/metrics",
            "task_managers_url": f"http://{options['rest.address']}:{options['rest.port']}/taskmanagers",
            "task_manager": resource_id,
        },
        needs_template=settings.warm_workers,
    )


def _sql_gateway(arguments: Sequence[str], settings: ContainerSettings, options: Options) -> Start:
    return Start(
        (str(BIN / "sql-gateway.sh"), "start-foreground", *arguments),
        role_environment(settings),
        {"url": f"http://{_own_host(options)}:{options['sql-gateway.endpoint.rest.port']}/v1/info"},
        needs_template=settings.warm_workers,
    )


def _deploy(arguments: Sequence[str], settings: ContainerSettings, options: Options) -> Start:
    environment = role_environment(settings)
    # Where nothing else is said, the cluster is that of the other containers.
    environment.setdefault("HEADRACE_FLINK_REST_URL", f"http://{settings.jobmanager_host}:{REST_PORT}")
    environment.setdefault("HEADRACE_SQL_GATEWAY_URL", f"http://{settings.sql_gateway_host}:{SQL_GATEWAY_PORT}")
    return Start((str(settings.environment / "bin" / "headrace"), *(arguments or ("deploy",))), environment, {})


ROLES: dict[str, Callable[[Sequence[str], ContainerSettings, Options], Start]] = {
    "jobmanager": _job_manager,
    "taskmanager": _task_manager,
    "sql-gateway": _sql_gateway,
    "deploy": _deploy,
}


def _own_host(options: Options) -> str:
    """Where a process of this container finds what the container's ports listen on."""
    host = str(options["rest.bind-address"])
    return "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104


def _make_folders(settings: ContainerSettings) -> None:
    folders = [settings.stack / name for name in STATE_FOLDERS] + [settings.run_folder / name for name in RUN_FOLDERS]
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StackError(
                f"{folder}: it cannot be made: {error.strerror}. "
                f"Mount a volume there that user {os.getuid()} may write to."
            ) from error
    if os.statvfs(settings.run_folder).f_flag & os.ST_NOEXEC:
        raise StackError(
            f"{settings.run_folder}: it is mounted noexec, as engines mount file systems in memory, and Flink loads "
            "RocksDB's library from there. Mount it with exec: docker run --tmpfs /tmp:exec"
        )
    # Only their owner may reach the workers' socket.
    (settings.run_folder / "workers").mkdir(exist_ok=True, mode=0o700)
