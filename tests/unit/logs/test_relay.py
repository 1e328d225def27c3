"""Whatever a program writes, each line that comes out of the relay is a JSON line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import Any

import pytest

from headrace.logs import relay
from headrace.logs.fields import NODE, ROLE
from headrace.logs.relay import Stream
from headrace.settings import PROJECT

OWN = {"service.name": "headrace", "service.node.name": "tm-1", "labels.role": "taskmanager"}
LINE = b'{"@timestamp":"2026-01-02T03:04:05.678Z","log.level":"INFO","message":"from Flink"}\n'


@pytest.fixture
def written() -> list[bytes]:
    return []


@pytest.fixture
def stream(written: list[bytes], monkeypatch: pytest.MonkeyPatch) -> Stream:
    monkeypatch.setenv(ROLE, "taskmanager")
    monkeypatch.setenv(NODE, "tm-1")
    return Stream("stderr", "WARN", written.append)


def objects(written: list[bytes]) -> list[dict[str, Any]]:
    assert all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in written)
    return [json.loads(line) for line in written]


def test_json_lines_pass_as_they_are(stream: Stream, written: list[bytes]) -> None:
    for byte in (LINE[:10], LINE[10:] + LINE[:1], LINE[1:]):
        stream.feed(byte)
    assert written == [LINE, LINE]


def test_what_is_no_json_line_becomes_one(stream: Stream, written: list[bytes]) -> None:
    stream.feed('Starting taskexecutor\r\n\n中文 "quoted" \xff'.encode("utf-8", "surrogateescape"))
    stream.feed(b"\xff\n" + LINE + LINE.rstrip()[:-1] + b"\nError: Could not create the Java Virtual Machine.\n")
    stream.end()
    first, second, flinks, torn, error = objects(written)
    assert first.pop("@timestamp").endswith("Z")
    assert first == {
        **OWN, "log.level": "WARN", "message": "Starting taskexecutor", "log.logger": "stderr", "ecs.version": "1.6.0",
    }  # fmt: skip
    assert second["message"] == '中文 "quoted" \xff\ufffd'
    assert flinks["message"] == "from Flink"
    assert torn["message"] == LINE.decode().rstrip()[:-1]
    assert (error["message"], error["log.level"]) == ("Error: Could not create the Java Virtual Machine.", "ERROR")


def test_a_stack_trace_of_python_is_one_line(stream: Stream, written: list[bytes]) -> None:
    trace = 'Traceback (most recent call last):\n  File "a.py", line 1, in f\n    1 / 0\n\nValueError: 1: 2'
    stream.feed(f"before\n{trace}\nafter\n".encode())
    stream.end()
    before, error, after = objects(written)
    assert (before["message"], after["message"], after["log.level"]) == ("before", "after", "WARN")
    assert (error["message"], error["log.level"]) == ("ValueError: 1: 2", "ERROR")
    assert (error["error.type"], error["error.message"]) == ("ValueError", "1: 2")
    assert error["error.stack_trace"] == trace.replace("\n\n", "\n")


def test_a_stack_trace_of_java_is_one_line(stream: Stream, written: list[bytes]) -> None:
    head = 'Exception in thread "main" java.lang.NullPointerException: nothing there'
    trace = f"{head}\n\tat io.headrace.A.main(A.java:1)\nCaused by: java.io.IOException\n\t... 1 more"
    stream.feed(trace.encode())
    assert written == []
    stream.end()
    [error] = objects(written)
    assert (error["message"], error["log.level"], error["error.stack_trace"]) == (head, "ERROR", trace)
    assert (error["error.type"], error["error.message"]) == ("java.lang.NullPointerException", "nothing there")


def test_a_line_without_end_is_cut(stream: Stream, written: list[bytes]) -> None:
    for _ in range(3):
        stream.feed(b"x" * (relay.LONGEST_LINE // 2 + 1))
    stream.end()
    assert [len(one["message"]) for one in objects(written)] == [relay.LONGEST_LINE + 2, relay.LONGEST_LINE // 2 + 1]


def start(program: str, **variables: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-S", "-m", relay.__name__, sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(PROJECT), **variables},
    )


@pytest.mark.parametrize(("end", "status"), [("sys.exit(7)", 7), ("os.kill(os.getpid(), 9)", 137)])
def test_it_ends_as_its_program_ends_with_its_last_words(end: str, status: int) -> None:
    process = start(
        f"import os, sys\nprint('out')\nprint('no end', end='', file=sys.stderr, flush=True)\nsys.stdout.flush()\n{end}"
    )
    out, err = process.communicate(timeout=30)
    assert process.returncode == status
    assert [(one["message"], one["log.level"]) for one in objects(out.splitlines(keepends=True))] == [("out", "INFO")]
    assert [(one["message"], one["log.level"]) for one in objects(err.splitlines(keepends=True))] == [
        ("no end", "WARN")
    ]


def test_what_is_held_back_comes_out_when_nothing_follows() -> None:
    process = start("import signal\nprint('waits', flush=True)\nsignal.pause()")
    assert process.stdout is not None
    assert json.loads(process.stdout.readline())["message"] == "waits"
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 128 + signal.SIGTERM


def test_signals_go_to_the_program() -> None:
    process = start(
        "import signal, sys\nsignal.signal(15, lambda *_: sys.exit(3))\nprint('ready', flush=True)\nsignal.pause()"
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.terminate()
    assert process.wait(30) == 3


def test_a_process_that_is_left_behind_does_not_hold_it() -> None:
    left = "import signal; signal.pause()"
    process = start(
        f"import subprocess, sys\nprint(subprocess.Popen([sys.executable, '-c', {left!r}]).pid, flush=True)"
    )
    assert process.stdout is not None
    pid = int(json.loads(process.stdout.readline())["message"])
    try:
        assert process.wait(30) == 0
    finally:
        os.kill(pid, signal.SIGKILL)


def test_a_program_notices_that_nobody_reads() -> None:
    process = start("while True: print('x' * 1000)")
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(30) == 1
