"""Runs one statement on the gateway: its rows as they come, its end, also before its time."""

from __future__ import annotations

import contextlib
import re
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from tenacity import Retrying, retry_if_not_result, stop_after_delay, wait_fixed

from headrace.errors import GatewayError
from headrace.shell.writers import Writer, refuse_lonely_output
from headrace.sql_gateway.client import Column, GatewaySession, Operation, StatementFailedError

NAME_CHARACTERS = 60
CANCEL_SECONDS = 30.0
ON_ITS_WAY_SECONDS = 2.0
_ENDED = frozenset({"FINISHED", "CANCELED", "FAILED"})
# A query gives its rows at once, not with the next checkpoint, which it does not need (an interval of 0 is refused); a
# failure is shown, not tried again for ever.
QUERY_CONFIGURATION = {
    "execution.checkpointing.mode": "AT_LEAST_ONCE",
    "execution.checkpointing.interval": "365 d",
    "restart-strategy.type": "none",
}


@dataclass
class Times:
    """Seconds since the statement was sent: until it was planned and submitted, its first row, its end.

    Attributes:
        sent_at: seconds since 1970.
    """

    sent_at: float = field(default_factory=time.time)
    submitted: float | None = None
    first_row: float | None = None
    end: float = 0.0


@dataclass
class Outcome:
    """What came of a statement.

    Attributes:
        columns: of its result.
        rows: how many changes of the result there were.
        job_id: of the job that it made, if any.
        was_cancelled: whether it was ended by Ctrl-C.
    """

    columns: tuple[Column, ...] = ()
    rows: int = 0
    job_id: str | None = None
    was_cancelled: bool = False
    times: Times = field(default_factory=Times)


def job_name(statement: str) -> str:
    """A name for a query's job that no other has."""
    text = " ".join(statement.split())
    shown = text if len(text) <= NAME_CHARACTERS else f"{text[:NAME_CHARACTERS]}…"
    return f"sql {uuid.uuid4().hex[:8]}: {shown}"


def run_query(
    session: GatewaySession,
    statement: str,
    writer: Writer,
    limit: int | None = None,
    updates: Callable[[str], bool] = lambda job_id: False,
    waiting: Callable[[bool], None] = lambda is_submitted: None,
) -> Outcome:
    """Runs a query until its end, its limit or Ctrl-C; its job has ended when this returns.

    Args:
        session: where.
        statement: a SELECT or VALUES.
        writer: gets the rows.
        limit: after so many rows the query ends, if it only adds rows: on a stream it would go on without any.
        updates: says for a job whether rows of its result can still change.
        waiting: is called while there is nothing to write.

    Raises:
        StatementFailedError: Flink refused the statement, or its job failed.
    """
    name = job_name(statement)
    outcome = Outcome()
    started = time.monotonic()
    operation = session.execute(statement, {**QUERY_CONFIGURATION, "pipeline.name": name})
    is_over = has_failed = False
    try:
        is_over = _collect(operation, writer, outcome, limit, updates, waiting, started)
    except KeyboardInterrupt:
        outcome.was_cancelled = True
    except StatementFailedError:
        is_over = has_failed = True
        raise
    finally:
        try:
            writer.end(is_complete=not has_failed and not outcome.was_cancelled)
        finally:
            if not is_over:
                end_query(session, operation, name, was_submitted=outcome.times.submitted is not None)
            operation.close()
            outcome.times.end = time.monotonic() - started
    return outcome


def run_statement(session: GatewaySession, statement: str, writer: Writer) -> Outcome:
    """Runs any other statement: SHOW, SET, CREATE, INSERT. A job that it makes goes on by itself."""
    outcome = Outcome()
    started = time.monotonic()
    with session.execute(statement) as operation:
        _collect(operation, writer, outcome, None, lambda _: False, lambda _: None, started)
    outcome.times.end = time.monotonic() - started
    return outcome


def _collect(
    operation: Operation,
    writer: Writer,
    outcome: Outcome,
    limit: int | None,
    updates: Callable[[str], bool],
    waiting: Callable[[bool], None],
    started: float,
) -> bool:
    """Writes pages until the end of the result or the limit; whether it was the end."""
    for page in operation.pages():
        now = time.monotonic() - started
        outcome.columns, outcome.job_id = operation.columns, operation.job_id
        if page.is_ready and outcome.times.submitted is None:
            outcome.times.submitted = now
        if page.rows and outcome.times.first_row is None:
            outcome.times.first_row = now
        rows = page.rows
        if limit is not None and operation.job_id and outcome.rows + len(rows) >= limit:
            if updates(operation.job_id):
                limit = None
            else:
                rows = rows[: limit - outcome.rows]
        outcome.rows += len(rows)
        if not rows:
            refuse_lonely_output()
        if not outcome.rows:
            waiting(page.is_ready)
        if page.is_ready:
            writer.write(outcome.columns, rows)
        if limit is not None and outcome.rows >= limit:
            return False
    return True


def end_query(session: GatewaySession, operation: Operation, name: str, was_submitted: bool) -> None:
    """Cancels a query and waits until its job has ended.

    Args:
        session: it runs in.
        operation: that the gateway executes for it.
        name: of its job.
        was_submitted: else its job may only just be on its way to the cluster, and is looked for a little longer.

    Raises:
        GatewayError: the job does not end.
    """
    operation.cancel()
    operation.close()
    asked: set[str] = set()
    patience = time.monotonic() + (0 if was_submitted else ON_ITS_WAY_SECONDS)

    def has_ended() -> bool:
        running = [(job, status) for job, shown, status in jobs(session) if shown == name and status not in _ENDED]
        for job, status in running:
            if job not in asked and status not in {"CANCELLING", "FAILING"}:
                asked.add(job)
                with contextlib.suppress(GatewayError):  # the gateway was faster
                    session.rows(f"STOP JOB '{job}'")
        return not running and (bool(asked) or time.monotonic() >= patience)

    retrying = Retrying(
        retry=retry_if_not_result(bool),
        stop=stop_after_delay(CANCEL_SECONDS),
        wait=wait_fixed(0.1),
        retry_error_callback=lambda _: False,
    )
    if not retrying(has_ended):
        raise GatewayError(
            f"job '{name}': it was cancelled, and still runs after {CANCEL_SECONDS:.0f} s. See: headrace status"
        )


def jobs(session: GatewaySession) -> list[tuple[str, str, str]]:
    """Id, name and status of each job that the cluster knows."""
    return [(str(row[0]), str(row[1]), str(row[2])) for row in session.rows("SHOW JOBS")]


_UPDATING = re.compile(
    r"\b(?:GroupAggregate|GlobalGroupAggregate|IncrementalGroupAggregate|GroupTableAggregate|Join|MultiJoin|DeltaJoin|"
    r"Rank|Deduplicate|SortLimit|ChangelogNormalize|Sort|Correlate)\b(?=[\[(])"
)


def has_updates(operators: str) -> bool:
    """Whether a job with these operators can change rows that it has given: they are the planner's own names."""
    return bool(_UPDATING.search(operators))
