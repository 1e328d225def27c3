"""Records a test case of a feature from the topics of the local stack."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from headrace.errors import ShellError

MESSAGES = 100
SECONDS = 600.0


class RecordingError(ShellError):
    """No case was recorded; the feature's files stand."""


def record_case(root: Path, feature: str) -> list[str]:
    """Runs `headrace test new`, whose mini cluster is a JVM that ends with its process: the shell goes on without one.

    Args:
        root: the project's folder.
        feature: it has its files already.

    Returns:
        What a person should know of the case, the first line where it is.

    Raises:
        RecordingError: there are no messages, or the feature fails on them.
    """
    program = Path(sys.executable).with_name("headrace")
    command = [str(program), "test", "new", feature, "--messages", str(MESSAGES), "--project", str(root), "--json"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise RecordingError(f"it took more than {SECONDS:.0f} s. Record it: headrace test new {feature}") from error
    try:
        recorded = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError) as error:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        raise RecordingError(said[-1].removeprefix("error: ") if said else f"exit status {done.returncode}") from error
    return [f"saved: tests/sql/{recorded['case']}/", *recorded["remarks"]]
