"""`headrace test new` records cases from live topics, and they pass."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from headrace.demo.comments import Message
from headrace.demo.demo import TOPIC
from headrace.demo.replay import Replay
from headrace.settings import PROJECT
from headrace.stack.redis import connect
from headrace.stack.stack import Stack

Headrace = Callable[..., subprocess.CompletedProcess[str]]
TEXTS = ("月饼很好吃", "太差了，再也不买了", "月饼太甜")


@pytest.fixture
def run(deployed: Stack) -> str:
    """Comments in the topic, of a user of their own, between others; and a topic that some of them have."""
    name = f"recording-{time.time_ns():x}"
    now = int(time.time() * 1000)
    messages = [
        {"comment_id": f"{name}-{n}", "user_id": user, "item_id": "i1", "content": text, "ts": now + n}
        for n, text in enumerate(TEXTS)
        for user in (name, "somebody")
    ]
    lines = [Message(json.dumps(message, ensure_ascii=False).encode()) for message in messages]
    Replay(deployed.addresses.kafka_bootstrap_servers, TOPIC).run(lines, 1000.0, lambda _: None)
    fields = {"topic": "recorded", "holiday": "中秋", "kind": "topic", "words": ["月饼"]}
    row = json.dumps(fields, ensure_ascii=False)
    connect(deployed.settings, deployed.addresses).hset("holiday_topics:cn", "recorded", row)
    return name


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The SQL without a case."""
    for folder in ("catalog", "sql"):
        shutil.copytree(PROJECT / folder, tmp_path / folder)
    return tmp_path


def test_recorded_cases_pass(run: str, headrace: Headrace, project: Path) -> None:
    new = ("test", "new", "--project", str(project), "--where", f"user_id={run}", "--json")
    recorded = headrace(*new, "comment_sentiment", "--mask", "user_id", "--messages", "2", "--case", "live")
    assert recorded.returncode == 0, recorded.stderr
    rows = json.loads(recorded.stdout)["rows"]
    assert [row["comment_id"] for row in rows] == [f"{run}-1", f"{run}-2"]
    assert all(row["user_id"].startswith("m-") for row in rows)
    topics = headrace(*new, "holiday_topic_sentiment", "--case", "live")
    assert topics.returncode == 0, topics.stderr
    [row] = [row for row in json.loads(topics.stdout)["rows"] if row["topic"] == "recorded"]
    assert row["comments"] == sum("月饼" in text for text in TEXTS)
    result = headrace("test", "--project", str(project), "--json")
    assert result.returncode == 0, result.stdout
    cases = [(case["case"], case["passed"]) for case in json.loads(result.stdout)["cases"]]
    assert cases == [("comments/live", True), ("holidays/live", True)]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["coment_sentiment"], "coment_sentiment: no job in sql/ writes it. Did you mean comment_sentiment?"),
        (["comment_sentiment", "--case", "late"], "late: there is such a case"),
        (["comment_sentiment", "--where", "user_id=nobody"], "topic comments: no message fits"),
    ],
)
def test_what_cannot_be_recorded_is_said(run: str, headrace: Headrace, arguments: list[str], says: str) -> None:
    result = headrace("test", "new", *arguments)
    assert result.returncode == 1
    assert says in result.stderr
