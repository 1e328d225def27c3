"""`not-equals`: != instead of <>."""

from __future__ import annotations

from collections.abc import Iterator

import sqlglot
from sqlglot.errors import TokenError

from headrace.flinksql.lint.finding import Edit, Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule


class NotEquals(Rule):
    """!= is not known to Flink.

    Remedy: Write <>.
    """

    wrong = "WHERE status != 'ok'"
    right = "WHERE status <> 'ok'"
    fixes = True
    flink_says = r"Bang equal '!=' is not allowed"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for file in project.files:
            for each in file.statements:
                first = file.offset(each.statement.line, each.statement.column)
                for place in _places(each.statement.text) if "!=" in each.statement.text else ():
                    start = first + place
                    line = file.line_of(start)
                    column = start - file.offset(line, 1) + 1
                    edits = (Edit(file.name, start, start + 2, "<>"),)
                    yield Finding(file.name, line, column, 2, self.name, self.fact, self.remedy, edits)


def _places(text: str) -> list[int]:
    """Where != stands, outside of strings and names."""
    try:
        tokens = sqlglot.tokenize(text, dialect="flink")
    except TokenError:  # a string does not end: the rule `syntax` says so
        return []
    return [token.start for token in tokens if text.startswith("!=", token.start)]
