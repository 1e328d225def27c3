"""`source-without-idle-timeout`: a source that can hold all windows back."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule
from headrace.flinksql.schema.definitions import name_node


class SourceWithoutIdleTimeout(Rule):
    """A source with a watermark has no idle timeout.

    A partition without messages holds back the watermark, and with it all windows, for ever.

    Remedy: Set it for all sources, 'table.exec.source.idle-timeout' = '10 s' in flink/conf/config.yaml, or for
    this one, 'scan.watermark.idle-timeout' = '10 s' in WITH.
    """

    wrong = """
CREATE TABLE c (…, WATERMARK FOR t AS t)
WITH ('connector' = 'kafka', …)
"""
    right = """
CREATE TABLE c (…, WATERMARK FOR t AS t)
WITH ('connector' = 'kafka', 'scan.watermark.idle-timeout' = '10 s', …)
"""

    def check(self, project: LintProject) -> Iterator[Finding]:
        jobs = sorted({query.job for query in project.inserts if query.job}) or [""]
        if all(project.option(job, "table.exec.source.idle-timeout") for job in jobs):
            return
        for file, table in project.tables:
            if table.watermark is not None and "scan.watermark.idle-timeout" not in table.options:
                fact = f"{table.name} has a watermark and no idle timeout"
                yield self.at(file, table.statement, name_node(table.tree), fact)
