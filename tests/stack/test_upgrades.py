"""Jobs change while comments flow: what stands in Redis in the end is what an undisturbed run would have written."""

from __future__ import annotations

import json
import re
import signal
import subprocess
from collections import defaultdict
from datetime import UTC, datetime

from headrace.demo.expected import Features, ScoredComment, differences, expected_features, iso
from headrace.deploy.flink_rest import FlinkRest, Job
from headrace.deploy.records import Records
from headrace.features import read_features
from headrace.stack.redis import connect
from headrace.stack.stack import Stack
from headrace.testing.waiting import await_true
from tests.stack.commands import Commands, Project, kill_at, read_until, say
from tests.stack.flow import Flow

PER_SECOND = 500
ACTIVE_TABLE = """CREATE TABLE active_items (
    item_id STRING, window_end TIMESTAMP_LTZ(3), comments BIGINT, PRIMARY KEY (item_id) NOT ENFORCED
) WITH ('connector' = 'redis', 'url' = '${redis.url}', 'password-file' = '${redis.password-file}', 'ttl' = '7 d');
"""
ACTIVE_FEATURE = """INSERT INTO active_items
SELECT item_id, CAST(window_end AS TIMESTAMP_LTZ(3)), COUNT(*)
FROM TUMBLE(TABLE scored_comments, DESCRIPTOR(event_time), INTERVAL '2' MINUTE)
GROUP BY item_id, window_start, window_end
ON CONFLICT DO DEDUPLICATE;
"""
# Flink 2.3 compiles this one, and cannot execute what it has compiled: it does not know STDDEV_POP's state any more.
UNPLANNABLE_FEATURE = """INSERT INTO active_items
SELECT item_id, CAST(window_end AS TIMESTAMP_LTZ(3)), CAST(STDDEV_POP(score) AS BIGINT)
FROM TUMBLE(TABLE scored_comments, DESCRIPTOR(event_time), INTERVAL '2' MINUTE)
GROUP BY item_id, window_start, window_end
ON CONFLICT DO DEDUPLICATE;
"""
UNREADABLE_FEATURE = """INSERT INTO active_items
SELECT item_id, event_time, CAST(user_id AS BIGINT) FROM scored_comments
ON CONFLICT DO DEDUPLICATE;
"""


def running(stack: Stack) -> list[Job]:
    return FlinkRest(stack.addresses.flink_rest_url).jobs()


def job_id(stack: Stack) -> str:
    [job] = [job for job in running(stack) if job.name == "comments"]
    return job.id


def states(plan: str) -> dict[str, set[str]]:
    """What a plan says of the operators of `comments`, by what becomes of their state."""
    found: dict[str, set[str]] = defaultdict(set)
    [job] = [job for job in json.loads(plan)["jobs"] if job["job"] == "comments"]
    for operator in job["operators"]:
        feature = operator["features"][0] if len(operator["features"]) == 1 else "all"
        found[operator["state"]].add(f"{feature}: {operator['operator']}")
    return found


