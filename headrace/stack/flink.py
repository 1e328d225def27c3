"""The local Flink: JobManager, TaskManagers and SQL gateway of the apache-flink package, with our configuration."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from headrace.logs import relay
from headrace.logs.fields import FORMAT, NODE, ROLE
from headrace.settings import PROJECT, Settings
from headrace.stack.addresses import HOST, Addresses
from headrace.stack.flink_configuration import BIN, FlinkSite, flink_options, write_flink_configuration
from headrace.stack.java import java_home, java_options
from headrace.stack.process import Process
from headrace.stack.secrets import password_file
from headrace.worker.channel import SOCKET, connect


def flink_environment(settings: Settings, run: Path | None = None) -> dict[str, str]:
    """The variables with which Flink's own scripts find our jars, configuration and Python.

    Args:
        settings: of this process.
        run: folder of configuration, logs and temporary files; by default the stack's.
    """
    run = run or settings.stack
    return {
        "JAVA_HOME": str(java_home()),
        "FLINK_CONF_DIR": str(run / "conf"),
        "FLINK_LIB_DIR": str(settings.flink / "lib"),
        "FLINK_OPT_DIR": str(settings.flink / "opt"),
        "FLINK_PLUGINS_DIR": str(settings.flink / "plugins"),
        "FLINK_LOG_DIR": str(run / "log"),
        "FLINK_PID_DIR": str(run / "tmp"),
        "PATH": f"{settings.environment / 'bin'}:{os.environ.get('PATH', '/usr/bin:/bin')}",
        "PYTHONPATH": str(PROJECT),
        "PYTHONPYCACHEPREFIX": str(settings.home / "cache" / "python"),
        "TMPDIR": str(run / "tmp"),
        "HEADRACE_HOME": str(settings.home),
        "HEADRACE_MODELS": settings.models,
        "HEADRACE_MODEL_CACHE": str(settings.model_cache),
        # A client's Python process needs a part of what a worker does, for a moment: it takes a worker's template.
        **_template_of(settings, 1),
        # One mathematics thread per Python worker: the subtasks are the parallelism.
        "OMP_NUM_THREADS": "1",
    }


def prepare_flink(settings: Settings, addresses: Addresses) -> None:
    """Writes Flink's configuration, with this machine's addresses and folders, into the stack's folder."""
    stack = settings.stack
    site = FlinkSite(
        java_home=java_home(),
        java_options=java_options(settings),
        plugin=settings.flink_plugin,
        environment=settings.environment,
        bind_host=HOST,
        job_manager_host=HOST,
        task_manager_host=HOST,
        gateway_host=HOST,
        rpc_port=addresses.flink_rpc,
        blob_port=addresses.flink_blob,
        rest_port=addresses.flink_rest,
        gateway_port=addresses.sql_gateway,
        temporary=stack / "tmp",
        checkpoints=(stack / "checkpoints").as_uri(),
        savepoints=(stack / "savepoints").as_uri(),
        catalog=(stack / "catalog").as_uri(),
        catalog_store=stack / "catalog-store",
        kafka_bootstrap_servers=addresses.kafka_bootstrap_servers,
        redis_url=addresses.redis_url,
        redis_password_file=password_file(settings, "redis"),
    )
    for folder in ("tmp", "log", "checkpoints", "savepoints", "catalog", "catalog-store"):
        (stack / folder).mkdir(parents=True, exist_ok=True)
    write_flink_configuration(settings.flink_conf, flink_options(site), settings.log_format)


def flink(settings: Settings, addresses: Addresses) -> list[Process]:
    """Describes Flink's processes: what workers are forked from, a JobManager, TaskManagers, the SQL gateway."""
    environment = flink_environment(settings)
    job_manager = Process(
        name="jobmanager",
        command=(
            str(BIN / "jobmanager.sh"),
            "start-foreground",
            "-D",
            f"metrics.reporter.prom.port={addresses.job_manager_metrics}",
        ),
        environment=environment,
        is_ready=partial(rest_answers, addresses.flink_rest_url),
        shows=addresses.flink_rest_url,
    )
    task_managers = [
        Process(
            name=f"taskmanager-{number}",
            # A fixed resource id: it is the same TaskManager to Flink when it has come back.
            command=(
                str(BIN / "taskmanager.sh"),
                "start-foreground",
                "-D",
                f"taskmanager.resource-id=tm-{number}",
                "-D",
                f"metrics.reporter.prom.port={port}",
            ),
            environment={**environment, SOCKET: str(settings.worker_socket(number))}
            if settings.warm_workers
            else environment,
            is_ready=partial(_has_registered, addresses, f"tm-{number}"),
            shows=f"tm-{number}",
        )
        for number, port in enumerate(addresses.task_manager_metrics, start=1)
    ]
    # Supervised beside its TaskManager, not below it: the workers of one that came back start warm too.
    templates = [
        Process(
            name=f"worker-template-{number}",
            command=(
                str(settings.environment / "bin" / "python"),
                *("-m", "headrace.worker.template", str(settings.worker_socket(number))),
            ),
            environment=environment,
            is_ready=partial(_listens, settings.worker_socket(number)),
            shows=os.path.relpath(settings.worker_socket(number)),
            without="Python workers start cold",
        )
        # As many as the stack was started with: another command may have other settings.
        for number in range(1, len(addresses.task_manager_metrics) + 1)
        if settings.warm_workers
    ]
    sql_gateway = Process(
        name="sql-gateway",
        command=(str(BIN / "sql-gateway.sh"), "start-foreground"),
        environment=environment,
        is_ready=partial(sql_gateway_answers, addresses.sql_gateway_url),
        shows=addresses.sql_gateway_url,
    )
    return [_logging(process, settings) for process in (job_manager, *task_managers, sql_gateway, *templates)]


def _logging(process: Process, settings: Settings) -> Process:
    """A process that logs in the format of the settings, and says in each JSON line which one it is."""
    if settings.log_format == "text":
        return process
    role = process.name.rstrip("-0123456789")
    return replace(
        process,
        command=(str(settings.environment / "bin" / "python"), "-S", "-m", relay.__name__, *process.command),
        environment={**process.environment, FORMAT: "json", ROLE: role, NODE: _node(process)},
    )


def _node(process: Process) -> str:
    """A TaskManager's name is the one that Flink knows."""
    return process.shows if process.name.startswith("taskmanager") else process.name


def rest_answers(url: str) -> bool:
    """Whether a JobManager serves its REST API at this URL; raises an error of its client where nobody answers."""
    return "flink-version" in _get(f"{url}/overview")


def sql_gateway_answers(url: str) -> bool:
    """Whether a SQL gateway serves at this URL; raises an error of its client where nobody answers."""
    return "productName" in _get(f"{url}/v1/info")


def _get(url: str) -> dict[str, Any]:
    answer = httpx.get(url, timeout=5).raise_for_status().json()
    return dict(answer)


def _template_of(settings: Settings, task_manager: int) -> dict[str, str]:
    return {SOCKET: str(settings.worker_socket(task_manager))} if settings.warm_workers else {}


def _listens(socket: Path) -> bool:
    connect(str(socket), seconds=5).close()
    return True


def _has_registered(addresses: Addresses, resource_id: str) -> bool:
    registered = _get(f"{addresses.flink_rest_url}/taskmanagers")["taskmanagers"]
    return any(manager["id"] == resource_id for manager in registered)
