"""`syntax`: text that Flink cannot read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from headrace.flinksql.dialect.reserved_words import RESERVED_WORDS
from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule
from headrace.flinksql.lint.source_file import SourceFile
from headrace.flinksql.parsing import FlinkSyntaxError


class Syntax(Rule):
    """Flink's parser does not read this.

    Nothing can be said of a statement that cannot be read.

    Remedy: Write it as Flink's documentation says; the place is where reading stopped.
    """

    wrong = "SELECT score FROM scored_comments WHERE GROUP BY item_id"
    right = "SELECT AVG(score) FROM scored_comments GROUP BY item_id"
    flink_refuses = True

    def check(self, project: LintProject) -> Iterator[Finding]:
        for file in project.files:
            if file.error is not None:
                line, column, fact = file.error
                yield Finding(file.name, line, column, 1, self.name, fact, self.remedy)
            for each in file.statements:
                error = each.error
                if error is not None and not (isinstance(error, FlinkSyntaxError) and is_reserved(file, error)):
                    yield self._finding(file, error, each.statement.line, each.statement.column)

    def _finding(self, file: SourceFile, error: Exception, line: int, column: int) -> Finding:
        if isinstance(error, FlinkSyntaxError):
            return Finding(
                file.name, error.line, error.column, len(error_word(file, error)), self.name,
                error.fact.rstrip("."), error.remedy or self.remedy,
            )  # fmt: skip
        return Finding(file.name, line, column, 1, self.name, str(error), self.remedy)


def error_word(file: SourceFile, error: FlinkSyntaxError) -> str:
    """The word at which reading stopped."""
    match = re.match(r"\w+", file.line(error.line)[error.column - 1 :])
    return match[0] if match else " "


def is_reserved(file: SourceFile, error: FlinkSyntaxError) -> bool:
    """Whether reading stopped at a reserved word where a name may stand."""
    return error_word(file, error).upper() in RESERVED_WORDS and "reserved" in str(error)
