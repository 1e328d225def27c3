"""`unused-feature-table`: a feature table that nothing writes."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule
from headrace.flinksql.schema.definitions import name_node


class UnusedFeatureTable(Rule):
    """A feature's table is written by no job.

    Readers find it in the catalog and wait for rows that never come.

    Remedy: Write sql/<job>/<table>.sql, or remove the table's file.
    """

    wrong = "catalog/features/item_sentiment.sql alone"
    right = "catalog/features/item_sentiment.sql and sql/comments/item_sentiment.sql"

    def check(self, project: LintProject) -> Iterator[Finding]:
        written = {query.name for query in project.inserts}
        # Of a file that cannot be read it is not known what it writes; its name says it.
        written |= {file.stem for file in project.of_kind("job") if any(not each.tree for each in file.statements)}
        written |= {file.stem for file in project.of_kind("job") if file.error is not None}
        for file, table in project.tables:
            if file.kind == "features" and table.name not in written:
                yield self.at(file, table.statement, name_node(table.tree), f"no job writes {table.name}")
