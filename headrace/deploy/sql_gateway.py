"""Runs statements in a session of Flink's SQL gateway, which runs already: no JVM to start while a job stands still.

https://nightlies.apache.org/flink/flink-docs-release-2.3/docs/dev/table/sql-gateway/rest/
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import httpx

from headrace.deploy.script import Script
from headrace.deploy.sql_client import StatementRefusedError, reason_of
from headrace.errors import SqlClientError

STATEMENT_SECONDS = 180.0
POLL_SECONDS = 0.1


@dataclass(frozen=True)
class Result:
    """What became of one statement.

    Attributes:
        rows: its result, each row as a list of values.
        job_id: of the Flink job that it started, if it started one.
    """

    rows: list[list[Any]]
    job_id: str | None


def run_in_gateway(url: str, script: Script) -> list[Result]:
    """Executes a script's statements one after the other, in one session.

    Args:
        url: of the gateway, without a version.
        script: the statements.

    Raises:
        StatementRefusedError: Flink refused one; those before it were executed.
        SqlClientError: the gateway does not answer.
    """
    try:
        with httpx.Client(base_url=f"{url}/v2", timeout=STATEMENT_SECONDS) as http:
            session = f"/sessions/{_json(http.post('/sessions', json={}))['sessionHandle']}"
            try:
                return [_run(http, session, script, number) for number in range(len(script.texts))]
            finally:
                http.delete(session)
    except httpx.HTTPError as error:
        raise SqlClientError(f"{url}: the SQL gateway does not answer: {error!r}. See: headrace status") from error


def _run(http: httpx.Client, session: str, script: Script, number: int) -> Result:
    started = _json(http.post(f"{session}/statements", json={"statement": script.texts[number]}))
    operation = f"{session}/operations/{started['operationHandle']}"
    page = f"{operation}/result/0?rowFormat=JSON"
    rows: list[list[Any]] = []
    job_id: str | None = None
    limit = time.monotonic() + STATEMENT_SECONDS
    while time.monotonic() < limit:
        answer = http.get(page)
        if answer.is_error:
            report = "\n".join(answer.json().get("errors", [answer.text]))
            raise StatementRefusedError(number, script.place(number, None), reason_of(report), report)
        result = answer.json()
        rows += [row["fields"] for row in result.get("results", {}).get("data", [])]
        job_id = job_id or result.get("jobID")
        if result["resultType"] == "EOS":
            http.delete(f"{operation}/close")
            return Result(rows, job_id)
        # The next page's address begins with the version, as the client's own does.
        following = result.get("nextResultUri")
        page = following[following.index("/sessions") :] if following else page
        time.sleep(POLL_SECONDS)
    raise SqlClientError(f"{script.texts[number][:80]} …: no result after {STATEMENT_SECONDS:.0f} s")


def _json(answer: httpx.Response) -> dict[str, Any]:
    if answer.is_error:
        raise SqlClientError(f"{answer.request.url}: the SQL gateway answers {answer.status_code}: {answer.text[:500]}")
    return dict(answer.json())
