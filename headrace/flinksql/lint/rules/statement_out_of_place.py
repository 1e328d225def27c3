"""`statement-out-of-place`: a statement in a folder that is for others."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule
from headrace.project import CATALOG_FOLDERS


class StatementOutOfPlace(Rule):
    """A file holds another statement than its folder is for.

    catalog/ holds CREATE statements, one a file; sql/<job>/ one INSERT a file, and SET statements in
    _settings.sql.

    Remedy: Move it to the folder that is for it (docs/sql.md).
    """

    wrong = "sql/comments/item_sentiment.sql: CREATE TABLE …"
    right = "catalog/features/item_sentiment.sql: CREATE TABLE …"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for file in project.of_kind(*CATALOG_FOLDERS, "job", "settings"):
            expected = {"job": "INSERT", "settings": "SET"}.get(file.kind, "CREATE")
            for number, each in enumerate(file.statements):
                words = each.statement.words(2)
                if words[:1] != [expected]:
                    fact = f"{' '.join(words)} … stands in {file.name}, where only {expected} statements belong"
                    yield self.at(file, each.statement, None, fact)
                elif file.kind == "job" and number:
                    fact = f"this is INSERT number {number + 1} of {file.name}, and a feature is one"
                    yield self.at(file, each.statement, None, fact, "Give each feature a file of its own.")
            if file.kind == "job" and not file.statements and file.error is None:
                yield Finding(
                    file.name, 1, 1, 1, self.name, "there is no INSERT in it", "Write it, or remove the file."
                )
