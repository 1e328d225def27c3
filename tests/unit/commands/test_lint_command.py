"""`headrace lint` as people and programs meet it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from headrace.cli import app
from headrace.flinksql.lint.rule import all_rules
from headrace.settings import PROJECT

SMALL = PROJECT / "tests" / "lint" / "project"
MISTAKES = Path("tests") / "lint" / "ten_mistakes"
CLEAN = "INSERT INTO item_sentiment SELECT item_id, 1, score FROM scored_comments ON CONFLICT DO DEDUPLICATE;\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project in which one feature has two mistakes that can be mended and one that cannot."""
    root = tmp_path / "project"
    shutil.copytree(SMALL, root)
    text = "INSERT INTO item_sentiment SELECT item_id, 1, scor FROM scored_comments WHERE item_id != 'a'\n"
    (root / "sql" / "comments" / "item_sentiment.sql").write_text(text, encoding="utf-8")
    return root


def run(*arguments: str | Path) -> tuple[int, str]:
    """The exit status and what was printed."""
    result = CliRunner().invoke(app, ["lint", *map(str, arguments)])
    return result.exit_code, result.stdout


def test_ten_mistakes_of_beginners_have_ten_remedies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    status, printed = run("--project", SMALL, MISTAKES)
    assert printed == (MISTAKES / "findings.txt").read_text(encoding="utf-8")
    assert status == 1
    assert all(file.name in printed for file in MISTAKES.glob("*.sql"))


def test_one_file_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    _, printed = run("--project", SMALL, MISTAKES / "03_misspelt_table.sql")
    assert "lint: 1 finding in 1 file" in printed


def test_findings_for_programs(project: Path) -> None:
    status, printed = run("--project", project, "--json")
    findings = json.loads(printed)
    assert status == 1
    assert [(each["rule"], each["line"], each["column"], each["fixable"]) for each in findings] == [
        ("not-equals", 1, 87, True)
    ]


def test_mending_goes_on_until_nothing_more_can_be_mended(project: Path) -> None:
    """What cannot be read hides what else is wrong; mending twice changes nothing more."""
    status, printed = run("--project", project, "--fix")
    file = project / "sql" / "comments" / "item_sentiment.sql"
    mended = file.read_text(encoding="utf-8")
    assert (status, "unknown-column" in printed) == (1, True)
    assert "<> 'a'" in mended
    run("--project", project, "--fix")
    assert file.read_text(encoding="utf-8") == mended


def test_nothing_found(project: Path) -> None:
    (project / "sql" / "comments" / "item_sentiment.sql").write_text(CLEAN, encoding="utf-8")
    assert run("--project", project) == (0, "lint: nothing found\n")


def test_folder_without_a_catalog(tmp_path: Path) -> None:
    (tmp_path / "query.sql").write_text("SELECT a FROM t;", encoding="utf-8")
    status, printed = run("--project", tmp_path, tmp_path / "query.sql")
    assert status == 1
    assert "query.sql:1:15: unknown-table: there is no table or view t" in printed


def test_rule_is_explained() -> None:
    status, printed = run("--explain", "unbounded-state")
    assert status == 0
    assert "GROUP BY item_id, window_start, window_end" in printed
    assert run("--explain", "unbound-state")[0] == 1


def test_rules_are_listed() -> None:
    listed = json.loads(run("--rules", "--json")[1])
    assert [each["rule"] for each in listed] == [rule.name for rule in all_rules()]
