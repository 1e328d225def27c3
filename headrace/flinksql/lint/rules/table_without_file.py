"""`table-without-file`: a feature that has no table."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule
from headrace.names import likely_name


class TableWithoutFile(Rule):
    """An INSERT writes to a table that no file creates.

    Remedy: Create the table in catalog/features/, in a file of its name.
    """

    wrong = "INSERT INTO item_sentimnt SELECT …"
    right = "INSERT INTO item_sentiment SELECT …"
    flink_says = r"Cannot find table|Sink '.+' does not exist"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.inserts:
            if query.target is not None or not query.name or query.name in project.schema.unread:
                continue
            if query.name in project.schema.views:
                yield self.of(query, query.tree.this, f"{query.name} is a view, and only tables can be written")
                continue
            likely = likely_name(query.name, project.schema.tables)
            remedy = f"Did you mean {likely}?" if likely else f"Create it: catalog/features/{query.name}.sql."
            yield self.of(query, query.tree.this, f"no file creates the table {query.name}", remedy)
