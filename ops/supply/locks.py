"""The lock files: every package of Python's by version and hash, every jar by hash."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ops.checks.tools import PROJECT

LOCKS = PROJECT / "locks"
# Constraints for making locks, not locks.
NOT_LOCKS = {"train-overrides.txt"}


@dataclass(frozen=True)
class Package:
    """One package of a lock: its name, what pins it, and how many hashes it may have."""

    name: str
    version: str
    hashes: int


def python_locks() -> list[Path]:
    """Every lock of Python packages."""
    return sorted(file for file in LOCKS.glob("*.txt") if file.name not in NOT_LOCKS)


def packages(lock: Path) -> Iterator[Package]:
    """The packages of a lock, as pip reads it: a requirement and its hashes on lines that go on."""
    for line in lock.read_text().replace("\\\n", " ").splitlines():
        text = line.split(" #")[0].strip()
        if text and not text.startswith("#"):
            requirement = re.split(r"\s+--hash=|\s*;", text)[0]
            name, _, version = requirement.partition("==")
            yield Package(
                name.split("[")[0].strip(), version.strip(), len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", text))
            )


def loose_packages(lock: Path) -> Iterator[str]:
    """What a lock does not pin."""
    for package in packages(lock):
        if not package.version:
            yield f"locks/{lock.name}: {package.name}: no version is named with =="
        if not package.hashes:
            yield f"locks/{lock.name}: {package.name}: no hash"


def jars() -> dict[str, str]:
    """SHA-256 of each jar, by folder and name."""
    lines = (LOCKS / "jars.sha256").read_text().splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}
