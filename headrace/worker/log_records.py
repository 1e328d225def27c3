"""What a Python worker logs, as it goes through Beam to its TaskManager's log: each stack trace once, or JSON lines.

Beam sends a record's text, which ends in its stack trace, and the stack trace once more; Flink logs both. And it sends
nothing else of a record: where logs are JSON lines, the text is the whole line with all fields, which the TaskManager
writes as it is (flink/conf/log4j-console-json.properties, logger `PythonWorker`).
"""

from __future__ import annotations

import copy
import importlib
import logging
import os
from typing import Any

from headrace.logs.fields import FORMAT


def send_records_whole() -> None:
    """Has Beam's log handlers of this process send the text of a record and nothing beside it."""
    # By name: mypy would hold Beam's methods for constants.
    handler: Any = importlib.import_module("apache_beam.runners.worker.log_handler").FnApiLogRecordHandler
    send = handler.emit
    formatter = _formatter()

    def emit(self: Any, record: logging.LogRecord) -> None:
        whole = copy.copy(record)
        try:
            whole.msg = formatter.format(record)
        except Exception:  # arguments that do not fit the message: Beam says so
            send(self, record)
            return
        whole.args = whole.exc_info = whole.exc_text = whole.stack_info = None
        send(self, whole)

    handler.emit = emit


def _formatter() -> logging.Formatter:
    if os.environ.get(FORMAT) != "json":
        return logging.Formatter()
    from headrace.logs.formatter import JsonLineFormatter

    return JsonLineFormatter()
