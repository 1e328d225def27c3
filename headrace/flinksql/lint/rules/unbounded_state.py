"""`unbounded-state`: state that grows for ever."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.changes import state_uses
from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule

TTL = "table.exec.state.ttl"


class UnboundedState(Rule):
    """Flink has to remember every key or row for ever.

    The state grows until the job's disks are full, and checkpoints with it.

    Remedy: Group by a window, join by an interval of time, or set a TTL in the job's _settings.sql: SET
    'table.exec.state.ttl' = '1 d';
    """

    wrong = """
SELECT item_id, COUNT(*)
FROM scored_comments
GROUP BY item_id
"""
    right = """
SELECT item_id, COUNT(*)
FROM TUMBLE(TABLE scored_comments, DESCRIPTOR(event_time), INTERVAL '1' DAY)
GROUP BY item_id, window_start, window_end
"""

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.queries:
            jobs = project.jobs_of(query)
            if jobs and all(project.option(job, TTL) not in {"", "0", "0 ms", "0 s"} for job in jobs):
                continue
            for use in state_uses(query.resolution):
                yield self.of(query, use.node, f"{use.what}: Flink has to remember every key or row for ever")
