"""A Flink mini cluster for measurements, parallelism 1, whose Python worker is a process of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pyflink.common import Configuration

from headrace.settings import PROJECT, settings
from headrace.testing.mini_cluster import start_java, table_environment


def flink_session(folder: Path, **parameters: str) -> Any:
    """A session of the Table API, with the options of flink/conf.

    Args:
        folder: for Flink's log.
        parameters: global job parameters, which functions read.
    """
    start_java(settings(), folder, "-XX:+UseSerialGC")
    return table_environment(_configuration(parameters))


def _configuration(parameters: dict[str, str]) -> Configuration:
    shared = yaml.safe_load((PROJECT / "flink" / "conf" / "config.yaml").read_text(encoding="utf-8"))
    options = {key: value for key, value in shared.items() if key.startswith(("table.", "pipeline.", "python."))}
    options |= {
        "table.catalog-store.kind": "generic_in_memory",
        "parallelism.default": 1,
        "python.executable": str(settings().environment / "bin" / "headrace-python"),
        "pipeline.global-job-parameters": ",".join(f"{name}:'{value}'" for name, value in parameters.items()),
    }
    configuration = Configuration()
    for key, value in options.items():
        configuration.set_string(key, str(value).lower() if isinstance(value, bool) else str(value))
    return configuration
