"""From where a job begins, as Flink's options say it."""

from __future__ import annotations

from headrace.deploy.runner import Start


def test_a_new_job_goes_on_where_its_consumer_group_stands() -> None:
    assert Start().configuration("comments") == {
        "pipeline.name": "comments",
        "headrace.kafka.group.id": "headrace-comments",
        "headrace.kafka.startup.mode": "group-offsets",
    }


def test_state_is_left_behind_only_when_that_is_said() -> None:
    kept = Start("file:/savepoint").configuration("comments")
    left = Start("file:/savepoint", leave_state=True).configuration("comments")
    assert kept["execution.state-recovery.path"] == "file:/savepoint"
    assert left == kept | {"execution.state-recovery.ignore-unclaimed-state": "true"}


def test_a_replay_begins_without_state() -> None:
    found = Start(replay_from=1_795_248_000_000).configuration("comments")
    assert found["headrace.kafka.startup.mode"] == "timestamp"
    assert found["headrace.kafka.startup.timestamp-millis"] == "1795248000000"
    assert "execution.state-recovery.path" not in found
