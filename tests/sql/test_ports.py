"""While cases run, nothing that belongs to them can be reached from another machine."""

from __future__ import annotations

import contextlib
import ipaddress
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil

from headrace.testing.case import read_case
from headrace.testing.runner import Runner


def listening() -> Iterator[tuple[str, int]]:
    """Address and port of each TCP server of this process, its JVM and its Redis."""
    own = psutil.Process()
    for process in (own, *own.children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess):
            for connection in process.net_connections(kind="tcp"):
                if connection.status == psutil.CONN_LISTEN:
                    yield connection.laddr.ip, connection.laddr.port


def is_loopback(address: str) -> bool:
    """Of IPv6 too, as Java writes addresses of IPv4."""
    found = ipaddress.ip_address(address)
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return (mapped or found).is_loopback


def test_mini_cluster_listens_on_loopback_alone(runner: Runner) -> None:
    runner.job("comments")
    before, during = set(listening()), set()
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(0.01):
            during.update(listening())

    thread = threading.Thread(target=look)
    thread.start()
    try:
        result = runner.run(read_case(Path(__file__).parent / "comments" / "late"))
    finally:
        ended.set()
        thread.join()
    assert result.passed, result.to_text()
    # Beam's servers for Python workers come and go with the job.
    assert len(during - before) >= 2
    assert {server for server in before | during if not is_loopback(server[0])} == set()
