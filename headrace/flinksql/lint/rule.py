"""What a rule is, and how rules are found: a file in rules/ is a rule of that name, with one class in it."""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Iterator
from functools import cache

from sqlglot import exp

from headrace.flinksql.lint import rules
from headrace.flinksql.lint.finding import Edit, Finding
from headrace.flinksql.lint.project import LintProject, Query
from headrace.flinksql.lint.source_file import SourceFile
from headrace.flinksql.statements import Statement
from headrace.one_per_file import one_per_file


class Rule(ABC):
    """One thing that the linter looks for.

    The class' docstring is the message: its first paragraph the fact, the paragraphs between why it matters, the last
    one, which begins with `Remedy:`, what to do. A finding may say fact and remedy with the names of the place.

    Attributes:
        wrong, right: an example, for `--explain`.
        fixes: whether `--fix` mends it.
        flink_says: a pattern of what Flink says when it refuses such a statement, and tests hear it say so; empty
            where Flink takes it.
    """

    name: str = ""
    wrong: str = ""
    right: str = ""
    fixes: bool = False
    flink_says: str = ""

    @abstractmethod
    def check(self, project: LintProject) -> Iterator[Finding]:
        """All findings of a project."""

    @property
    def flink_refuses(self) -> bool:
        """Whether Flink refuses such a statement, when it plans or runs it."""
        return bool(self.flink_says)

    @property
    def fact(self) -> str:
        """The docstring's first paragraph."""
        return self._paragraphs()[0].rstrip(".")

    @property
    def why(self) -> str:
        """The docstring's paragraphs between fact and remedy."""
        return "\n\n".join(self._paragraphs()[1:-1])

    @property
    def remedy(self) -> str:
        """The docstring's last paragraph."""
        return self._paragraphs()[-1].removeprefix("Remedy:").strip()

    def _paragraphs(self) -> list[str]:
        return [" ".join(text.split()) for text in (inspect.getdoc(type(self)) or "").split("\n\n")]

    def at(
        self,
        file: SourceFile,
        statement: Statement,
        node: exp.Expr | None = None,
        fact: str = "",
        remedy: str = "",
        edits: tuple[Edit, ...] = (),
    ) -> Finding:
        """A finding at a part of a statement; fact and remedy are the docstring's if they are not given."""
        span = file.span(statement, node)
        return Finding(
            file.name, span.line, span.column, span.length, self.name, fact or self.fact, remedy or self.remedy, edits
        )

    def of(
        self,
        query: Query,
        node: exp.Expr | None = None,
        fact: str = "",
        remedy: str = "",
        edits: tuple[Edit, ...] = (),
    ) -> Finding:
        """A finding at a part of a query."""
        return self.at(query.file, query.statement, node, fact, remedy, edits)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by name."""
    found: dict[str, Rule] = one_per_file(rules, Rule)
    for name, rule in found.items():
        rule.name = name.replace("_", "-")
    return tuple(found.values())


def rule_names() -> list[str]:
    """The names of all rules."""
    return [rule.name for rule in all_rules()]
