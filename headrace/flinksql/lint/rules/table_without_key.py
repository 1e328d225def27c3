"""`table-without-key`: a feature table without a primary key."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule
from headrace.flinksql.schema.definitions import name_node


class TableWithoutKey(Rule):
    """A feature's table has no primary key.

    The primary key makes the Redis key by which readers find a row.

    Remedy: Add PRIMARY KEY (<column>) NOT ENFORCED to its columns.
    """

    wrong = """
CREATE TABLE f (item_id STRING, score DOUBLE)
WITH ('connector' = 'redis', …)
"""
    right = """
CREATE TABLE f (item_id STRING, score DOUBLE, PRIMARY KEY (item_id) NOT ENFORCED)
WITH ('connector' = 'redis', …)
"""
    flink_says = r"it has no primary key, and the Redis key of a row is made of it"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for file, table in project.tables:
            if file.kind == "features" and not table.primary_key:
                fact = f"{table.name} has no primary key"
                yield self.at(file, table.statement, name_node(table.tree), fact)
