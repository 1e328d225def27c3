"""What an analyst finds: the functions are there in every new session, without any set-up."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import httpx
from confluent_kafka.admin import AdminClient
from tenacity import Retrying, retry, retry_if_result, stop_after_delay, wait_fixed

from headrace.demo.comments import Message
from headrace.demo.demo import TOPIC
from headrace.demo.replay import Replay
from headrace.stack.flink import BIN, flink_environment
from headrace.stack.stack import Stack

STATEMENTS = """
USE CATALOG headrace;
SHOW USER FUNCTIONS;
SELECT sentiment(c) FROM (VALUES ('太差了，再也不买了')) AS t(c);
"""


def test_bare_sql_client_knows_the_functions(deployed: Stack, tmp_path: Path) -> None:
    file = tmp_path / "statements.sql"
    file.write_text(STATEMENTS)
    result = subprocess.run(
        [BIN / "sql-client.sh", "-hist", tmp_path / "history", "-f", file],
        env={**os.environ, **flink_environment(deployed.settings)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "[ERROR]" not in result.stdout
    assert re.search(r"\|\s+sentiment \|", result.stdout)
    scores = re.findall(r"\| \+I \|\s+([0-9.]+) \|", result.stdout)
    assert len(scores) == 1
    assert 0 <= float(scores[0]) < 0.3  # a complaint


def test_session_and_job_do_not_share_a_consumer_group(deployed: Stack) -> None:
    """Else a query of an analyst would move the place from which a job goes on."""
    admin = AdminClient({"bootstrap.servers": deployed.addresses.kafka_bootstrap_servers})
    with httpx.Client(base_url=deployed.addresses.sql_gateway_url, timeout=30) as gateway:
        session = gateway.post("/v1/sessions", json={}).raise_for_status().json()["sessionHandle"]
        _execute(gateway, session, "USE CATALOG headrace")
        [[ddl]] = _execute(gateway, session, "SHOW CREATE TABLE comments")
    assert "'properties.group.id' = 'headrace-session'" in str(ddl)
    assert "'scan.startup.mode' = 'earliest-offset'" in str(ddl)

    # Offsets are committed with the first checkpoint after a message was read.
    Replay(deployed.addresses.kafka_bootstrap_servers, TOPIC).run([Message(b"{}")], 1.0, lambda _: None)

    def groups() -> set[str]:
        return {group.group_id for group in admin.list_consumer_groups().result().valid}

    retrying = Retrying(
        retry=retry_if_result(lambda found: "headrace-comments" not in found),
        stop=stop_after_delay(60),
        wait=wait_fixed(0.5),
    )
    assert "headrace-session" not in retrying(groups)


def test_sql_gateway_knows_the_functions(deployed: Stack) -> None:
    with httpx.Client(base_url=deployed.addresses.sql_gateway_url, timeout=30) as gateway:
        session = gateway.post("/v1/sessions", json={}).raise_for_status().json()["sessionHandle"]
        assert _execute(gateway, session, "USE CATALOG headrace") == [["OK"]]
        functions = _execute(gateway, session, "SHOW USER FUNCTIONS")
    assert sorted(functions) == [["sentiment"], ["sentiment_detail"]]


def _execute(gateway: httpx.Client, session: str, statement: str) -> list[list[object]]:
    path = f"/v1/sessions/{session}/statements"
    operation = gateway.post(path, json={"statement": statement}).raise_for_status().json()["operationHandle"]

    @retry(
        retry=retry_if_result(lambda answer: answer["resultType"] == "NOT_READY"),
        stop=stop_after_delay(60),
        wait=wait_fixed(0.1),
    )
    def fetch() -> dict:
        answer = gateway.get(f"/v1/sessions/{session}/operations/{operation}/result/0").json()
        assert "errors" not in answer, answer
        return answer

    return [row["fields"] for row in fetch()["results"]["data"]]
