"""`unknown-function`: a function that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule


class UnknownFunction(Rule):
    """A function is called that is not there.

    Known are the functions of Flink and those of catalog/functions/.

    Remedy: Mend its name, or create it in catalog/functions/.
    """

    wrong = "SELECT sentimnt(content) FROM parsed_comments"
    right = "SELECT sentiment(content) FROM parsed_comments"
    flink_says = r"No match found for function signature"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.queries:
            for problem in query.resolution.problems:
                if problem.kind == "function":
                    yield self.of(query, problem.node, problem.fact, problem.remedy)
