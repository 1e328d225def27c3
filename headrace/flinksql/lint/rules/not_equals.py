"""`not-equals`: != instead of <>."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Edit, Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule
from headrace.flinksql.parsing import FlinkSyntaxError


class NotEquals(Rule):
    """!= is not known to Flink.

    Remedy: Write <>.
    """

    wrong = "WHERE status != 'ok'"
    right = "WHERE status <> 'ok'"
    fixes = True
    flink_refuses = True

    def check(self, project: LintProject) -> Iterator[Finding]:
        for file in project.files:
            for each in file.statements:
                error = each.error
                if not isinstance(error, FlinkSyntaxError) or not file.line(error.line)[error.column - 1 :].startswith(
                    "!="
                ):
                    continue
                start = file.offset(error.line, error.column)
                edits = (Edit(file.name, start, start + 2, "<>"),)
                yield Finding(file.name, error.line, error.column, 2, self.name, self.fact, self.remedy, edits)
