"""`headrace lint`: what is wrong with the SQL of a project, before Flink sees it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from headrace.commands.terminal import Json, command, console, say
from headrace.settings import PROJECT

app = typer.Typer()


@command(app)
def lint(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders of SQL.", show_default="the whole project", exists=True),
    ] = None,
    project: Annotated[Path, typer.Option(help="Folder that holds catalog/ and sql/.", exists=True)] = PROJECT,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended safely, in the files.")] = False,
    rules: Annotated[bool, typer.Option("--rules", help="List the rules.")] = False,
    explain: Annotated[
        str | None, typer.Option(help="Explain a rule, with a wrong and a right example.", metavar="RULE")
    ] = None,
    as_json: Json = False,
) -> None:
    """Check the project's SQL: names, types, keys, state, and what Flink refuses or would get wrong.

    Each finding names the place, the fact and the remedy. Where a rule does not count, say why in a comment before the
    line: `-- lint: ignore <rule>: <reason>`. Exit status 1 when something was found (and, with --fix, not mended).
    """
    if rules:
        _list_rules(as_json)
        return
    if explain is not None:
        _explain(explain)
        return
    from headrace.flinksql.lint import linter
    from headrace.flinksql.lint.fix import fix_files
    from headrace.flinksql.lint.text import findings_text

    checked, found = linter.lint(project, paths or ())
    if fix:
        # What cannot be parsed hides other findings: they show when it is mended.
        while any(finding.edits for finding in found):
            for name, count in fix_files(project, found).items():
                if not as_json:
                    say(f"{name}: mended {count} finding{'s' * (count > 1)}")
            before = found
            checked, found = linter.lint(project, paths or ())
            if found == before:
                break
    if as_json:
        sys.stdout.write(json.dumps([dict(finding.as_json()) for finding in found], ensure_ascii=False) + "\n")
    else:
        say(findings_text(checked, found))
    if found:
        raise typer.Exit(1)


def _list_rules(as_json: bool) -> None:
    from headrace.flinksql.lint.rule import all_rules

    if as_json:
        listed = [
            {"rule": r.name, "fact": r.fact, "remedy": r.remedy, "fixes": r.fixes, "flink_refuses": r.flink_refuses}
            for r in all_rules()
        ]
        sys.stdout.write(json.dumps(listed, ensure_ascii=False) + "\n")
        return
    table = Table("rule", "what it finds", "--fix", "Flink refuses it", box=None)
    for rule in all_rules():
        table.add_row(rule.name, rule.fact, "yes" if rule.fixes else "", "yes" if rule.flink_refuses else "")
    console.print(table)
    say("More of one: headrace lint --explain <rule>")


def _explain(name: str) -> None:
    from headrace.errors import HeadraceError
    from headrace.flinksql.lint.rule import all_rules, rule_names
    from headrace.flinksql.lint.text import explanation
    from headrace.names import likely_name, listed

    rule = next((rule for rule in all_rules() if rule.name == name), None)
    if rule is None:
        likely = likely_name(name, rule_names())
        remedy = f"Did you mean {likely}?" if likely else f"The rules are {listed(rule_names(), 100)}."
        raise HeadraceError(f"--explain {name}: there is no such rule. {remedy}")
    say(explanation(rule))
