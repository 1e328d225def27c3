"""Writes the table of the rules into docs/sql.md: `make docs`."""

from __future__ import annotations

from pathlib import Path

from headrace.flinksql.lint.rule import all_rules
from headrace.settings import PROJECT

PAGE = PROJECT / "docs" / "sql.md"
_BEGIN, _END = "<!-- rules: make docs -->\n", "<!-- end of rules -->\n"


def rule_table() -> str:
    """The rules as a table of Markdown."""
    rows = [
        f"| `{rule.name}` | {_cell(rule.fact)} | {_cell(rule.remedy)} | {'yes' if rule.flink_refuses else ''} "
        f"| {'yes' if rule.fixes else ''} |\n"
        for rule in all_rules()
    ]
    return (
        "| rule | what it finds | remedy | Flink refuses it | `--fix` |\n| --- | --- | --- | --- | --- |\n"
        + "".join(rows)
    )


def with_rules(page: str) -> str:
    """A page with the table as it is now."""
    before, _, rest = page.partition(_BEGIN)
    return before + _BEGIN + rule_table() + _END + rest.partition(_END)[2]


def _cell(text: str) -> str:
    """Text for a cell: outside of code `<column>` would be read as HTML."""
    parts = text.replace("|", "\\|").split("`")
    return "`".join(part if number % 2 else part.replace("<", "&lt;") for number, part in enumerate(parts))


def write(page: Path = PAGE) -> None:
    """Writes the table into the page."""
    page.write_text(with_rules(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write()
