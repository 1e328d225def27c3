"""A Redis for the tables that a job looks rows up in: files cannot stand for them, Flink has no lookup into files."""

from __future__ import annotations

import atexit
import shutil
import subprocess
from pathlib import Path

import redis
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

from headrace.stack.addresses import HOST
from headrace.testing.ports import free_ports
from headrace.testing.problems import CaseError

STARTUP_SECONDS = 30.0


class RedisServer:
    """An empty server on loopback that keeps nothing and ends with this process.

    Attributes:
        port: where it listens.
        url: the same, with its database.
        client: of its own.
    """

    def __init__(self, folder: Path) -> None:
        """Starts it.

        Args:
            folder: where its log goes.

        Raises:
            CaseError: there is no redis-server.
        """
        program = shutil.which("redis-server")
        if not program:
            raise CaseError("PATH: there is no `redis-server`. Install it: run `make setup`.")
        [self.port] = free_ports(1)
        self.url = f"redis://{HOST}:{self.port}/0"
        self.client = redis.Redis(host=HOST, port=self.port)
        self._process = subprocess.Popen(
            [program, "--bind", HOST, "--port", str(self.port), "--save", "", "--dir", folder, "--logfile", "redis.log"]
        )
        atexit.register(self.stop)
        self._await_ready()

    def clear(self) -> None:
        """Removes all keys; the time that takes is over when it returns."""
        self.client.flushall(asynchronous=False)

    def stop(self) -> None:
        """Ends it."""
        self._process.terminate()
        self._process.wait()

    @retry(retry=retry_if_exception_type(redis.ConnectionError), stop=stop_after_delay(STARTUP_SECONDS),
           wait=wait_fixed(0.05), reraise=True)  # fmt: skip
    def _await_ready(self) -> None:
        self.client.ping()
