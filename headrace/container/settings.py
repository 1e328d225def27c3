"""The settings of a container, beside those of every process."""

from __future__ import annotations

import socket
from functools import cache
from pathlib import Path

from pydantic import Field

from headrace.settings import Settings


class ContainerSettings(Settings):
    """The settings of one container, read once from its environment.

    In a container nothing chooses ports: a container has an address of its own.
    """

    run_folder: Path = Field(
        Path("/tmp/headrace"),  # noqa: S108  (a container's own)
        description="Folder of a container's configuration, logs, sockets and temporary files",
    )
    bind_host: str = Field("127.0.0.1", description="Address that a container's ports listen on (the image: 0.0.0.0)")
    jobmanager_host: str = Field("jobmanager", description="Where the containers find the JobManager")
    sql_gateway_host: str = Field("sql-gateway", description="Where clients find the SQL gateway")
    taskmanager_id: str = Field(
        default_factory=socket.gethostname, description="Name of a TaskManager to Flink; by default the host's"
    )
    catalog_url: str = Field("", description="URL of the catalog's folder; by default `catalog` in `state`")
    flink_configuration: Path | None = Field(
        None, description="Folder whose config.yaml wins over all other options, as Flink's Kubernetes operator mounts"
    )
    java_options: str = Field("", description="Further options of a container's Java processes")


@cache
def container_settings() -> ContainerSettings:
    """The settings of this container."""
    return ContainerSettings()
