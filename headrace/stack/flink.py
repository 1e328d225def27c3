"""The local Flink: JobManager, TaskManagers and SQL gateway of the apache-flink package, with our configuration."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pyflink
import yaml

from headrace.settings import PROJECT, Settings
from headrace.stack.addresses import HOST, Addresses
from headrace.stack.java import java_home, java_options
from headrace.stack.process import Process
from headrace.stack.secrets import password_file
from headrace.worker.channel import SOCKET, connect

BIN = Path(pyflink.__file__).parent / "bin"
SHARED_CONFIGURATION = PROJECT / "flink" / "conf"


def flink_environment(settings: Settings, conf: Path | None = None) -> dict[str, str]:
    """The variables with which Flink's own scripts find our jars, configuration and Python."""
    return {
        "JAVA_HOME": str(java_home()),
        "FLINK_CONF_DIR": str(conf or settings.flink_conf),
        "FLINK_LIB_DIR": str(settings.flink / "lib"),
        "FLINK_OPT_DIR": str(settings.flink / "opt"),
        "FLINK_PLUGINS_DIR": str(settings.flink / "plugins"),
        "FLINK_LOG_DIR": str(settings.stack / "log"),
        "FLINK_PID_DIR": str(settings.stack / "tmp"),
        "PATH": f"{settings.environment / 'bin'}:{os.environ.get('PATH', '/usr/bin:/bin')}",
        "PYTHONPATH": str(PROJECT),
        "PYTHONPYCACHEPREFIX": str(settings.home / "cache" / "python"),
        "TMPDIR": str(settings.stack / "tmp"),
        "HEADRACE_HOME": str(settings.home),
        "HEADRACE_MODELS": settings.models,
        "HEADRACE_MODEL_CACHE": str(settings.model_cache),
        # A client's Python process needs a part of what a worker does, for a moment: it takes a worker's template.
        **_template_of(settings, 1),
        # One mathematics thread per Python worker: the subtasks are the parallelism.
        "OMP_NUM_THREADS": "1",
    }


def prepare_flink(settings: Settings, addresses: Addresses) -> None:
    """Renders flink/conf/ with this machine's addresses and folders into the stack's folder."""
    stack = settings.stack
    stock = _flat(yaml.safe_load((BIN.parent / "conf" / "config.yaml").read_text()))
    shared = yaml.safe_load((SHARED_CONFIGURATION / "config.yaml").read_text())
    own: dict[str, Any] = {
        "env.java.home": str(java_home()),
        # Flink's own file says which of Java's modules it must open.
        "env.java.opts.all": " ".join((stock["env.java.opts.all"], *java_options(settings))),
        "jobmanager.rpc.address": HOST,
        "jobmanager.rpc.port": addresses.flink_rpc,
        "jobmanager.bind-host": HOST,
        "blob.server.port": addresses.flink_blob,
        "rest.address": HOST,
        "rest.bind-address": HOST,
        "rest.port": addresses.flink_rest,
        "taskmanager.host": HOST,
        "taskmanager.bind-host": HOST,
        "sql-gateway.endpoint.rest.address": HOST,
        "sql-gateway.endpoint.rest.bind-address": HOST,
        "sql-gateway.endpoint.rest.port": addresses.sql_gateway,
        "metrics.reporter.prom.host": HOST,
        "io.tmp.dirs": str(stack / "tmp"),
        "execution.checkpointing.dir": (stack / "checkpoints").as_uri(),
        "execution.checkpointing.savepoint-dir": (stack / "savepoints").as_uri(),
        "python.executable": str(settings.environment / "bin" / "headrace-python"),
        "python.client.executable": str(settings.environment / "bin" / "headrace-python"),
        "table.catalog-store.file.path": str(stack / "catalog-store"),
        # What the placeholders in catalog/ stand for.
        "headrace.catalog.path": (stack / "catalog").as_uri(),
        "headrace.kafka.bootstrap.servers": addresses.kafka_bootstrap_servers,
        "headrace.redis.url": addresses.redis_url,
        "headrace.redis.password-file": str(password_file(settings, "redis")),
    }
    for folder in ("tmp", "log", "checkpoints", "savepoints", "catalog", "catalog-store"):
        (stack / folder).mkdir(parents=True, exist_ok=True)
    conf = settings.flink_conf
    conf.mkdir(parents=True, exist_ok=True)
    (conf / "config.yaml").write_text(yaml.safe_dump({**stock, **shared, **own}, sort_keys=False, width=10_000))
    for file in SHARED_CONFIGURATION.glob("log4j-*.properties"):
        (conf / file.name).write_text(file.read_text())


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
        is_ready=lambda: "flink-version" in _get(f"{addresses.flink_rest_url}/overview"),
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
        for number in range(1, settings.task_managers + 1)
        if settings.warm_workers
    ]
    sql_gateway = Process(
        name="sql-gateway",
        command=(str(BIN / "sql-gateway.sh"), "start-foreground"),
        environment=environment,
        is_ready=lambda: "productName" in _get(f"{addresses.sql_gateway_url}/v1/info"),
        shows=addresses.sql_gateway_url,
    )
    return [job_manager, *task_managers, sql_gateway, *templates]


def _flat(options: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested YAML as Flink reads it: one key per value, joined by dots."""
    flat: dict[str, Any] = {}
    for name, value in options.items():
        flat.update(_flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}": value})
    return flat


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
