"""The linter finds nothing wrong with what Flink takes (tests/sql/test_schema_types.py asks Flink)."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from headrace.flinksql.lint.linter import lint
from headrace.flinksql.lint.rule import all_rules
from headrace.settings import PROJECT

REFUSED = {rule.name for rule in all_rules() if rule.flink_refuses}
PAGES = sorted((PROJECT / "docs").glob("*.md"))


def test_well_formed_queries_have_no_finding_of_what_flink_refuses() -> None:
    _, findings = lint(PROJECT / "tests" / "lint" / "project", [PROJECT / "tests" / "lint" / "well_formed.sql"])
    assert [f"{each.place}: {each.fact}" for each in findings if each.rule in REFUSED] == []


def test_project_itself_has_no_finding() -> None:
    _, findings = lint(PROJECT)
    assert [f"{each.place}: {each.fact}" for each in findings] == []


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_sql_of_the_documentation_has_no_finding_of_what_flink_refuses(page: Path, tmp_path: Path) -> None:
    """Whole statements in it; a page may show parts of statements, and says … for what it leaves out."""
    blocks = re.findall(r"^ *```sql\n(.*?)^ *```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    file = tmp_path / f"{page.stem}.sql"
    texts = [textwrap.dedent(block).strip().rstrip(";") for block in blocks]
    whole = [text for text in texts if text.startswith(("SELECT", "INSERT", "CREATE", "WITH")) and "…" not in text]
    file.write_text(";\n".join(whole), encoding="utf-8")
    _, findings = lint(PROJECT, [file])
    assert [f"{each.place}: {each.rule}: {each.fact}" for each in findings if each.rule in REFUSED] == []
