"""Whether the role of this container serves: `python -m headrace.container.health [--ready]`; exit status 0 or 1.

Without an option it asks the role's own process alone, so that nothing else's failure ends it (Kubernetes' liveness).
With --ready it asks whether the role is of use: a TaskManager, whether the JobManager knows it. Standard library alone:
it is asked every few seconds.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.request
from pathlib import Path

SECONDS = 5


def main() -> int:
    """Asks, says what is wrong on standard error, and returns the exit status."""
    run = Path(os.environ.get("HEADRACE_RUN_FOLDER", "/tmp/headrace"))  # noqa: S108  (a container's own)
    wrong = problem(run / "role.json", is_ready="--ready" in sys.argv[1:])
    if wrong:
        sys.stderr.write(f"{wrong}\n")
    return 1 if wrong else 0


def problem(file: Path, is_ready: bool) -> str:
    """What keeps the role from serving; empty when it serves.

    Args:
        file: what the role's start has written.
        is_ready: whether it must be of use, too.
    """
    try:
        role = json.loads(file.read_text())
    except OSError:
        return f"{file}: no role runs here. Start one: headrace container ROLE"
    url = ""
    try:
        if url := role.get("url", ""):
            _answer(url)
        if is_ready and (url := role.get("task_managers_url", "")):
            # Asked for one that it does not know, a JobManager would log an error; so it is asked for all.
            known = [one["id"] for one in json.loads(_answer(url))["taskmanagers"]]
            if role["task_manager"] not in known:
                return f"{role['role']}: {url}: the JobManager does not know {role['task_manager']}"
    except (OSError, ValueError) as error:
        return f"{role['role']}: {url}: {error}"
    return ""


def _answer(url: str) -> bytes:
    # The container's own neighbours: no proxy is between them.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=SECONDS) as response:
        return bytes(response.read())


if __name__ == "__main__":
    sys.exit(main())
