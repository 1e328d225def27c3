"""What the supervisor is told of one process, and how one sees that it serves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Process:
    """One supervised process of the stack.

    Attributes:
        name: its name in the supervisor, in `headrace status` and of its log file.
        command: program and arguments.
        is_ready: asks the process whether it serves; may raise any exception when it does not answer.
        environment: variables beside those of the supervisor.
        shows: where a person or program finds it, for `headrace status`.
        without: what is lost while it does not serve; empty when the stack is of no use then.
        stop_seconds: how long it may take to end before it is killed.
    """

    name: str
    command: tuple[str, ...]
    is_ready: Callable[[], bool]
    environment: dict[str, str] = field(default_factory=dict)
    shows: str = ""
    without: str = ""
    stop_seconds: int = 20
