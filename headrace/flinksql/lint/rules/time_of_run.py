"""`time-of-run`: a value that differs between runs."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule

_NAMES = frozenset(
    {
        *(
            "CURRENT_TIMESTAMP",
            "CURRENT_DATE",
            "CURRENT_TIME",
            "CURRENT_ROW_TIMESTAMP",
            "LOCALTIME",
            "LOCALTIMESTAMP",
            "NOW",
        ),
        *("UNIX_TIMESTAMP", "RAND", "RAND_INTEGER", "UUID"),
    }
)


class TimeOfRun(Rule):
    """A value depends on when the query runs.

    A replay, a backfill or a restart after a fault then gives other features than the first run.

    Remedy: Use the event's own time; take random choices from a hash of a key.
    """

    wrong = "SELECT item_id, CURRENT_TIMESTAMP AS seen_at FROM scored_comments"
    right = "SELECT item_id, event_time AS seen_at FROM scored_comments"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.queries:
            for call in query.resolution.calls:
                if call.name.upper() in _NAMES and not (
                    call.name.upper() == "UNIX_TIMESTAMP" and call.node.expressions
                ):
                    yield self.of(query, call.node, f"{call.name.upper()} gives another value in each run")
            for window in query.tree.find_all(fx.WindowFunction):
                column = window.time_column
                reference = query.resolution.reference(column) if column is not None else None
                if reference is not None and reference.type is not None and reference.type.time == "proctime":
                    name = reference.column.name
                    fact = f"the window is over {name}, the time of processing: each run has other windows"
                    yield self.of(query, column, fact)
