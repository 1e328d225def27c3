"""What the linter says that Flink refuses, Flink refuses, for that reason; and what it lets pass, Flink takes.

When Flink changes, these tests fail, and the rule goes.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from headrace.flinksql.lint.rule import all_rules
from headrace.settings import PROJECT, settings
from headrace.testing.lint_cases import LintCase, read_lint_cases
from headrace.testing.planner import why_refused

RULES = {rule.name: rule for rule in all_rules()}
# Where statements stand is no matter of Flink's.
CASES = [case for case in read_lint_cases(PROJECT) if case.rule != "statement-out-of-place"]
# The planner takes it, and the job fails: the case's job to run.
AT_RUN = {"python-over-constants": "shouts"}


@pytest.fixture(scope="session")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where compiled plans are written."""
    return tmp_path_factory.mktemp("plans")


@pytest.mark.parametrize("case", CASES, ids=[f"{case.rule}-{case.name}" for case in CASES])
def test_flink_agrees(case: LintCase, plans: Path, tmp_path: Path) -> None:
    why = why_refused(settings(), case.write(tmp_path), plans, AT_RUN.get(case.rule, ""))
    says = RULES[case.rule].flink_says if case.fails else ""
    assert re.search(says, why) if says else not why
