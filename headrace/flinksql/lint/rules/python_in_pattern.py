"""`python-in-pattern`: a Python function in MATCH_RECOGNIZE."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule


class PythonInPattern(Rule):
    """A Python function is called in MATCH_RECOGNIZE.

    Flink 2.3 does not plan Python functions in DEFINE and MEASURES.

    Remedy: Call it in a view or WITH before, and name its result in the pattern.
    """

    wrong = "… MATCH_RECOGNIZE (… DEFINE A AS sentiment(A.content) < 0.3)"
    right = "… MATCH_RECOGNIZE (… DEFINE A AS A.score < 0.3)"
    flink_says = r"Python Function can not be used in MATCH_RECOGNIZE"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.queries:
            for call in query.model_calls():
                if call.node.find_ancestor(fx.RowPattern) is not None:
                    yield self.of(query, call.node, f"{call.name} is called in MATCH_RECOGNIZE")
