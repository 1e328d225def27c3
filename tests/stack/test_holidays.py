"""Holiday topics are data: rows that an analyst inserts count in the running job."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from headrace.demo.comments import Comment, Message
from headrace.demo.dead_letters import newest_event_time
from headrace.demo.demo import PAUSE_AFTER_EARLIER_RUN, TOPIC
from headrace.demo.replay import Replay
from headrace.deploy.flink_rest import FlinkRest
from headrace.features import read_features
from headrace.settings import PROJECT
from headrace.stack.redis import connect
from headrace.stack.stack import Stack
from headrace.testing.waiting import await_true

MINUTE = 60_000
HOUR = 60 * MINUTE
# As in catalog/sources/comments.sql.
WATERMARK_DELAY = 5_000
Headrace = Callable[..., subprocess.CompletedProcess[str]]


class Analyst:
    """Inserts topics in the SQL client."""

    def __init__(self, headrace: Headrace, folder: Path) -> None:
        self._headrace = headrace
        self._file = folder / "topics.sql"

    def insert(self, *rows: str) -> None:
        """Each row is `topic, words, active_from, active_until` as SQL."""
        values = ",\n".join(f"('cn', {row})" for row in rows)
        self._file.write_text(
            "USE CATALOG headrace;\nSET 'table.dml-sync' = 'true';\n"
            "INSERT INTO holiday_topics (calendar, topic, words, active_from, active_until)\n"
            f"VALUES {values}\nON CONFLICT DO DEDUPLICATE;\n"
        )
        result = self._headrace("sql-client", "--", "-f", str(self._file))
        assert result.returncode == 0, result.stderr
        assert "[ERROR]" not in result.stdout, result.stdout


class Commenters:
    """Send comments of one hour, and let its minutes pass."""

    def __init__(self, stack: Stack, run: str) -> None:
        servers = stack.addresses.kafka_bootstrap_servers
        earliest = max(int(time.time() * 1000), newest_event_time(servers, TOPIC) + PAUSE_AFTER_EARLIER_RUN)
        self.hour = (earliest // HOUR + 1) * HOUR
        self._replay = Replay(servers, TOPIC)
        self._run = run
        self._sent = 0
        self._minute = 0

    def write(self, *texts: str) -> None:
        """Comments of the next minute, and one without a topic a minute later: by it the watermark ends the minute."""
        now = self._now()
        self._minute += 1
        self._replay.run([self._message(text, now) for text in texts], 100, lambda _: None)
        self._replay.run([self._message("今天天气不错", self._now())], 100, lambda _: None)

    def next_time(self) -> str:
        """When the next comments will be written, as SQL."""
        return f"TO_TIMESTAMP_LTZ({self._now()}, 3)"

    def _now(self) -> int:
        return self.hour + self._minute * MINUTE + WATERMARK_DELAY

    def _message(self, text: str, at: int) -> Message:
        self._sent += 1
        comment = Comment(f"{self._run}-{self._sent}", "u1", "i1", text, at)
        return Message(comment.payload(), comment)


def test_topics_change_while_the_job_runs(deployed: Stack, headrace: Headrace, tmp_path: Path) -> None:
    client = connect(deployed.settings, deployed.addresses)
    rest = FlinkRest(deployed.addresses.flink_rest_url)
    jobs = {job.id for job in rest.jobs()}
    run = f"holidays{time.time_ns():x}"
    analyst, commenters = Analyst(headrace, tmp_path), Commenters(deployed, run)
    hour = time.strftime("%Y-%m-%dT%H", time.gmtime(commenters.hour / 1000))

    def counted(topic: str) -> int:
        key = f"holiday_topic_sentiment:{topic}{run}:{hour}"
        return int(read_features(client, [key]).get(key, {}).get("comments", 0))

    def topic(name: str, *others: str, until: str = "CAST(NULL AS TIMESTAMP_LTZ(3))") -> str:
        words = ", ".join(f"'{word}{run}'" for word in (name, *others))
        return f"'{name}{run}', ARRAY[{words}], CAST(NULL AS TIMESTAMP_LTZ(3)), {until}"

    def await_topic(name: str) -> None:
        """Comments have this topic by now, and so all that was inserted with it or before."""

        def is_counted() -> bool:
            commenters.write(f"{name}{run}")
            return counted(name) > 0

        # Rarely: a minute passes with each, and all is to happen in one hour.
        await_true(is_counted, every=3)

    analyst.insert(topic("红包", "压岁钱"), topic("春联"), topic("初"))
    await_topic("初")
    commenters.write(f"收到红包{run}很开心", f"压岁钱{run}太少", f"春联{run}和红包{run}都有", f"团圆饭{run}")
    await_true(lambda: counted("红包") == 3)
    assert (counted("春联"), counted("团圆饭")) == (1, 0)

    # One topic ends, one has another word, one is new; the others are not touched.
    analyst.insert(
        topic("红包", "压岁钱", until=commenters.next_time()), topic("春联", "对联"), topic("团圆饭"), topic("再")
    )
    await_topic("再")
    commenters.write(f"红包{run}", f"对联{run}贴好了", f"团圆饭{run}很好吃", f"团圆饭{run}太贵")
    await_true(lambda: counted("团圆饭") == 2)
    assert (counted("红包"), counted("春联")) == (3, 2)
    assert {job.id for job in rest.jobs()} == jobs


@pytest.mark.usefixtures("deployed")
def test_first_topics_can_be_loaded(headrace: Headrace) -> None:
    result = headrace("sql", "-f", str(PROJECT / "catalog" / "rows" / "holiday_topics.sql"))
    assert result.returncode == 0, result.stderr
    assert re.search(r"job [0-9a-f]{32}: finished", result.stderr)
