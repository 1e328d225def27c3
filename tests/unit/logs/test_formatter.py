"""A record of Python's logging as a JSON line."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from headrace.logs.fields import NODE, ROLE, START
from headrace.logs.formatter import JsonLineFormatter
from headrace.logs.labels import about


@pytest.fixture
def formatter(monkeypatch: pytest.MonkeyPatch) -> JsonLineFormatter:
    monkeypatch.setenv(ROLE, "taskmanager")
    monkeypatch.setenv(NODE, "tm-1")
    return JsonLineFormatter()


def record(level: int, message: str, *arguments: object, exc_info: Any = None, **extra: object) -> logging.LogRecord:
    return logging.getLogger("a.b").makeRecord(
        "a.b", level, "/x/b.py", 12, message, arguments, exc_info, extra=extra or None
    )


def test_every_field(formatter: JsonLineFormatter) -> None:
    line = formatter.format(record(logging.WARNING, "模型 %s\nserves", "sentiment", **about("sentiment", 4)))
    assert line.startswith(START)
    assert "模型" in line
    found = json.loads(line)
    assert list(found)[:3] == ["@timestamp", "log.level", "message"]
    assert found.pop("@timestamp").endswith("Z")
    assert found.pop("process.pid") > 0
    assert found == {
        "log.level": "WARN",
        "message": "模型 sentiment\nserves",
        "ecs.version": "1.6.0",
        "log.logger": "a.b",
        "log.origin.file.line": 12,
        "log.origin.file.name": "b.py",
        "process.thread.name": "MainThread",
        "service.name": "headrace",
        "service.node.name": "tm-1",
        "labels.role": "taskmanager",
        "labels.model": "sentiment",
        "labels.version": "4",
    }


def test_an_exception_with_its_cause(formatter: JsonLineFormatter) -> None:
    try:
        try:
            raise KeyError("inner")
        except KeyError as inner:
            raise ValueError("outer") from inner
    except ValueError as error:
        line = formatter.format(record(logging.CRITICAL, "failed", exc_info=(type(error), error, error.__traceback__)))
    found = json.loads(line)
    assert "\n" not in line
    assert (found["log.level"], found["error.type"], found["error.message"]) == ("FATAL", "ValueError", "outer")
    assert "KeyError: 'inner'" in found["error.stack_trace"]
    assert found["error.stack_trace"].endswith("ValueError: outer\n")


def test_a_model_without_a_version() -> None:
    assert about("ocr") == {"labels": {"model": "ocr"}}
    assert about("ocr", 1) == about("ocr", "1") == {"labels": {"model": "ocr", "version": "1"}}
