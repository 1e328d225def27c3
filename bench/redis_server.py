"""A Redis for measurements: on a free port, in memory only, with nothing else in it."""

from __future__ import annotations

import csv
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from headrace.testing import redis_server


class RedisServer(redis_server.RedisServer):
    """The server; it ends with the `with` block."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="headrace-bench-")
        super().__init__(Path(self._folder.name))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()
        self._folder.cleanup()

    def cpu_seconds(self) -> float:
        """What the server has used of its one core."""
        used = self.client.info("cpu")
        return float(used["used_cpu_sys_main_thread"]) + float(used["used_cpu_user_main_thread"])

    def benchmark(self, clients: int, depth: int, calls: int, keys: int, *command: str) -> float:
        """Calls a second of one command, as redis-benchmark measures it.

        Args:
            clients: connections.
            depth: calls that a connection sends before it reads an answer.
            calls: how often in all.
            keys: how many different numbers `__rand_int__` stands for.
            command: with its arguments.
        """
        options = {"-h": redis_server.HOST, "-p": self.port, "-c": clients, "-P": depth, "-n": calls, "-r": keys}
        words = [str(word) for option in options.items() for word in option]
        output = subprocess.run(
            ("redis-benchmark", *words, "--csv", *command), check=True, capture_output=True, text=True
        ).stdout
        [row] = csv.DictReader(output.splitlines())
        return float(row["rps"])
