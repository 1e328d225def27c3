"""`python-over-constants`: a Python function that gets constants only."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule


class PythonOverConstants(Rule):
    """A Python function is called with constants only.

    Flink 2.3 fails when it runs: it has no column to hand over.

    Remedy: Put the text into a column: SELECT sentiment(c) FROM (VALUES ('…')) AS t (c).
    """

    wrong = "SELECT sentiment('太差了')"
    right = "SELECT sentiment(c) FROM (VALUES ('太差了')) AS t (c)"
    flink_refuses = True

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.queries:
            for call in query.model_calls():
                if call.node.find(exp.Column) is None:
                    yield self.of(query, call.node, f"{call.name} is called with constants only")
