"""Who deploys what: the user and the commit that the files come from."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path


@dataclass(frozen=True)
class Origin:
    """Where a deployment comes from: user, commit, and whether files differ from it (untracked ones too)."""

    by: str
    commit: str | None
    dirty: bool


def origin_of(root: Path) -> Origin:
    """Asks git about the folder of a project; without git or a repository there is no commit."""
    commit = _git(root, "rev-parse", "HEAD")
    changed = _git(root, "status", "--porcelain", "--", ".") if commit else None
    return Origin(getuser(), commit, bool(changed))


def _git(root: Path, *arguments: str) -> str | None:
    try:
        result = subprocess.run(
            ["git", "-C", root, *arguments], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
    except FileNotFoundError:
        return None
    return result.stdout.strip() if result.returncode == 0 else None
