"""`syntax`: text that Flink cannot read."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule
from headrace.flinksql.lint.rules.reserved_word import ReservedWord
from headrace.flinksql.lint.source_file import word_at
from headrace.flinksql.parsing import FlinkSyntaxError


class Syntax(Rule):
    """Flink's parser cannot read this.

    Nothing else can be said of a statement that cannot be read.

    Remedy: Look before the marked place too: a comma, a parenthesis or a word is missing or too many.
    """

    wrong = "SELECT score, FROM comments"
    right = "SELECT score FROM comments"
    flink_says = r"ParseException: (Encountered|Incorrect syntax)"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for file in project.files:
            if file.error is not None:
                line, column, error_text = file.error
                fact, _, remedy = error_text.partition(". ")
                yield Finding(file.name, line, column, 1, self.name, fact, remedy or self.remedy)
            for each in file.statements:
                error = each.error
                if not isinstance(error, FlinkSyntaxError) or ReservedWord.found(error):
                    continue
                if file.text.startswith("!=", file.offset(error.line, error.column)):
                    continue  # `not-equals` says so
                word = word_at(file.line(error.line), error.column)
                fact, _, remedy = error.fact.partition(": ")
                remedy = f"{remedy[0].upper()}{remedy[1:]}." if remedy else self.remedy
                yield Finding(file.name, error.line, error.column, len(word), self.name, fact, remedy)
