"""A client of Flink's SQL gateway, over its REST interface.

https://nightlies.apache.org/flink/flink-docs-release-2.3/docs/dev/table/sql-gateway/rest/
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import httpx

from headrace.errors import GatewayError
from headrace.sql_gateway.cause import Cause, cause_of
from headrace.sql_gateway.data_types import sql_type

VERSION = "v2"
REQUEST_SECONDS = 120.0
# Between two questions for rows: soon while the first ones are awaited, slower when a query has none for a while.
SHORTEST_PAUSE, LONGEST_PAUSE = 0.01, 0.2
HEARTBEAT_SECONDS = 60.0
_OPERATIONS = {"INSERT": "+I", "UPDATE_BEFORE": "-U", "UPDATE_AFTER": "+U", "DELETE": "-D"}


class StatementFailedError(GatewayError):
    """Flink refused a statement, or its job failed.

    Attributes:
        statement: as it was sent.
        cause: why.
        trace: all that Flink said.
    """

    def __init__(self, statement: str, cause: Cause, trace: str) -> None:
        super().__init__(cause.words)
        self.statement, self.cause, self.trace = statement, cause, trace


class SessionLostError(GatewayError):
    """The gateway does not know the session: it was started anew, or it heard nothing for too long."""


@dataclass(frozen=True)
class Column:
    """A column of a result; its type as SQL writes it."""

    name: str
    type: str


@dataclass(frozen=True)
class Row:
    """A change of the result: `+I`, `-U`, `+U` or `-D`, and the row's values as JSON has them."""

    operation: str
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Page:
    """Some of the rows of a result, perhaps none.

    Attributes:
        rows: in their order.
        is_ready: whether the statement was planned and, if it has a job, submitted.
    """

    rows: tuple[Row, ...]
    is_ready: bool


class Operation:
    """A statement that the gateway executes; at the end of the `with` block its query is ended, too.

    Attributes:
        statement: as it was sent.
        columns: of the result; none before the first ready page.
        job_id: of the Flink job, once there is one.
    """

    def __init__(self, http: httpx.Client, path: str, statement: str) -> None:
        self._http, self._path = http, path
        self.statement = statement
        self.columns: tuple[Column, ...] = ()
        self.job_id: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def pages(self) -> Iterator[Page]:
        """The result as it comes, until its end; a page without rows as often as there is nothing new.

        Raises:
            StatementFailedError: Flink refused the statement, or its job failed.
        """
        address: str | None = f"/{VERSION}{self._path}/result/0?rowFormat=JSON"
        pause = SHORTEST_PAUSE
        while address:
            answer = _send(self._http, "GET", address, statement=self.statement)
            ready = answer["resultType"] != "NOT_READY"
            rows: tuple[Row, ...] = ()
            if ready:
                results = answer["results"]
                self.job_id = answer.get("jobID") or self.job_id
                self.columns = tuple(Column(c["name"], sql_type(c["logicalType"])) for c in results["columns"])
                rows = tuple(Row(_OPERATIONS[row["kind"]], tuple(row["fields"])) for row in results["data"])
            following = answer.get("nextResultUri") or (None if answer["resultType"] == "EOS" else address)
            yield Page(rows, ready)
            if rows:
                pause = SHORTEST_PAUSE
            elif following:
                time.sleep(pause)
                pause = min(pause * 1.5, LONGEST_PAUSE)
            address = following

    def cancel(self) -> None:
        """Asks the gateway to end the statement, also while it is being planned."""
        with contextlib.suppress(GatewayError):  # it has ended already
            _send(self._http, "POST", f"/{VERSION}{self._path}/cancel")

    def close(self) -> None:
        """Gives the result up; the job of a query that still runs is cancelled."""
        with contextlib.suppress(GatewayError):
            _send(self._http, "DELETE", f"/{VERSION}{self._path}/close")


class GatewaySession:
    """An open session; it ends with the `with` block."""

    def __init__(self, url: str, properties: Mapping[str, str] | None = None) -> None:
        """Opens a session.

        Args:
            url: of the gateway, without a version.
            properties: configuration that the session starts with.

        Raises:
            GatewayError: no gateway answers there.
        """
        self._http = httpx.Client(base_url=url, timeout=REQUEST_SECONDS)
        opened = _send(self._http, "POST", f"/{VERSION}/sessions", {"properties": dict(properties or {})})
        self._path = f"/sessions/{opened['sessionHandle']}"
        self._ended = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the session and with it its queries."""
        self._ended.set()
        with contextlib.suppress(GatewayError):  # the gateway has ended before
            _send(self._http, "DELETE", f"/{VERSION}{self._path}")
        self._http.close()

    def keep_alive(self) -> None:
        """Tells the gateway from now on, from a thread of its own, that somebody is there: it ends silent sessions."""
        threading.Thread(target=self._beat, name="sql-gateway-heartbeat", daemon=True).start()

    def properties(self) -> dict[str, str]:
        """The session's configuration."""
        return dict(_send(self._http, "GET", f"/{VERSION}{self._path}")["properties"])

    def execute(self, statement: str, configuration: Mapping[str, str] | None = None) -> Operation:
        """Sends a statement.

        Args:
            statement: one, without a semicolon.
            configuration: for this statement alone.

        Raises:
            SessionLostError: the gateway does not know the session any more.
        """
        body = {"statement": statement, "executionConfig": dict(configuration or {})}
        answer = _send(self._http, "POST", f"/{VERSION}{self._path}/statements", body, statement)
        return Operation(self._http, f"{self._path}/operations/{answer['operationHandle']}", statement)

    def rows(self, statement: str, configuration: Mapping[str, str] | None = None) -> list[tuple[Any, ...]]:
        """All rows of a statement whose result ends by itself: SHOW, DESCRIBE, SET, EXPLAIN, a bounded query."""
        with self.execute(statement, configuration) as operation:
            return [row.values for page in operation.pages() for row in page.rows]

    def first_rows(self, statement: str, seconds: float = 120) -> list[tuple[Any, ...]]:
        """The first rows of a statement, as soon as there are any; none if it ends without. Then its query is ended.

        Raises:
            TimeoutError: nothing after so many seconds.
        """
        limit = time.monotonic() + seconds
        with self.execute(statement) as operation:
            for page in operation.pages():
                if page.rows:
                    return [row.values for row in page.rows]
                if time.monotonic() > limit:
                    raise TimeoutError(f"{statement}: no row after {seconds:.0f} s")
        return []

    def _beat(self) -> None:
        while not self._ended.wait(HEARTBEAT_SECONDS):
            with contextlib.suppress(GatewayError):  # the next statement will say it
                _send(self._http, "POST", f"/{VERSION}{self._path}/heartbeat")


def _send(
    http: httpx.Client, method: str, path: str, body: Mapping[str, Any] | None = None, statement: str = ""
) -> dict[str, Any]:
    try:
        answer = http.request(method, path, json=None if method in {"GET", "DELETE"} else dict(body or {}))
    except httpx.HTTPError as error:
        raise GatewayError(
            f"{http.base_url}: Flink's SQL gateway does not answer ({error}). See: headrace status"
        ) from error
    if not answer.is_error:
        return dict(answer.json())
    try:
        trace = str(answer.json()["errors"][-1])
    except (ValueError, KeyError):
        trace = answer.text
    if "Session '" in trace and "does not exist" in trace:
        raise SessionLostError(f"{http.base_url}: the SQL gateway has ended this session. Open another one.")
    raise StatementFailedError(statement, cause_of(trace), trace)
