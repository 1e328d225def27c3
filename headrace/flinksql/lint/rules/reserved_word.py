"""`reserved-word`: a name that is a word of the language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from headrace.flinksql.lint.finding import Edit, Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule
from headrace.flinksql.parsing import FlinkSyntaxError

_RESERVED = re.compile(r"`(\w+)` is a reserved word")
# Words of the language that nobody means as a name: something before them is missing or too many.
_GRAMMAR = frozenset(
    """
    AND AS BY CASE CREATE CROSS ELSE EXCEPT FETCH FOR FROM FULL GROUP HAVING IN INNER INSERT INTERSECT INTO IS JOIN
    LEFT LIKE LIMIT MATCH_RECOGNIZE NATURAL NOT NULL ON OR ORDER OVER PARTITION RIGHT SELECT SET TABLE THEN UNION USING
    VALUES WHEN WHERE WITH WITHIN
    """.split()  # noqa: SIM905  (a list of words is read as words)
)


class ReservedWord(Rule):
    """A name is a reserved word of Flink SQL.

    Flink reserves 413 words, among them comment, value, time, date, count, position, language and result.

    Remedy: Write it in backquotes, or give it another name.
    """

    wrong = "SELECT comment FROM comments"
    right = "SELECT `comment` FROM comments"
    fixes = True
    flink_says = r"ParseException: (Encountered|Incorrect syntax)"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for file in project.files:
            for each in file.statements:
                word = self.found(each.error)
                if not word or not isinstance(each.error, FlinkSyntaxError):
                    continue
                span = file.at(each.error.line, each.error.column, len(word))
                if file.text[span.start : span.end] != word:
                    continue
                yield Finding(
                    file.name, span.line, span.column, span.length, self.name,
                    f"{word} is a reserved word of Flink SQL",
                    f"Write `{word}` in backquotes, or give it another name.",
                    (Edit(file.name, span.start, span.end, f"`{word}`"),),
                )  # fmt: skip

    @staticmethod
    def found(error: Exception | None) -> str:
        """The reserved word that an error is about; empty if it is about something else."""
        match = _RESERVED.search(error.fact) if isinstance(error, FlinkSyntaxError) else None
        return match[1] if match and match[1].upper() not in _GRAMMAR else ""
