"""How jobs are, as Flink's REST API tells it."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from headrace.deploy.flink_rest import FlinkRest
from headrace.deploy.job_status import job_statuses
from headrace.deploy.records import Records
from headrace.settings import Settings
from tests.unit.deploy.deployed import COMMENTS, compiled_job, deployment

NOW = 1_795_000_000_000
METRICS = {
    "Source__comments[1].pendingRecords": "12.0",
    "item_sentiment[9]__Writer.numRecordsSend": "40",
    "item_sentiment[9]__Writer.numRecordsOut": "0",
    "item_sentiment[9]__Writer.currentInputWatermark": str(int(NOW - 20_000)),
    "comments_dead_letters[8]__Writer.numRecordsOut": "3",
    "comments_dead_letters[8]__Writer.currentInputWatermark": str(-(2**63)),
}
ANSWERS: dict[str, Any] = {
    "/jobs/overview": {
        "jobs": [
            {"jid": "a", "name": "comments", "state": "RUNNING", "duration": 61_000, "start-time": 1},
            {"jid": "q", "name": "a query", "state": "RUNNING", "duration": 2_000, "start-time": 2},
        ]
    },
    "/jobs/a": {"vertices": [{"id": "v", "parallelism": 1}]},
    "/jobs/a/checkpoints": {"latest": {"completed": {"latest_ack_timestamp": NOW - 4_000, "checkpointed_size": 2048}}},
    "/jobs/a/metrics": [{"id": "numRestarts", "value": "2"}],
}


def answer(request: httpx.Request) -> httpx.Response:
    if request.url.path == "/jobs/a/vertices/v/subtasks/0/metrics":
        wanted = request.url.params.get("get")
        ids = wanted.split(",") if wanted else list(METRICS)
        return httpx.Response(200, json=[{"id": one, "value": METRICS[one]} for one in ids])
    return httpx.Response(200, json=ANSWERS[request.url.path])


@pytest.fixture
def records(own_settings: Settings) -> Records:
    found = Records(own_settings)
    found.save(deployment(compiled_job(), commit="0123456789", number=4), COMMENTS)
    found.save(deployment(compiled_job("holidays"), job_id="gone"), COMMENTS)
    found.save(deployment(compiled_job("idle"), outcome="stopped"), COMMENTS)
    found.save(deployment(compiled_job("old"), outcome="removed"), COMMENTS)
    return found


def test_status_of_jobs_and_features(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: NOW / 1000)
    rest = FlinkRest("http://job-manager")
    rest._http = httpx.Client(base_url=rest.url, transport=httpx.MockTransport(answer))
    statuses = {one.name: one for one in job_statuses(rest, records)}
    assert {name: one.state for name, one in statuses.items()} == {
        "comments": "RUNNING",
        "holidays": "LOST",
        "idle": "STOPPED",
        "a query": "RUNNING",
    }
    comments = statuses["comments"]
    assert (comments.deployment, comments.commit, comments.running_seconds) == (4, "01234567", 61)
    assert (comments.lag_records, comments.restarts, comments.checkpoint_bytes) == (12, 2, 2048)
    assert comments.checkpoint_age_seconds == 4
    letters, items = comments.features
    assert (letters.table, letters.rows, letters.event_time) == ("comments_dead_letters", 3, None)
    assert (items.table, items.rows) == ("item_sentiment", 40)
    assert items.behind_seconds == 20
    assert statuses["a query"].deployment is None
