"""`standard-deviation`: a standard deviation or variance in a job."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule

_NAMES = frozenset(["STDDEV", "STDDEV_POP", "STDDEV_SAMP", "VARIANCE", "VAR_POP", "VAR_SAMP"])


class StandardDeviation(Rule):
    """Flink 2.3 cannot run this aggregate from a compiled plan.

    Deployed jobs run from compiled plans, and STDDEV_POP, STDDEV_SAMP, VAR_POP and VAR_SAMP are split into parts
    that a plan does not name.

    Remedy: Write it out: SQRT(GREATEST(AVG(x * x) - AVG(x) * AVG(x), 0.0E0)) is STDDEV_POP(x).
    """

    wrong = "SELECT STDDEV_POP(score) FROM …"
    right = "SELECT SQRT(GREATEST(AVG(score * score) - AVG(score) * AVG(score), 0.0E0)) FROM …"
    flink_says = r"Could not resolve internal system function"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.queries:
            for call in query.resolution.calls:
                if call.name.upper() in _NAMES:
                    yield self.of(query, call.node, f"Flink 2.3 cannot run {call.name.upper()} from a compiled plan")
