"""One deployment at a time."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path

from filelock import FileLock, Timeout

from headrace.errors import DeployError

LOOK_SECONDS = 0.5
LOCK, HOLDER = ".lock", ".lock.holder.json"


@contextmanager
def deployment_lock(folder: Path, wait_seconds: float) -> Iterator[None]:
    """Holds the lock of a record's folder; the operating system frees it when its process ends, however it ends.

    Args:
        folder: of the record.
        wait_seconds: how long another deployment may take to end.

    Raises:
        DeployError: another one still holds it; the message names its user, process and start.
    """
    folder.mkdir(parents=True, exist_ok=True)
    holder = folder / HOLDER
    try:
        # At least a moment: a plan that looks who deploys holds it for as long.
        with FileLock(folder / LOCK, timeout=max(wait_seconds, LOOK_SECONDS)):
            who = {"user": getuser(), "process": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
            holder.write_text(json.dumps(who), encoding="utf-8")
            try:
                yield
            finally:
                holder.unlink(missing_ok=True)
    except Timeout as error:
        raise DeployError(
            f"{folder}: {_holder(folder)} is under way. Wait for it: headrace deploy --wait 300; nothing was changed."
        ) from error


def deployment_under_way(folder: Path) -> str | None:
    """Who is deploying just now, in words, if anybody is."""
    if not folder.exists():
        return None
    try:
        with FileLock(folder / LOCK, timeout=0):
            return None
    except Timeout:
        return _holder(folder)


def _holder(folder: Path) -> str:
    with suppress(OSError, ValueError, KeyError):
        who = json.loads((folder / HOLDER).read_text(encoding="utf-8"))
        return f"a deployment of {who['user']} (process {who['process']}, since {who['since']})"
    return "another deployment"
