"""`python-over-constants`: a pandas function that gets constants only."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule
from headrace.flinksql.schema import PythonFunction


class PythonOverConstants(Rule):
    """A pandas function is called with constants only.

    The job fails when it runs: Flink 2.3 has no column to hand over.

    Remedy: Put the text into a column: SELECT sentiment(c) FROM (VALUES ('…')) AS t (c).
    """

    wrong = "SELECT sentiment('太差了')"
    right = "SELECT sentiment(c) FROM (VALUES ('太差了')) AS t (c)"
    flink_says = r"ArrayIndexOutOfBoundsException"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.queries:
            for call in query.model_calls():
                pandas = isinstance(call.function, PythonFunction) and call.function.pandas
                if pandas and call.node.find(exp.Column) is None:
                    yield self.of(query, call.node, f"{call.name} is called with constants only")
