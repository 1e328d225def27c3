"""Each rule finds what its cases in tests/lint/ say, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from headrace.flinksql.lint.fix import fix_files
from headrace.flinksql.lint.linter import lint
from headrace.flinksql.lint.rule import all_rules, rule_names
from headrace.settings import PROJECT
from headrace.testing.lint_cases import LintCase, read_lint_cases, sections

CASES = read_lint_cases(PROJECT)


@pytest.mark.parametrize("case", CASES, ids=[f"{case.rule}-{case.name}" for case in CASES])
def test_case(case: LintCase, tmp_path: Path) -> None:
    root = case.write(tmp_path)
    _, findings = lint(root)
    found = "".join(f"{each.place}: {each.rule}: {each.fact}\n  {each.remedy}\n" for each in findings)
    assert found == case.expected
    assert case.fails == any(each.rule == case.rule for each in findings)
    fixable = any(each.edits for each in findings)
    assert fixable == case.fixed.exists()
    if fixable:
        fix_files(root, findings)
        for name, text in sections(case.fixed.read_text(encoding="utf-8")).items():
            assert (root / name).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("rule", rule_names())
def test_rule_has_cases_that_pass_and_that_fail(rule: str) -> None:
    assert {case.fails for case in CASES if case.rule == rule} == {True, False}


def test_rules_that_mend_have_a_mended_case() -> None:
    mending = {rule.name for rule in all_rules() if rule.fixes}
    assert mending == {case.rule for case in CASES if case.fixed.exists()}


@pytest.mark.parametrize("rule", all_rules(), ids=rule_names())
def test_rule_explains_itself(rule: object) -> None:
    assert rule.fact  # type: ignore[attr-defined]
    assert rule.remedy.endswith((".", ";", "`"))  # type: ignore[attr-defined]
    assert rule.wrong != rule.right  # type: ignore[attr-defined]
