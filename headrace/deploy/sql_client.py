"""Runs a script in the stock Flink SQL client and reads what became of it.

The client stops at the first error and exits 0 all the same, so its output has to be read: it prints its prompt once
per statement, and `[ERROR]` where it stops.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from pathlib import Path

from headrace.deploy.script import Place, Script
from headrace.errors import SqlClientError
from headrace.settings import Settings
from headrace.stack.flink import BIN, flink_environment

PROMPT = "Flink SQL> "
FAILURE = "[ERROR] Could not execute SQL statement."
_COLOURS = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
# A line with the class of an exception and its words, which may go on over further lines up to the stack's frames.
_CAUSE = re.compile(
    r"^(?:Caused by: )?(?:[\w$]+\.)+[\w$]+(?:Exception|Error): (.+(?:\n(?!\tat |Caused by|\t\.\.\.).*)*)", re.MULTILINE
)
# Calcite's "From line 1, column 8 to line 1, column 20: …" and its parser's "… at line 1, column 8."
_POSITION = re.compile(r"(?:[Aa]t|From) line (\d+), column (\d+)(?: to line \d+, column \d+)?")


class StatementRefusedError(SqlClientError):
    """Flink refused a statement of a script.

    Attributes:
        statement: which one, from 0 on.
        place: the file and line, where they are known.
        reason: Flink's own words.
    """

    def __init__(self, statement: int, place: Place | None, reason: str, output: str) -> None:
        super().__init__(f"{place or 'a statement of ours'}: Flink refuses it: {reason}")
        self.statement = statement
        self.place = place
        self.reason = reason
        self.output = output


def run_script(settings: Settings, script: Script, conf: Path | None = None) -> list[str]:
    """Executes the script's statements in one session of `sql-client.sh`.

    Args:
        settings: where Flink's folders are.
        script: the statements.
        conf: Flink's configuration folder, if it is not the stack's own.

    Returns:
        What the client printed for each statement.

    Raises:
        StatementRefusedError: Flink refused one; those before it were executed.
        SqlClientError: the client itself did not run.
    """
    temporary = settings.stack / "tmp"
    with tempfile.TemporaryDirectory(dir=temporary, prefix="sql-client-") as folder:
        file = Path(folder) / "script.sql"
        # Verbose: the place of a mistake stands in the causes of the error, not in the last one.
        file.write_text(f"SET 'sql-client.verbose' = 'true';\n{script}", encoding="utf-8")
        result = subprocess.run(
            [BIN / "sql-client.sh", "-hist", Path(folder) / "history", "-f", file],
            # It lives for seconds: a collector with threads of its own only takes time from what it does.
            env={
                **os.environ,
                **flink_environment(settings, conf),
                "FLINK_LOG_DIR": folder,
                "JVM_ARGS": "-XX:+UseSerialGC",
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    output = _COLOURS.sub("", result.stdout)
    printed = output.split(f"\n{PROMPT}")[2:]  # before the first prompt, and for our own SET
    if FAILURE in output:
        number = next((n for n, text in enumerate(printed) if FAILURE in text), 0)
        report = output[output.index(FAILURE) :]
        position = _POSITION.search(report)
        place = script.place(number, int(position.group(1)) if position else None)
        raise StatementRefusedError(number, place, _reason(report), output)
    # After the last statement comes one more prompt, which the client answers itself by ending.
    if result.returncode or len(printed) < len(script.texts):
        raise SqlClientError(
            f"sql-client.sh: it ended with exit status {result.returncode} after {max(0, len(printed) - 1)} of "
            f"{len(script.texts)} statements:\n{output[-2000:]}{result.stderr[-2000:]}"
        )
    return printed[: len(script.texts)]


def _reason(report: str) -> str:
    """The words of the innermost cause that speaks of the statement, without class names and stack frames."""
    causes = _CAUSE.findall(report)
    told = [cause.strip() for cause in causes if not cause.startswith(("org.apache.flink", "Failed to", "[Internal"))]
    if not told:
        return report.split("Reason:", 1)[-1].strip()[:1000]
    # With the place in it, where there is one: the last cause has lost it.
    with_place = [cause for cause in told if _POSITION.search(cause)]
    words: str = (with_place or told)[-1]
    words = words.split("\nWas expecting", 1)[0].split(">\n", 1)[0]
    # Its position is one in our script; the caller names the one in the file.
    return re.sub(rf"SQL validation failed\. |\s*{_POSITION.pattern}:? ?", "", words).strip()
