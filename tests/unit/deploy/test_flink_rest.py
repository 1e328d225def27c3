"""A JobManager that is busy or away."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from headrace.deploy.flink_rest import FlinkRest, JobManagerError

Answer = Callable[[httpx.Request], httpx.Response]


def rest(answer: Answer) -> FlinkRest:
    found = FlinkRest("http://job-manager")
    found._http = httpx.Client(base_url=found.url, transport=httpx.MockTransport(answer))
    return found


def test_one_that_does_not_answer_is_an_error_with_a_remedy() -> None:
    def away(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("")

    with pytest.raises(JobManagerError, match=r"does not answer \(ReadTimeout\)\. See: headrace status"):
        rest(away).jobs()


def test_a_job_is_stopped_though_the_first_answer_is_lost() -> None:
    """The answer, not the request: by the id of its own the savepoint is found all the same."""
    triggers: list[str] = []

    def busy(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            triggers.append(request.read().decode().rpartition('"triggerId":"')[2].partition('"')[0])
            raise httpx.ReadTimeout("")
        if request.url.path == f"/jobs/a/savepoints/{triggers[0]}":
            return httpx.Response(
                200, json={"status": {"id": "COMPLETED"}, "operation": {"location": "file:/savepoint-a"}}
            )
        assert request.url.path == "/jobs/a"
        return httpx.Response(200, json={"state": "FINISHED"})

    assert rest(busy).stop_with_savepoint("a") == "file:/savepoint-a"