def active_items(scored: list[ScoredComment], since: int, until: int) -> Features:
    """The feature `active_items`: the last full window of 2 minutes of each item, of those that began after `since`."""
    counts: dict[tuple[str, int], int] = defaultdict(int)
    for one in scored:
        counts[one.comment.item_id, one.time // 120_000 * 120_000] += 1
    return {
        f"active_items:{item}": {"item_id": item, "window_end": iso(start + 120_000), "comments": count}
        for (item, start), count in sorted(counts.items(), key=lambda window: window[0][1])
        if start > since and start + 120_000 - 1 <= until
    }


def test_features_change_while_comments_flow(deployed_two_jobs: Stack, headrace: Commands, two_jobs: Project) -> None:
    deployed, project = deployed_two_jobs, two_jobs
    project_option = ("--project", str(project.root))
    client = connect(deployed.settings, deployed.addresses)
    others = {job.name for job in running(deployed)} - {"comments"}
    assert others == {"holidays"}
    with Flow(deployed, "flow", PER_SECOND) as flow:
        await_true(lambda: client.exists("item_sentiment:flow-i00"))

        # One feature more: first in the order of the files, so that every id would move.
        project.write("catalog/features/active_items.sql", ACTIVE_TABLE)
        project.write("sql/comments/active_items.sql", ACTIVE_FEATURE)
        planned = headrace("plan", "--json", "--exit-code", *project_option)
        assert planned.returncode == 2, planned.stderr
        found = states(planned.stdout)
        assert found["keeps its state"] == {
            "all: place in comments",
            "item_sentiment: TUMBLE window of 1 min per item_id",
            "user_emotion: OVER window of the last 5 min per user_id",
            "user_session_emotion: SESSION window of 30 s per user_id",
        }
        assert found["begins empty"] == {"active_items: TUMBLE window of 2 min per item_id"}
        assert not found["loses its state"]
        said = headrace.ok("deploy", *project_option)
        assert re.search(r"job comments: runs \(\w+\), resumed from .*, after [\d.]+ s without it", said)
        added = flow.event_time
        [status] = [job for job in json.loads(headrace.ok("status", "--json"))["jobs"] if job["name"] == "comments"]
        assert (status["state"], status["restarts"]) == ("RUNNING", 0)
        assert status["checkpoint_bytes"] > 0
        assert status["lag_records"] is not None
        assert {feature["table"] for feature in status["features"]} > {"item_sentiment", "active_items"}

        # Another order is no change: no id follows from it.
        project.rename("sql/comments/comment_sentiment.sql", "z_comment_sentiment.sql")
        assert "plan: nothing to change" in headrace.ok("plan", "--exit-code", *project_option)

        # A column more that needs no other state.
        project.replace(
            "sql/comments/item_sentiment.sql",
            "AVG(CASE WHEN label = 'negative' THEN 1.0E0 ELSE 0.0E0 END)",
            "AVG(CASE WHEN label = 'negative' THEN 1.0E0 ELSE 0.0E0 END),\n    AVG(score) >= 0.5E0",
        )
        project.replace(
            "catalog/features/item_sentiment.sql", "negative_share DOUBLE,", "negative_share DOUBLE, liked BOOLEAN,"
        )
        said = headrace.ok("deploy", *project_option)
        assert "table item_sentiment replaced" in said

        # One feature less, by a deployment that is killed twice.
        project.remove("catalog/features/active_items.sql")
        project.remove("sql/comments/active_items.sql")
        with kill_at(headrace, "job comments: stopped with savepoint", *project_option) as first_line:
            second = headrace("deploy", *project_option)
            assert second.returncode == 1
            assert "is under way" in second.stderr
        savepoint = first_line.text.split()[-1]
        assert {job.name for job in running(deployed)} == others
        [left] = [job for job in json.loads(headrace.ok("plan", "--json", *project_option))["jobs"] if job["state"]]
        assert (left["job"], left["state"]) == ("comments", savepoint)
        with kill_at(headrace, "job comments: runs", *project_option):
            pass
        assert "was interrupted; what it started is canceled first" in headrace.ok("plan", *project_option)
        said = headrace.ok("deploy", *project_option)
        assert f"resumed from {savepoint}" in said
        assert {job.name for job in running(deployed)} == others | {"comments"}

        # And back: the feature is there again, with what its windows would hold.
        said = headrace.ok("rollback", "comments")
        assert "from the savepoint with which it was stopped" in said
        await_true(lambda: client.hexists("item_sentiment:flow-i00", "liked"))
    scored = flow.scored()
    expected = expected_features(scored)
    for key, fields in expected.items():
        if key.startswith("item_sentiment:"):
            fields["liked"] = str(float(fields["mean_score"]) >= 0.5).lower()
    expected |= active_items(scored, added, flow.event_time - 5_000)
    assert_redis_holds(deployed, expected)


def test_deployment_that_cannot_take_effect_is_taken_back(
    deployed_two_jobs: Stack, headrace: Commands, two_jobs: Project
) -> None:
    deployed, project = deployed_two_jobs, two_jobs
    project_option = ("--project", str(project.root))
    client = connect(deployed.settings, deployed.addresses)
    begin = datetime.now(UTC)
    with Flow(deployed, "fail", 200) as flow:
        await_true(lambda: client.exists("item_sentiment:fail-i00"))

        # Flink refuses to start what it has compiled.
        project.write("catalog/features/active_items.sql", ACTIVE_TABLE)
        project.write("sql/comments/active_items.sql", UNPLANNABLE_FEATURE)
        assert_taken_back(deployed, headrace("deploy", *project_option), "Could not resolve internal system function")

        # It starts, and fails with the first row.
        project.write("sql/comments/active_items.sql", UNREADABLE_FEATURE)
        assert_taken_back(deployed, headrace("deploy", *project_option), "For input string")

        # Somebody changes their mind.
        project.write("sql/comments/active_items.sql", ACTIVE_FEATURE)
        with headrace.begin("deploy", *project_option) as process:
            read_until(process, "job comments: stopped with savepoint")
            process.send_signal(signal.SIGINT)
            assert process.stdout
            said = process.stdout.read()
        assert "deployment: interrupted; what ran before is put back" in said
        assert_taken_back(deployed, subprocess.CompletedProcess([], process.returncode, said, said), "interrupted")

        # Other windows hold other sums: their state is nobody's.
        project.remove("catalog/features/active_items.sql")
        project.remove("sql/comments/active_items.sql")
        project.replace("sql/comments/item_sentiment.sql", "INTERVAL '1' MINUTE", "INTERVAL '2' MINUTE")
        before = job_id(deployed)
        refused = headrace("deploy", *project_option)
        assert refused.returncode == 1, refused.stdout
        assert "cannot keep the state of\n  item_sentiment: TUMBLE window of 1 min per item_id\n" in refused.stderr
        assert "--allow-state-loss" in refused.stderr
        assert before == job_id(deployed)
        headrace.ok("deploy", "--replay-from", f"{begin:%Y-%m-%dT%H:%M:%SZ}", *project_option)
    scored = flow.scored()
    expected = {
        key: fields for key, fields in expected_features(scored).items() if not key.startswith("item_sentiment:")
    }
    # Even windows that were open when the windows changed.
    assert_redis_holds(deployed, expected | item_windows(scored, flow.event_time - 5_000))

    # And back: a window that was open is lost, the other features lose nothing.
    project.replace("sql/comments/item_sentiment.sql", "INTERVAL '2' MINUTE", "INTERVAL '1' MINUTE")
    with Flow(deployed, "lose", 200) as flow:
        await_true(lambda: client.exists("user_session_emotion:lose-u0000"))
        headrace.ok("deploy", "--allow-state-loss", *project_option)
        changed = flow.event_time
        # Until each item's last full window has begun after that.
        await_true(lambda: flow.event_time > changed + 150_000)
    assert_redis_holds(deployed, expected_features(flow.scored()))


def assert_taken_back(stack: Stack, failed: subprocess.CompletedProcess[str], reason: str) -> None:
    """A deployment has failed, and what ran before runs again."""
    say(failed.stdout)
    assert failed.returncode != 0, failed.stdout
    assert reason in failed.stderr
    assert "What ran before runs again, with its state: comments." in failed.stderr
    assert not (stack.settings.stack / "catalog/default/tables/active_items.json").exists()
    records = Records(stack.settings)
    assert records.history("comments")[-1].outcome == "failed"
    current = records.current("comments")
    assert current is not None
    assert current.job_id == job_id(stack)


def item_windows(scored: list[ScoredComment], until: int) -> Features:
    """The feature `item_sentiment` over windows of 2 minutes, its time and count."""
    counts = active_items(scored, 0, until).values()
    return {
        f"item_sentiment:{row['item_id']}": {"window_end": row["window_end"], "comments": row["comments"]}
        for row in counts
    }


def assert_redis_holds(stack: Stack, expected: Features) -> None:
    client = connect(stack.settings, stack.addresses)
    found: list[str] = []

    def is_exact() -> bool:
        there = read_features(client, expected)
        # Of a feature that is computed anew here in part, the part.
        there = {key: {name: there[key][name] for name in there[key] if name in expected[key]} for key in there}
        found[:] = differences(expected, there)
        return not found

    try:
        await_true(is_exact, every=2)
    except AssertionError as error:
        raise AssertionError(f"{len(found)} of {len(expected)} differ: {found[:8]}") from error
