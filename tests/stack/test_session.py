"""What an analyst finds: the functions are there in every new session, without any set-up."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from confluent_kafka.admin import AdminClient
from sessions import gateway_session
from tenacity import Retrying, retry_if_result, stop_after_delay, wait_fixed

from headrace.demo.comments import Message
from headrace.demo.demo import TOPIC
from headrace.demo.replay import Replay
from headrace.settings import PROJECT
from headrace.stack.flink import flink_environment
from headrace.stack.flink_configuration import BIN
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
    with gateway_session(deployed) as session:
        session.rows("USE CATALOG headrace")
        [[ddl]] = session.rows("SHOW CREATE TABLE comments")
        properties = session.properties()
    assert "'properties.group.id' = '${kafka.group.id}'" in str(ddl)
    assert properties["headrace.kafka.group.id"] == "headrace-session"
    assert properties["headrace.kafka.startup.mode"] == "earliest-offset"

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
    with gateway_session(deployed) as session:
        assert session.rows("USE CATALOG headrace") == [("OK",)]
        functions = session.rows("SHOW USER FUNCTIONS")
    files = (PROJECT / "catalog" / "functions").glob("*.sql")
    assert sorted(functions) == sorted((file.stem,) for file in files)
    assert ("invoice_fields",) in functions
