r"""`\save <feature>`: asks what is missing, writes the feature's files, lints them and records a test case."""

from __future__ import annotations

import argparse
from typing import NoReturn

from headrace.errors import ShellError
from headrace.shell import saving
from headrace.shell.mending import laid_out, outer_limit, quoted
from headrace.shell.recording import RecordingError, record_case
from headrace.shell.shell import Shell
from headrace.sql_gateway.client import Column

STATE_TTL = "table.exec.state.ttl"


def save(shell: Shell, arguments: tuple[str, ...]) -> None:
    """Makes a feature of the last query.

    Raises:
        ShellError: nothing was saved, and why.
        GatewayError: Flink refuses the query as a feature; nothing was saved.
    """
    asked = _arguments(arguments)
    root = shell.options.root
    if not shell.last_query:
        raise ShellError("\\save: no query was run yet. Run it, look at its rows, then save it.")
    saving.refuse_taken(root, asked.feature, shell.names.tables())
    query = saving.without_limit(shell.last_query, outer_limit(shell.last_query) is not None)
    columns = saving.result_columns(shell.session, query)
    feature = _feature(shell, asked, saving.without_star(laid_out(query), columns), columns)
    saving.refuse_wrong(feature)
    with shell.notes.status("Flink checks it …"):
        insert = saving.checked_insert(shell.session, feature, quoted)
    files = saving.write(feature, root, quoted, insert)
    with shell.notes.status("lint …"):
        findings = saving.linted(root, files)
    for file in files:
        shell.note(f"saved: {file.relative_to(root)}", style="green")
    for finding in findings:
        shell.note(f"lint: {finding.place}: {finding.fact} ({finding.rule}). {finding.remedy}", style="yellow")
    tested = not asked.no_test and _record(shell, feature)
    shell.note(
        "next: "
        + ("look the expected rows over" if tested else f"headrace test new {feature.name}")
        + "; headrace plan shows what a deployment would change, headrace deploy does it"
    )


def _record(shell: Shell, feature: saving.Feature) -> bool:
    """Whether a test case was recorded; the feature stands without one, too."""
    if shell.options.rest_url is None:
        shell.note("test case: none was recorded, for this is not the local stack's gateway", style="yellow")
        return False
    try:
        with shell.notes.status("recording a test case from the topics; Ctrl-C leaves it out …"):
            remarks = record_case(shell.options.root, feature.name)
    except KeyboardInterrupt:
        shell.note("test case: left out", style="yellow")
        return False
    except RecordingError as error:
        shell.note(f"test case: none was recorded: {error}", style="yellow")
        return False
    for remark in remarks:
        shell.note(remark, style="green")
    return True


def _feature(shell: Shell, asked: argparse.Namespace, query: str, columns: tuple[Column, ...]) -> saving.Feature:
    names = [column.name for column in columns]
    jobs = sorted(folder.name for folder in (shell.options.root / "sql").glob("*/"))
    job = asked.job or _ask(
        shell, f"job, a folder in sql/ ({', '.join(jobs)})", jobs[0] if len(jobs) == 1 else "", "job"
    )
    key = asked.key or _ask(
        shell,
        f"columns of the primary key ({', '.join(names)})",
        ", ".join(saving.likely_key(query, columns)),
        "key",
    )
    about = asked.about or _ask(shell, "what readers find there, in one sentence", "", "about")
    return saving.Feature(
        name=asked.feature,
        job=job,
        query=query,
        columns=columns,
        key=tuple(part.strip() for part in key.split(",") if part.strip()),
        about=about,
        ttl=asked.ttl,
        state_ttl=shell.session.properties().get(STATE_TTL, ""),
    )


def _arguments(arguments: tuple[str, ...]) -> argparse.Namespace:
    parser = _Parser(prog="\\save", add_help=False)
    parser.add_argument("feature")
    parser.add_argument("--job", default="")
    parser.add_argument("--key", default="")
    parser.add_argument("--about", default="")
    parser.add_argument("--ttl", default="7 d")
    parser.add_argument("--no-test", action="store_true")
    return parser.parse_args(arguments)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise ShellError(f"\\save: {message}. \\help says how it is written.")


def _ask(shell: Shell, question: str, default: str, option: str) -> str:
    if shell.ask is None:
        if default:
            return default
        raise ShellError(f"\\save: nobody is there to be asked: {question}. Give it: --{option} …")
    return shell.ask(question, default)
