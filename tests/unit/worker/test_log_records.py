"""What a Python worker's records look like when Beam sends them."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from headrace.logs.fields import FORMAT, NODE

# In a process of its own: what is changed there stays changed.
PROGRAM = """
import json, logging, queue
from apache_beam.runners.worker.log_handler import FnApiLogRecordHandler
from headrace.worker.log_records import send_records_whole

send_records_whole()
handler = object.__new__(FnApiLogRecordHandler)  # without a connection
logging.Handler.__init__(handler)
handler._log_entry_queue = queue.Queue()
logger = logging.getLogger("headrace.inference")
logger.addHandler(handler)
logger.warning("serves %s", "4", extra={"labels": {"model": "sentiment"}})
try:
    1 / 0
except ZeroDivisionError:
    logger.exception("failed on %d texts", 3)
logger.error("too %s %s", "few")
while not handler._log_entry_queue.empty():
    entry = handler._log_entry_queue.get()
    print(json.dumps([entry.severity, entry.message, entry.trace, entry.log_location.rpartition(":")[0]]))
"""
WARN, ERROR = 5, 6  # Beam's LogEntry.Severity


def sent(log_format: str) -> list[tuple[int, str, str, str]]:
    environment = {**os.environ, FORMAT: log_format, NODE: "tm-1"}
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, env=environment, timeout=120
    )
    return [tuple(json.loads(line)) for line in result.stdout.splitlines()]


def test_a_stack_trace_is_sent_once() -> None:
    warning, failure, misfit = sent("text")
    assert warning == (WARN, "serves 4", "", "<string>")
    assert failure[:3:2] == (ERROR, "")
    assert failure[1].startswith("failed on 3 texts\nTraceback")
    assert failure[1].count("ZeroDivisionError") == 1
    assert misfit[1].startswith("Failed to format 'too %s %s'")


@pytest.mark.parametrize("number", [0, 1])
def test_a_record_is_a_whole_json_line(number: int) -> None:
    severity, message, trace, _ = sent("json")[number]
    found = json.loads(message)
    assert (severity, trace, found["service.node.name"]) == ((WARN, ERROR)[number], "", "tm-1")
    assert found["log.logger"] == "headrace.inference"
    if number == 0:
        assert (found["message"], found["labels.model"]) == ("serves 4", "sentiment")
    else:
        assert (found["error.type"], found["message"]) == ("ZeroDivisionError", "failed on 3 texts")
        assert found["error.stack_trace"].startswith("Traceback")
