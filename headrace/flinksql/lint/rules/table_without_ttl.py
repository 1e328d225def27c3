"""`table-without-ttl`: a feature table whose rows stay for ever."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule
from headrace.flinksql.schema.definitions import name_node


class TableWithoutTtl(Rule):
    """A feature's table has no TTL.

    Rows of keys that nobody writes any more stay in Redis for ever.

    Remedy: Add 'ttl' = '7 d' to its WITH: how long a row counts after it was last written.
    """

    wrong = "WITH ('connector' = 'redis', 'url' = '${redis.url}')"
    right = "WITH ('connector' = 'redis', 'url' = '${redis.url}', 'ttl' = '7 d')"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for file, table in project.tables:
            if (
                file.kind == "features"
                and table.connector == "redis"
                and not table.options.keys() & {"ttl", "ttl.column"}
            ):
                yield self.at(file, table.statement, name_node(table.tree), f"{table.name} has no TTL")
