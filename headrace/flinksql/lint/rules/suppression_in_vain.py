"""`suppression-in-vain`: a comment that suppresses nothing, or does not say why."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule, rule_names
from headrace.flinksql.lint.source_file import SourceFile
from headrace.flinksql.lint.suppression import Suppression
from headrace.names import likely_name


class SuppressionInVain(Rule):
    """A `lint: ignore` suppresses nothing, or does not say why.

    Who reads it later has to know why the rule does not count here; one without a finding hides what comes later.

    Remedy: Write `-- lint: ignore <rule>: <reason>` before the line, or remove it.
    """

    wrong = "-- lint: ignore select-star"
    right = "-- lint: ignore select-star: the view passes on whatever the topic has"

    def check(self, project: LintProject) -> Iterator[Finding]:
        """What is unused is known when all rules have run: see `unused`."""
        yield from ()

    def unused(self, file: SourceFile, suppression: Suppression, hit: set[str]) -> Iterator[Finding]:
        """The findings about one comment.

        Args:
            file: where it stands.
            suppression: the comment.
            hit: names of the rules whose findings it suppresses.
        """
        facts = []
        if not suppression.rules:
            facts.append(("it names no rule", self.remedy))
        if not suppression.reason:
            facts.append(("it does not say why", "Write the reason behind a colon: -- lint: ignore <rule>: <reason>"))
        for name in suppression.rules:
            if name not in rule_names():
                likely = likely_name(name, rule_names())
                remedy = f"Did you mean {likely}?" if likely else "`headrace lint --rules` lists them."
                facts.append((f"there is no rule {name}", remedy))
            elif name not in hit:
                facts.append((f"there is no finding of {name} here", "Remove it."))
        for fact, remedy in facts:
            yield Finding(file.name, suppression.line, suppression.column, suppression.length, self.name, fact, remedy)
