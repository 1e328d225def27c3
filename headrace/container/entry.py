"""The image's entry point: `python -S -m headrace.container.entry ROLE [WORDS]`.

It becomes `headrace container ROLE -- WORDS`.
Where logs are JSON lines (HEADRACE_LOG_FORMAT=json, the image's default) that runs under headrace.logs.relay, so that
every line is one, of the first error too. Two things stay text, for somebody waits for the answer: whatever runs on a
terminal, and a command that is named (`deploy plan`, `deploy status --json`). The deployment itself, `deploy` without
words, is a step of a release, whose lines belong to the log beside those of the cluster that it changes.
Standard library alone, as it comes before everything.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

from headrace.logs import relay
from headrace.logs.fields import FORMAT, NODE, ROLE

TASK_MANAGER_ID = "HEADRACE_TASKMANAGER_ID"


def main() -> NoReturn:
    """Runs the role that the arguments of this process name."""
    role, *words = sys.argv[1:]
    os.environ.update(log_fields(role, os.environ))
    command = ["headrace", "container", role, "--", *words]
    if not logs_json(role, words, os.environ, is_terminal=os.isatty(1)):
        os.environ[FORMAT] = "text"
        os.execvp(command[0], command)  # noqa: S606  (the role is this process from here on)
    sys.exit(relay.run_relayed(command))


def logs_json(role: str, words: Sequence[str], environment: Mapping[str, str], is_terminal: bool) -> bool:
    """Whether what a role writes is made JSON lines."""
    is_question = role == "deploy" and bool(words)
    return environment.get(FORMAT) == "json" and not is_terminal and not is_question


def log_fields(role: str, environment: Mapping[str, str]) -> dict[str, str]:
    """The variables by which each line says whose it is: a TaskManager's name is the one that Flink knows."""
    node = environment.get(TASK_MANAGER_ID, "") if role == "taskmanager" else ""
    return {ROLE: role, NODE: node or socket.gethostname()}


if __name__ == "__main__":
    main()
