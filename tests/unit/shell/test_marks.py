"""What lint says of a statement before it is sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from headrace.shell.marks import Marks


@pytest.mark.parametrize(
    ("statement", "rules"),
    [
        ("SELECT content FROM comments", []),
        ("SELECT contnt FROM comments", ["unknown-column"]),
        ("SELECT content FROM coments", ["unknown-table"]),
        ("SELECT content FROM mine", []),  # somebody's own
        ("SELECT * FROM comments", []),  # a rule for features alone
        ("SHOW TABLES", []),
    ],
)
def test_findings(write_project: Callable[[dict[str, str]], Path], statement: str, rules: list[str]) -> None:
    marks = Marks(write_project({"catalog/functions/score.sql": "", "catalog/views/scored.sql": ""}))
    found = marks.findings(statement, {"comments", "mine"}, wait=True)
    assert [finding.rule for finding in found] == rules
    assert all(finding.remedy for finding in found)


def test_nobody_waits_for_the_rules(write_project: Callable[[dict[str, str]], Path]) -> None:
    assert Marks(write_project({})).findings("SELECT contnt FROM comments", (), wait=False) == []
