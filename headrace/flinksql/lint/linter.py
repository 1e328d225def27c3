"""Checks a project with all rules; what comments suppress is left out, and what they suppress in vain is found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject, file_name
from headrace.flinksql.lint.rule import all_rules
from headrace.flinksql.lint.rules.suppression_in_vain import SuppressionInVain
from headrace.flinksql.lint.suppression import suppressions


def lint(root: Path, paths: Sequence[Path] = ()) -> tuple[LintProject, list[Finding]]:
    """Checks a project.

    Args:
        root: the folder that holds `catalog/` and `sql/`.
        paths: files or folders whose findings are wanted, all by default; a file of SQL that is no part of the project
            is checked as one that is.

    Returns:
        The project, and the findings by place.
    """
    extra = [file for path in paths for file in ([path] if path.is_file() else sorted(path.rglob("*.sql")))]
    project = LintProject(root, extra)
    found = lint_project(project)
    if paths:
        wanted = {file_name(root, path) for path in extra}
        found = [finding for finding in found if finding.file in wanted]
    return project, found


def lint_project(project: LintProject) -> list[Finding]:
    """The findings of a project that has been read, by place."""
    found = {finding for rule in all_rules() for finding in rule.check(project)}
    kept = set(found)
    in_vain = next(rule for rule in all_rules() if isinstance(rule, SuppressionInVain))
    for file in project.files:
        for suppression in suppressions(file):
            hit = {
                finding
                for finding in found
                if finding.file == file.name and suppression.covers(finding.rule, finding.line)
            }
            kept -= hit if suppression.reason else set()
            kept |= set(in_vain.unused(file, suppression, _rules_of(hit)))
    return sorted(kept)


def _rules_of(findings: Iterable[Finding]) -> set[str]:
    return {finding.rule for finding in findings}
