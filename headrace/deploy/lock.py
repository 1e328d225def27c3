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
    holder = folder / ".lock.holder.json"
    try:
        with FileLock(folder / ".lock", timeout=wait_seconds):
            who = {"user": getuser(), "process": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
            holder.write_text(json.dumps(who), encoding="utf-8")
            try:
                yield
            finally:
                holder.unlink(missing_ok=True)
    except Timeout as error:
        words = "another deployment"
        with suppress(OSError, ValueError, KeyError):
            who = json.loads(holder.read_text(encoding="utf-8"))
            words = f"a deployment of {who['user']} (process {who['process']}, since {who['since']})"
        raise DeployError(
            f"{folder}: {words} is under way. Wait for it: headrace deploy --wait 300; nothing was changed."
        ) from error
