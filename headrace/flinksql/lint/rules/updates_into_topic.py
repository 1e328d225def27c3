"""`updates-into-topic`: updates that are written to a table of new rows only."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.changes import CHANGELOG_FORMATS, changes_of
from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule


class UpdatesIntoTopic(Rule):
    """A query replaces its earlier rows, and its table takes new rows only.

    GROUP BY without a window, outer joins and the like send a new row whenever the result of a key changes.

    Remedy: Group by a window, or write to a table with a primary key (connector upsert-kafka or redis).
    """

    wrong = """
INSERT INTO topic
SELECT item_id, COUNT(*) FROM scored_comments GROUP BY item_id
"""
    right = """
INSERT INTO topic
SELECT item_id, COUNT(*) FROM TUMBLE(…) GROUP BY item_id, window_start, window_end
"""
    flink_says = r"doesn't support consuming update changes"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.inserts:
            if query.target is None or query.target.connector not in {"kafka", "filesystem"}:
                continue
            if query.target.options.get("format", "").startswith(CHANGELOG_FORMATS):
                continue
            changes = changes_of(project.schema, query.resolution, query.resolution.query)
            if changes.sure and changes.updating:
                table = f"{query.name} ({query.target.connector})"
                fact = f"the query replaces its earlier rows, and {table} takes new rows only"
                yield self.of(query, query.tree.this, fact)
