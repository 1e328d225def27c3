"""`python-in-processing-time-window`: a Python function over a window in processing time."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule


class PythonInProcessingTimeWindow(Rule):
    """A Python function is called over a window in processing time.

    Flink 2.3 cannot plan it (it calls it a bug). In event time it can; before the window, too.

    Remedy: Call it in a view or WITH before the window, or give the window a column of event time.
    """

    wrong = """
SELECT AVG(sentiment(content))
FROM TUMBLE(TABLE c, DESCRIPTOR(processing_time), INTERVAL '1' MINUTE)
GROUP BY window_start, window_end
"""
    right = """
WITH scored AS (SELECT processing_time, sentiment(content) AS score FROM c)
SELECT AVG(score)
FROM TUMBLE(TABLE scored, DESCRIPTOR(processing_time), INTERVAL '1' MINUTE)
GROUP BY window_start, window_end
"""
    flink_says = r"Non-mergeable processing time window tvf aggregation is invalid"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.queries:
            for call in query.model_calls():
                scope = query.resolution.scope_of(call.node)
                for relation in scope.relations if scope is not None else ():
                    time = relation.column("window_time")
                    if (
                        relation.kind == "window"
                        and time is not None
                        and time.type is not None
                        and time.type.time == "proctime"
                    ):
                        yield self.of(query, call.node, f"{call.name} is called over a window in processing time")
