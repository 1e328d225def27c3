"""Flink's configuration: what Flink ships, what every stack shares (flink/conf/), and what one stack is.

The local stack and a container differ in the fields of `FlinkSite`, and in nothing else that this file writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyflink
import yaml

from headrace.settings import PROJECT, LogFormat

BIN = Path(pyflink.__file__).parent / "bin"
SHARED_CONFIGURATION = PROJECT / "flink" / "conf"
TASK_MANAGER_JAVA = "env.java.opts.taskmanager"
_CLIENT = {"log4j-cli.properties": "log4j-cli.properties"}
# Flink's scripts look for the first of these names; the files are those of flink/conf.
LOGGING_FILES: dict[LogFormat, dict[str, str]] = {
    "text": {"log4j-console.properties": "log4j-console.properties", **_CLIENT},
    "json": {
        "log4j-console.properties": "log4j-console-json.properties",
        "log4j-ecs.json": "log4j-ecs.json",
        **_CLIENT,
    },
}


@dataclass(frozen=True)
class FlinkSite:
    """Where one stack's Flink runs.

    Attributes:
        java_home: folder of Java.
        java_options: of every Java process.
        plugin: our jar in Flink's lib/; as a Java agent it keeps a TaskManager's ports for Python workers on loopback.
        environment: the worker environment, a Python virtual environment.
        bind_host: the address that every port listens on.
        job_manager_host: where the others find the JobManager.
        task_manager_host: where the others find this TaskManager; None: by the address with which it reaches the
            JobManager.
        gateway_host: where clients find the SQL gateway.
        rpc_port, blob_port, rest_port: the JobManager's.
        gateway_port: the SQL gateway's.
        temporary: folder for what a process needs while it runs.
        checkpoints, savepoints, catalog: URLs that every process reaches.
        catalog_store: folder of the file in which Flink keeps its catalogs' names.
        kafka_bootstrap_servers, redis_url, redis_password_file: what the placeholders in catalog/ stand for.
        own: further options.
    """

    java_home: Path
    java_options: tuple[str, ...]
    plugin: Path
    environment: Path
    bind_host: str
    job_manager_host: str
    task_manager_host: str | None
    gateway_host: str
    rpc_port: int
    blob_port: int
    rest_port: int
    gateway_port: int
    temporary: Path
    checkpoints: str
    savepoints: str
    catalog: str
    catalog_store: Path
    kafka_bootstrap_servers: str
    redis_url: str
    redis_password_file: Path
    own: Mapping[str, Any] = field(default_factory=dict)


def flink_options(site: FlinkSite) -> dict[str, Any]:
    """Every option of a stack's Flink, one key a value."""
    stock = flat_options((BIN.parent / "conf" / "config.yaml").read_text())
    python = str(site.environment / "bin" / "headrace-python")
    options: dict[str, Any] = {
        **stock,
        **flat_options((SHARED_CONFIGURATION / "config.yaml").read_text()),
        "env.java.home": str(site.java_home),
        # Flink's own file says which of Java's modules it must open.
        "env.java.opts.all": " ".join((stock["env.java.opts.all"], *site.java_options)),
        "jobmanager.rpc.address": site.job_manager_host,
        "jobmanager.rpc.port": site.rpc_port,
        "jobmanager.bind-host": site.bind_host,
        "blob.server.port": site.blob_port,
        "rest.address": site.job_manager_host,
        "rest.bind-address": site.bind_host,
        "rest.port": site.rest_port,
        "taskmanager.host": site.task_manager_host,
        "taskmanager.bind-host": site.bind_host,
        "sql-gateway.endpoint.rest.address": site.gateway_host,
        "sql-gateway.endpoint.rest.bind-address": site.bind_host,
        "sql-gateway.endpoint.rest.port": site.gateway_port,
        "metrics.reporter.prom.host": site.bind_host,
        "io.tmp.dirs": str(site.temporary),
        "execution.checkpointing.dir": site.checkpoints,
        "execution.checkpointing.savepoint-dir": site.savepoints,
        "python.executable": python,
        "python.client.executable": python,
        "table.catalog-store.file.path": str(site.catalog_store),
        # What the placeholders in catalog/ stand for.
        "headrace.catalog.path": site.catalog,
        "headrace.kafka.bootstrap.servers": site.kafka_bootstrap_servers,
        "headrace.redis.url": site.redis_url,
        "headrace.redis.password-file": str(site.redis_password_file),
        **site.own,
    }
    # Beside a stack's own ones, which must not open the ports unseen.
    options[TASK_MANAGER_JAVA] = f"-javaagent:{site.plugin} {options.get(TASK_MANAGER_JAVA) or ''}".rstrip()
    return {name: value for name, value in options.items() if value is not None}


def write_flink_configuration(folder: Path, options: Mapping[str, Any], log_format: LogFormat) -> None:
    """Writes config.yaml and the logging's files into a folder, for FLINK_CONF_DIR."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.yaml").write_text(yaml.safe_dump(dict(options), sort_keys=False, width=10_000))
    for name, file in LOGGING_FILES[log_format].items():
        (folder / name).write_text((SHARED_CONFIGURATION / file).read_text())


def flat_options(text: str) -> dict[str, Any]:
    """YAML as Flink reads it: nested names are joined by dots."""
    return _flat(yaml.safe_load(text) or {}, "")


def _flat(options: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in options.items():
        flat.update(_flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}": value})
    return flat
