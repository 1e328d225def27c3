"""`feature-without-test`: a feature that no test expects."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule


class FeatureWithoutTest(Rule):
    """A feature has no test.

    Remedy: Record one from live topics, `headrace test new <feature>`, or write
    tests/sql/<job>/<case>/input/<source>.jsonl and expected/<feature>.jsonl.
    """

    wrong = "sql/comments/item_sentiment.sql"
    right = "sql/comments/item_sentiment.sql and tests/sql/comments/two_windows/expected/item_sentiment.jsonl"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.inserts:
            if query.file.kind != "job":
                continue
            cases = project.root.glob(f"tests/sql/{query.job}/*/expected/{query.file.stem}.jsonl")
            if not any(case.stat().st_size for case in cases):
                remedy = self.remedy.replace("<feature>", query.file.stem).replace("<job>", query.job)
                yield self.of(
                    query, query.tree.this, f"no case in tests/sql/{query.job}/ expects {query.file.stem}", remedy
                )
