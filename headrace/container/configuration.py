"""Flink's configuration in a container: that of every stack, with the container's addresses and folders."""

from __future__ import annotations

import os
from typing import Any

from headrace.container.settings import ContainerSettings
from headrace.errors import StackError
from headrace.stack.flink_configuration import FlinkSite, flat_options, flink_options
from headrace.stack.java import java_home

REST_PORT, RPC_PORT, BLOB_PORT = 8081, 6123, 6124
TASK_MANAGER_RPC_PORT, TASK_MANAGER_DATA_PORT = 6122, 6121
SQL_GATEWAY_PORT = 8083
METRICS_PORT = 9249
# The variable of Flink's own images: options, one `name: value` a line.
PROPERTIES = "FLINK_PROPERTIES"


def container_options(settings: ContainerSettings) -> dict[str, Any]:
    """Every option of Flink in a container.

    Raises:
        StackError: what is to win over them cannot be read, or Redis' URL holds what no log may show.
    """
    if "@" in settings.redis_url:
        raise StackError(
            "HEADRACE_REDIS_URL: it holds a user or password, and Flink logs its options. "
            "Leave them out, and name a file with the password by HEADRACE_REDIS_PASSWORD_FILE."
        )
    run, state = settings.run_folder, settings.stack
    site = FlinkSite(
        java_home=java_home(),
        java_options=(
            f"-Djava.io.tmpdir={run / 'tmp'}",
            "-XX:-UsePerfData",
            *settings.java_options.split(),
        ),
        plugin=settings.flink_plugin,
        environment=settings.environment,
        bind_host=settings.bind_host,
        job_manager_host=settings.jobmanager_host,
        task_manager_host=None,
        gateway_host=settings.sql_gateway_host,
        rpc_port=RPC_PORT,
        blob_port=BLOB_PORT,
        rest_port=REST_PORT,
        gateway_port=SQL_GATEWAY_PORT,
        temporary=run / "tmp",
        checkpoints=settings.checkpoints_url or (state / "checkpoints").as_uri(),
        savepoints=settings.savepoints_url or (state / "savepoints").as_uri(),
        catalog=settings.catalog_url or (state / "catalog").as_uri(),
        catalog_store=state / "catalog-store",
        kafka_bootstrap_servers=settings.kafka_bootstrap_servers,
        redis_url=settings.redis_url,
        redis_password_file=settings.redis_password_file,
        own={
            "taskmanager.rpc.port": TASK_MANAGER_RPC_PORT,
            "taskmanager.data.port": TASK_MANAGER_DATA_PORT,
            "metrics.reporter.prom.port": METRICS_PORT,
            **flat_options(os.environ.get(PROPERTIES, "")),
            **_mounted(settings),
        },
    )
    return flink_options(site)


def _mounted(settings: ContainerSettings) -> dict[str, Any]:
    if settings.flink_configuration is None:
        return {}
    file = settings.flink_configuration / "config.yaml"
    try:
        return flat_options(file.read_text())
    except OSError as error:
        raise StackError(
            f"{file}: it cannot be read: {error.strerror}. Mount it, or unset HEADRACE_FLINK_CONFIGURATION."
        ) from error
