"""`key-of-query`: a query whose rows overwrite each other."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule
from headrace.flinksql.lint.targets import keys_of, told_apart


class KeyOfQuery(Rule):
    """A query has a row for more than its table's primary key tells apart.

    Rows of one key overwrite each other, and readers see one of them at random.

    Remedy: Add the column to the primary key, or leave it out of GROUP BY or PARTITION BY.
    """

    wrong = """
-- PRIMARY KEY (item_id)
INSERT INTO item_sentiment
SELECT … GROUP BY item_id, user_id, window_start, window_end
"""
    right = """
-- PRIMARY KEY (item_id, user_id)
INSERT INTO item_user_sentiment
SELECT … GROUP BY item_id, user_id, window_start, window_end
"""

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.inserts:
            scope = next((each for each in query.resolution.selects if each.select is query.resolution.query), None)
            if query.target is None or not query.target.primary_key or scope is None:
                continue
            told = told_apart(query)
            for node in keys_of(query, scope):
                if node.name not in told:
                    key = ", ".join(query.target.primary_key)
                    fact = f"there is a row for each {node.name}, and {query.name} keeps one for each {key}"
                    yield self.of(query, node, fact)
