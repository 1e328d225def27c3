"""The programs that check, and how one is run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("HEADRACE_HOME", PROJECT / ".headrace"))
BIN = HOME / "check-tools" / "bin"
CRDS = HOME / "check-tools" / "crds" / "META-INF" / "fabric8"


class FindingError(Exception):
    """Something is not as it must be; the message is what its checker said."""


def run(program: str, *arguments: str | Path) -> str:
    """Runs a checker in the project's folder.

    Returns:
        What it printed on standard output.

    Raises:
        FindingError: it ended with another exit status than 0.
    """
    folders = (BIN, Path(sys.executable).parent)
    ours = next((folder / program for folder in folders if (folder / program).exists()), program)
    words = [str(ours), *map(str, arguments)]
    result = subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, check=False)
    if result.returncode:
        raise FindingError(f"{program} {' '.join(words[1:])}:\n{result.stdout}{result.stderr}".rstrip())
    return result.stdout


def relative(path: Path) -> str:
    """A path as messages name it."""
    return str(path.relative_to(PROJECT))
