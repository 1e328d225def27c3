"""`order-by`: ORDER BY in a stream."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule


class OrderBy(Rule):
    """A stream is sorted by something that is not its time.

    A stream has no end, so Flink sorts it only by a column of event time in ascending order, or together with
    LIMIT.

    Remedy: Leave ORDER BY out: readers of a Redis table sort what they read.
    """

    wrong = "SELECT item_id, score FROM scored_comments ORDER BY score"
    right = "SELECT item_id, score FROM scored_comments"
    flink_says = r"Sort on a non-time-attribute field is not supported"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.inserts:
            for scope in query.resolution.selects:
                order = scope.select.args.get("order")
                if order is None or scope.select.args.get("limit") is not None:
                    continue
                first = order.expressions[0]
                kind = query.resolution.type_of(first.this)
                if kind is not None and (not kind.time or first.args.get("desc")):
                    yield self.of(query, first, "the stream is sorted by something that is not its time")
