"""Python's log records as JSON lines."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Mapping
from typing import Any

from ecs_logging import StdlibFormatter

from headrace.logs.fields import ECS_VERSION, own_fields

# As Flink's processes name them.
LEVELS = {"WARNING": "WARN", "CRITICAL": "FATAL"}
FIRST = ("@timestamp", "log.level", "message")


class JsonLineFormatter(StdlibFormatter):
    """A record as one line: Elastic's own formatter, with the fields, names and levels of the other processes."""

    def __init__(self) -> None:
        """Reads the process' own fields from its environment."""
        super().__init__(
            exclude_fields=["log.original", "log.origin.function", "process.name", "process.thread.id"],
            ensure_ascii=False,
        )
        self._own = own_fields()

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        found = {**_joined(self.format_to_ecs(record)), **self._own, "ecs.version": ECS_VERSION}
        found["log.level"] = LEVELS.get(record.levelname, record.levelname)
        if record.exc_info and record.exc_info[1]:
            # With the exceptions that caused it.
            found["error.stack_trace"] = "".join(traceback.format_exception(record.exc_info[1]))
        ordered = {**{name: found[name] for name in FIRST}, **dict(sorted(found.items()))}
        return json.dumps(ordered, ensure_ascii=False, separators=(",", ":"), default=str)


def _joined(fields: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    joined: dict[str, Any] = {}
    for name, value in fields.items():
        joined.update(_joined(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}": value})
    return joined
