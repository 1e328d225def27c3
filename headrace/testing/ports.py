"""Ports that nothing listens on, for servers that tests start."""

from __future__ import annotations

import socket
from contextlib import ExitStack

from headrace.stack.addresses import HOST


def free_ports(count: int) -> list[int]:
    """Different ports of the loopback interface that nothing listens on at this moment."""
    with ExitStack() as opened:
        sockets = [opened.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind((HOST, 0))
        return [one.getsockname()[1] for one in sockets]
