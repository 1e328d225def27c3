"""Findings for people: place, fact, the source's line underlined, remedy."""

from __future__ import annotations

from textwrap import indent

from rich.cells import cell_len

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule


def finding_text(finding: Finding, line: str) -> str:
    """A finding with the line it stands in.

    Args:
        finding: the finding.
        line: the source's line; empty if there is none.
    """
    number = str(finding.line)
    margin = " " * len(number)
    parts = [f"{finding.place}: {finding.rule}: {finding.fact}"]
    if line.strip():
        before = line[: finding.column - 1]
        marked = line[finding.column - 1 : finding.column - 1 + finding.length]
        # Chinese characters take two places on a terminal; tabs stay tabs, so that the underline stays below.
        blank = "".join("\t" if character == "\t" else " " * cell_len(character) for character in before)
        parts += [f"{margin} |", f"{number} | {line}", f"{margin} | {blank}{'^' * max(cell_len(marked), 1)}"]
    parts.append(f"{margin} = help: {finding.remedy}")
    if finding.edits:
        parts[-1] += " (`--fix` does it.)"
    return "\n".join(parts)


def findings_text(project: LintProject, findings: list[Finding]) -> str:
    """All findings and how many there are."""
    lines = {file.name: file for file in project.files}
    texts = [
        finding_text(finding, lines[finding.file].line(finding.line) if finding.file in lines else "")
        for finding in findings
    ]
    return "\n\n".join([*texts, summary(findings)])


def summary(findings: list[Finding]) -> str:
    """How many findings there are, and how many `--fix` can mend."""
    if not findings:
        return "lint: nothing found"
    files = len({finding.file for finding in findings})
    fixable = len([finding for finding in findings if finding.edits])
    text = f"lint: {len(findings)} finding{'s' * (len(findings) > 1)} in {files} file{'s' * (files > 1)}"
    return text + (f"; headrace lint --fix mends {fixable} of them" if fixable else "")


def explanation(rule: Rule) -> str:
    """A rule, why it is one, and a wrong and a right example."""
    marks = [
        "Flink refuses it." if rule.flink_refuses else "",
        "`headrace lint --fix` mends it." if rule.fixes else "",
    ]
    parts = [f"{rule.name}: {rule.fact}.", rule.why, rule.remedy, " ".join(filter(None, marks))]
    examples = [
        f"{title}\n{indent(text.strip(), '    ')}" for title, text in (("wrong", rule.wrong), ("right", rule.right))
    ]
    return "\n\n".join(part for part in [*parts, *examples] if part)
