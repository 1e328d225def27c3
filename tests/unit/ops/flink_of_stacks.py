"""Flink's options in each of the stacks, made as the stacks make them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from headrace.container.configuration import container_options
from headrace.container.settings import ContainerSettings
from headrace.settings import PROJECT, Settings
from headrace.stack.addresses import Addresses
from headrace.stack.flink import prepare_flink

BASE = PROJECT / "ops" / "k8s" / "base"
PRODUCTION = PROJECT / "ops" / "k8s" / "overlays" / "production"
Options = dict[str, Any]
# As on a machine where other programs have the usual ports.
ADDRESSES = Addresses(
    kafka=19092, kafka_controller=19093, redis=16379, flink_rest=18081, flink_rpc=16123, flink_blob=16124,
    sql_gateway=18083, supervisor=19001,
)  # fmt: skip


def local_options(settings: Settings) -> Options:
    """The local stack's, as they stand in the file that Flink reads."""
    prepare_flink(settings, ADDRESSES)
    return dict(yaml.safe_load((settings.flink_conf / "config.yaml").read_text()))


def compose_options() -> Options:
    """Of the containers of docker-compose.yml."""
    compose = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
    return _container_options({**image_environment(), **compose["x-flink"]["environment"]})


def kubernetes_options(folder: Path, production: bool = False) -> Options:
    """Of the pods of the base, or of the overlay `production`.

    Args:
        folder: for what the operator would mount.
        production: with what the overlay changes.
    """
    addresses = yaml.safe_load((BASE / "addresses.yaml").read_text())["data"]
    spec = yaml.safe_load((BASE / "flink.yaml").read_text())["spec"]
    configuration = dict(spec["flinkConfiguration"])
    if production:
        addresses |= yaml.safe_load((PRODUCTION / "addresses.yaml").read_text())["data"]
        patch = yaml.safe_load((PRODUCTION / "flink.yaml").read_text())["spec"]
        configuration |= patch["flinkConfiguration"]
    # What the operator makes of the resources.
    configuration["jobmanager.memory.process.size"] = spec["jobManager"]["resource"]["memory"]
    configuration["taskmanager.memory.process.size"] = spec["taskManager"]["resource"]["memory"]
    folder.mkdir(parents=True)
    (folder / "config.yaml").write_text(yaml.safe_dump(configuration))
    return _container_options({**image_environment(), **addresses, "HEADRACE_FLINK_CONFIGURATION": str(folder)})


def image_environment() -> dict[str, str]:
    """The variables that the image's last stage sets."""
    stage = (PROJECT / "Dockerfile").read_text().rpartition("\nFROM ")[2]
    return dict(re.findall(r"^(?:ENV|   ) +(HEADRACE_\w+)=([^$\s]+?)(?: \\)?$", stage, re.MULTILINE))


def _container_options(environment: dict[str, str]) -> Options:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        return container_options(ContainerSettings())
