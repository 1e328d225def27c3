"""Takes statements one after the other, and shows what came of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
from rich.console import Console
from rich.text import Text

from headrace.errors import ShellError
from headrace.flinksql.statements import Statement
from headrace.shell import explanation, timing
from headrace.shell.marks import Marks
from headrace.shell.mending import mend, outer_limit, syntax_error
from headrace.shell.names import CatalogNames
from headrace.shell.query import Outcome, has_updates, jobs, run_query, run_statement
from headrace.shell.remedies import remedy
from headrace.shell.writers import Writer
from headrace.sql_gateway.cause import Position, underlined
from headrace.sql_gateway.client import Column, GatewaySession, Row, StatementFailedError

_QUERIES = frozenset({"SELECT", "VALUES", "WITH", "("})
_CHANGES_NAMES = frozenset({"CREATE", "DROP", "ALTER", "USE", "LOAD", "UNLOAD"})
_EXPLAIN_DETAILS = frozenset({"ESTIMATED_COST", "CHANGELOG_MODE", "JSON_EXECUTION_PLAN", "PLAN_ADVICE"})


class LeaveError(Exception):
    """The analyst has had enough; no fault."""


class CancelledError(Exception):
    """A query was ended with Ctrl-C; its job has ended."""


@dataclass(frozen=True)
class Options:
    """How a shell behaves.

    Attributes:
        root: the project's folder.
        writer: makes what takes the rows of a result, given `Shell.expands`.
        rest_url: of Flink's REST API, where it is known.
        is_json: whether results are for programs.
    """

    root: Path
    writer: Callable[[bool | None], Writer]
    rest_url: str | None = None
    is_json: bool = False


class Shell:
    """One analyst's session.

    Args:
        session: of the gateway, in which the statements of catalog/session.sql have run.
        names: that the session knows.
        out: where results go.
        notes: where everything else goes: how a statement was mended, what lint says, times.
        options: how it behaves.

    Attributes:
        marks: what lint says of statements before they are sent; None: nothing.
        reopen: opens another session, when the gateway has ended this one.
        ask: asks a question with a default answer; None where nobody is there to be asked.
        expands: whether a row has a line a column; None: where a table would be too wide.
        shows_times: whether times are said after each statement.
        last_query: the last one, as it was sent.
        last_stages: where the last statement's time went, if times are said.
        last_trace: all that Flink said of the last error.
    """

    def __init__(
        self, session: GatewaySession, names: CatalogNames, out: Console, notes: Console, options: Options
    ) -> None:
        self.session, self.names, self.out, self.notes, self.options = session, names, out, notes, options
        self.marks: Marks | None = None
        self.reopen: Callable[[], None] = lambda: None
        self.ask: Callable[[str, str], str] | None = None
        self.expands: bool | None = None
        self.shows_times = False
        self.last_stages: timing.Stages | None = None
        self.last_query = ""
        self.last_trace = ""

    def run(self, statement: Statement) -> None:
        """Mends and runs a statement.

        Raises:
            ShellError: Flink refused it, or its job failed.
            CancelledError: Ctrl-C has ended the query.
            LeaveError: QUIT or EXIT.
        """
        [verb] = statement.words(1)
        if verb in {"QUIT", "EXIT"}:
            raise LeaveError
        started = time.monotonic()
        text = self._mended(statement)
        self._mark(text)
        checked = time.monotonic() - started
        try:
            outcome = self._run(verb if not verb.startswith("(") else "(", text)
        except StatementFailedError as error:
            self.last_trace = error.trace
            raise ShellError(self._refusal(statement, text, error)) from error
        if verb in _CHANGES_NAMES:
            self.names.forget(self.session)
        if self.shows_times:
            self.last_stages = timing.stages(checked, outcome.times, self._start(outcome))
            self.note(f"time: {self.last_stages}")
        if outcome.was_cancelled:
            raise CancelledError(
                f"cancelled after {outcome.times.end:.1f} s and {outcome.rows:,} rows; its job has ended"
            )

    def note(self, message: str, style: str = "dim") -> None:
        """Says something that is not a result."""
        self.notes.print(Text(message), style=style, soft_wrap=True)

    def show(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Shows a whole result."""
        writer = self.options.writer(self.expands)
        writer.write(columns, rows)
        writer.end()

    def _mended(self, statement: Statement) -> str:
        mended = mend(
            statement.text, self.names.user_functions(), lambda name: self.names.is_column(name, statement.text)
        )
        if mended != statement.text:
            self.note(f"as: {mended}", style="cyan")
        return mended

    def _mark(self, text: str) -> None:
        """Says what the lint rules find."""
        if self.marks is None:
            return
        for finding in self.marks.findings(text, self.names.tables(), wait=self.ask is None):
            place = Position(finding.line, finding.column, finding.line, finding.column + finding.length - 1)
            self.note(f"lint: {finding.fact} ({finding.rule}). {finding.remedy}", style="yellow")
            self.note(underlined(text, place), style="yellow")

    def _refusal(self, statement: Statement, sent: str, error: StatementFailedError) -> str:
        """Place, fact, remedy, and the text underlined; of syntax the dialect tells more than Flink's parser."""
        position = error.cause.position
        syntax = syntax_error(sent) if error.cause.is_syntax else None
        line = syntax.line if syntax else position.line if position else 1
        place = f"{statement.file}:{statement.line + line - 1}: " if statement.file else ""
        if syntax:
            return f"{place}{syntax.fact}.\n{syntax.underlined}"
        words = error.cause.words.rstrip(".")
        told = remedy(words, sent, self.names)
        marked = underlined(sent, position) if position else ""
        return f"{place}{words}{f'. {told}' if told else ''}" + (f"\n{marked}" if marked else "")

    def _run(self, verb: str, text: str) -> Outcome:
        if verb in _QUERIES:
            self.last_query = text
            with self.notes.status("planning …", spinner="dots") as status:

                def waiting(is_submitted: bool) -> None:
                    status.update("running; no row yet …" if is_submitted else "planning …")

                writer = _AfterStatus(self.options.writer(self.expands), status.stop)
                return run_query(self.session, text, writer, outer_limit(text), self._updates, waiting)
        if verb == "EXPLAIN" and not self.options.is_json:
            return self._explain(text)
        collected = _Collected()
        outcome = run_statement(self.session, text, collected)
        if verb in {"INSERT", "EXECUTE"}:
            self._show_job(outcome, collected)
        elif [row.values for row in collected.rows] == [("OK",)]:
            if not self.options.is_json:
                self.note("ok")
        else:
            self.show(collected.columns, collected.rows)
        return outcome

    def _show_job(self, outcome: Outcome, collected: _Collected) -> None:
        job = outcome.job_id or (collected.rows[0].values[0] if collected.rows else None)
        if self.options.is_json:
            self.show((Column("job_id", "STRING"),), (Row("+I", (job,)),))
            return
        status = next((status.lower() for found, _, status in jobs(self.session) if found == job), "unknown")
        self.note(f"job {job}: {status}" + ("" if status == "finished" else f"; end it: STOP JOB '{job}'"))

    def _explain(self, text: str) -> Outcome:
        words = text.split(maxsplit=2)
        asks_for_more = len(words) > 1 and words[1].upper().rstrip(",") in _EXPLAIN_DETAILS
        collected = _Collected()
        if asks_for_more:
            outcome = run_statement(self.session, text, collected)
            self.out.print(Text(str(collected.rows[0].values[0])), soft_wrap=True)
            return outcome
        query = text.split(maxsplit=1)[1]
        if query.upper().startswith("PLAN FOR"):
            query = query[len("PLAN FOR") :].lstrip()
        outcome = run_statement(self.session, f"EXPLAIN JSON_EXECUTION_PLAN {query}", collected)
        ttl = self.session.properties().get("table.exec.state.ttl", "")
        found = explanation.operators(str(collected.rows[0].values[0]), self.names.user_functions(), ttl)
        self.out.print(explanation.tree(found))
        return outcome

    def _updates(self, job_id: str) -> bool:
        """Whether rows of a job's result can still change; where nobody can be asked, the rows so far count."""
        start = self._job_start(job_id)
        return start is not None and has_updates(start.operators)

    def _start(self, outcome: Outcome) -> timing.JobStart | None:
        return self._job_start(outcome.job_id) if outcome.job_id else None

    def _job_start(self, job_id: str) -> timing.JobStart | None:
        if self.options.rest_url is None:
            return None
        try:
            return timing.job_start(self.options.rest_url, job_id)
        except (httpx.HTTPError, KeyError):  # it is gone already, or another version of Flink
            return None


class _Collected:
    """Keeps a result."""

    def __init__(self) -> None:
        self.columns: Sequence[Column] = ()
        self.rows: list[Row] = []

    def write(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        self.columns = columns
        self.rows += rows

    def end(self, is_complete: bool = True) -> None:
        """All of it is there."""


class _AfterStatus:
    """A writer that takes the status line away before its first row."""

    def __init__(self, writer: Writer, stop: Callable[[], None]) -> None:
        self._writer, self._stop = writer, stop

    def write(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        if rows:
            self._stop()
        self._writer.write(columns, rows)

    def end(self, is_complete: bool = True) -> None:
        self._stop()
        self._writer.end(is_complete)
