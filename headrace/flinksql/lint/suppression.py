"""Comments that say why a finding is not minded: `-- lint: ignore <rule>[, <rule>]: <reason>`.

At the end of a line it holds for that line; on a line of its own before a statement for the whole statement, within a
statement for the next line of SQL.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from headrace.flinksql.lint.source_file import SourceFile, comments

_COMMENT = re.compile(r"(?:--|//)\s*lint:\s*ignore\b\s*([^:]*)(?::\s*(.*))?", re.DOTALL)


@dataclass(frozen=True)
class Suppression:
    """One comment.

    Attributes:
        line, column, length: where it stands.
        rules: names of rules.
        reason: empty if none is given.
        first, last: the lines it holds for.
    """

    line: int
    column: int
    length: int
    rules: tuple[str, ...]
    reason: str
    first: int
    last: int

    def covers(self, rule: str, line: int) -> bool:
        """Whether it is about a finding of a rule in a line."""
        return rule in self.rules and self.first <= line <= self.last


def suppressions(file: SourceFile) -> list[Suppression]:
    """All of a file."""
    found = []
    for offset, text in comments(file.text):
        match = _COMMENT.fullmatch(text.rstrip())
        if match is None:
            continue
        line = file.line_of(offset)
        column = offset - file.offset(line, 1) + 1
        first, last = _lines(file, line, column)
        rules = tuple(name.strip() for name in match[1].split(",") if name.strip())
        found.append(Suppression(line, column, len(text.rstrip()), rules, (match[2] or "").strip(), first, last))
    return found


def _lines(file: SourceFile, line: int, column: int) -> tuple[int, int]:
    if file.line(line)[: column - 1].strip():
        return line, line
    following = line + 1
    count = file.text.count("\n") + 1
    while following <= count and (not file.line(following).strip() or _is_comment(file.line(following))):
        following += 1
    for each in file.statements:
        last = each.statement.line + each.statement.text.count("\n")
        if each.statement.line == following:
            return following, last
    return following, following


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith(("--", "//"))
