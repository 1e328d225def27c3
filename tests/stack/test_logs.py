"""Logs as JSON lines, of real processes: every line is one, errors are whole, and no secret is in them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from commands import say

from headrace.settings import Settings
from headrace.sql_gateway.client import GatewaySession, StatementFailedError
from headrace.stack.secrets import password
from headrace.stack.stack import Stack
from headrace.testing.waiting import await_true

FAILING = """
import logging
import sys

from pyflink.table.udf import udf

from headrace.logs.labels import about


@udf(result_type="STRING")
def fails(text):
    print("printed by a function", file=sys.stderr)
    try:
        raise ValueError("this function fails")
    except ValueError:
        logging.getLogger("failing").exception("failed on\\n%s", text, extra=about("sentiment", 3))
        raise
"""
SECRET = "secret-in-the-table"
TABLE = f"""CREATE TEMPORARY TABLE guarded (text STRING) WITH (
    'connector' = 'kafka', 'topic' = 'none', 'format' = 'raw', 'properties.bootstrap.servers' = '%s',
    'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset',
    'properties.sasl.jaas.config' = 'org.apache.kafka.common.security.plain.PlainLoginModule required
        username="headrace" password="{SECRET}";')"""
ROLES = {"jobmanager": "jobmanager", "taskmanager-1": "taskmanager", "sql-gateway": "sql-gateway"}

Line = dict[str, Any]


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack that logs JSON lines, in which a Python function and a Kafka source have failed."""
    own = Stack(Settings(stack_name="test-stack-logs", log_format="json", task_managers=1))
    own.down(say)
    shutil.rmtree(own.settings.stack, ignore_errors=True)
    try:
        own.up(say)
        fail(own, tmp_path_factory.mktemp("functions"))
        yield own
    finally:
        own.down(say)
    shutil.rmtree(own.settings.stack, ignore_errors=True)


def fail(stack: Stack, folder: Path) -> None:
    """Runs a query that fails in Python and one that fails in Java."""
    file = folder / "failing.py"
    file.write_text(FAILING)
    with GatewaySession(stack.addresses.sql_gateway_url) as session:
        for name, value in {"python.files": file, "restart-strategy.type": "none"}.items():
            session.rows(f"SET '{name}' = '{value}'")
        session.rows("CREATE TEMPORARY FUNCTION fails AS 'failing.fails' LANGUAGE PYTHON")
        session.rows(TABLE % stack.addresses.kafka_bootstrap_servers)
        for query in ("SELECT fails(x) FROM (VALUES ('好')) AS t(x)", "SELECT text FROM guarded"):
            with pytest.raises(StatementFailedError):
                session.rows(query)


def lines(stack: Stack, process: str) -> list[Line]:
    """What a process has logged so far; an unfinished last line is left out."""
    text = (stack.settings.stack / "log" / f"{process}.log").read_text()
    return [json.loads(line) for line in text[: text.rindex("\n")].splitlines()]


def found(stack: Stack, process: str, **fields: str) -> Line:
    """The first line with these fields, by their names with _ for a dot; waits for it."""

    def matching() -> list[Line]:
        return [
            line
            for line in lines(stack, process)
            if all(value in str(line.get(name.replace("_", "."), "")) for name, value in fields.items())
        ]

    await_true(lambda: bool(matching()))
    return matching()[0]


@pytest.mark.parametrize("process", [*ROLES, "worker-template-1"])
def test_every_line_is_json_and_says_whose_it_is(stack: Stack, process: str) -> None:
    all_lines = lines(stack, process)
    assert len(all_lines) > 1
    for line in all_lines:
        assert list(line)[:3] == ["@timestamp", "log.level", "message"]
        assert line["@timestamp"].endswith("Z")
        assert line["log.level"] in {"INFO", "WARN", "ERROR", "FATAL"}
        assert (line["service.name"], line["ecs.version"]) == ("headrace", "1.6.0")
        assert line["labels.role"] == ROLES.get(process, "worker-template")
        assert line["service.node.name"] == ("tm-1" if process == "taskmanager-1" else process)
        assert line["log.logger"]


@pytest.mark.parametrize("process", [*ROLES, "worker-template-1"])
def test_nothing_calls_itself_an_error_at_the_start(stack: Stack, process: str) -> None:
    first = "Starting" if process in ROLES else "serves at"
    assert found(stack, process, message=first)["log.level"] == "INFO"
    before = lines(stack, process)[:40]
    assert [line["message"] for line in before if line["log.level"] in {"ERROR", "FATAL"}] == []


def test_an_error_of_java_is_one_line(stack: Stack) -> None:
    failed = found(stack, "taskmanager-1", message="switched from RUNNING to FAILED")
    assert failed["log.level"] == "WARN"
    assert failed["error.type"].endswith("Exception")
    assert "\n\tat org.apache.flink." in failed["error.stack_trace"]
    assert "ValueError: this function fails" in failed["error.stack_trace"]
    assert len(failed["labels.job_id"]) == 32
    assert failed["process.thread.name"]


def test_a_record_of_a_python_worker_has_its_own_fields(stack: Stack) -> None:
    error = found(stack, "taskmanager-1", log_logger="failing")
    assert error["message"] == "failed on\n好"
    assert (error["log.level"], error["log.origin.file.name"]) == ("ERROR", "failing.py")
    assert (error["labels.model"], error["labels.version"]) == ("sentiment", "3")
    assert (error["error.type"], error["error.message"]) == ("ValueError", "this function fails")
    assert error["error.stack_trace"].startswith("Traceback (most recent call last):\n")
    assert found(stack, "taskmanager-1", message="printed by a function")["log.logger"] == "root"


def test_flinks_web_page_shows_text(stack: Stack) -> None:
    url = stack.addresses.flink_rest_url
    log = httpx.get(f"{url}/taskmanagers/tm-1/log", timeout=10).raise_for_status().text
    assert " INFO  o.a.f.r.t.TaskManagerRunner " in log
    assert " INFO  o.a.f.r.e.ClusterEntrypoint " in httpx.get(f"{url}/jobmanager/log", timeout=10).text


def test_no_secret_is_in_a_log(stack: Stack) -> None:
    logs = list((stack.settings.stack / "log").iterdir())
    assert len(logs) > 8
    found(stack, "jobmanager", message="guarded")
    for secret in (SECRET, password(stack.settings, "redis"), password(stack.settings, "supervisor")):
        assert [file.name for file in logs if secret in file.read_text()] == []
