"""`pandas-aggregate-in-window`: a pandas aggregate over a window."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule
from headrace.flinksql.schema import PythonFunction


class PandasAggregateInWindow(Rule):
    """A pandas aggregate function is called over a window.

    Flink 2.3 plans pandas aggregates neither over window table functions nor over sessions.

    Remedy: Compute each row's value with a pandas scalar function, and aggregate with AVG, SUM, COUNT, MAX.
    """

    wrong = """
SELECT mean(score)
FROM TUMBLE(TABLE c, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)
GROUP BY window_start, window_end
"""
    right = """
SELECT AVG(score)
FROM TUMBLE(TABLE c, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)
GROUP BY window_start, window_end
"""
    flink_says = r"Pandas UDAFs are not supported in streaming mode"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.queries:
            for call in query.model_calls():
                function = call.function
                scope = query.resolution.scope_of(call.node)
                if (
                    isinstance(function, PythonFunction)
                    and function.kind == "aggregate"
                    and function.pandas
                    and scope is not None
                    and any(relation.kind == "window" for relation in scope.relations)
                ):
                    yield self.of(query, call.node, f"{call.name} is a pandas aggregate, and is called over a window")
