"""`missing-on-conflict`: an INSERT that does not say which row wins."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.changes import changes_of
from headrace.flinksql.lint.finding import Edit, Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule
from headrace.flinksql.lint.targets import statement_end, target_key


class MissingOnConflict(Rule):
    """An INSERT does not say which of several rows of a key wins.

    Results of windows and OVER have no key of their own, so Flink 2.3 wants to hear what becomes of rows with one
    primary key.

    Remedy: End it with ON CONFLICT DO DEDUPLICATE: the last row wins.
    """

    wrong = """
INSERT INTO item_sentiment
SELECT … GROUP BY item_id, window_start, window_end;
"""
    right = """
INSERT INTO item_sentiment
SELECT … GROUP BY item_id, window_start, window_end
ON CONFLICT DO DEDUPLICATE;
"""
    fixes = True
    flink_says = r"upsert key that differs from the primary key"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.inserts:
            if query.target is None or not query.target.primary_key or query.tree.args.get("conflict") is not None:
                continue
            if project.option(query.job, "table.exec.sink.require-on-conflict") == "false":
                continue
            changes = changes_of(project.schema, query.resolution, query.resolution.query)
            key = target_key(query, changes.key)
            if not changes.sure or (key is not None and key <= set(query.target.primary_key)):
                continue
            key_text = ", ".join(query.target.primary_key)
            fact = f"rows of one {key_text} can come several times, and nothing says which one wins"
            end = statement_end(query)
            edits = (Edit(query.file.name, end, end, "\nON CONFLICT DO DEDUPLICATE"),) if not changes.updating else ()
            yield self.of(query, query.tree.this, fact, edits=edits)
