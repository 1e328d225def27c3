"""A Redis for measurements: on a free port, in memory only, with nothing else in it."""

from __future__ import annotations

import csv
import shutil
import socket
import subprocess
import tempfile
from types import TracebackType

import redis
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_fixed

HOST = "127.0.0.1"
STARTUP_SECONDS = 10


class RedisServer:
    """The server; it ends with the `with` block."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind((HOST, 0))
            self.port: int = free.getsockname()[1]
        self.client = redis.Redis(host=HOST, port=self.port)

    @property
    def url(self) -> str:
        return f"redis://{HOST}:{self.port}/0"

    def __enter__(self) -> RedisServer:
        self._folder = tempfile.mkdtemp(prefix="headrace-bench-")
        arguments = ("--bind", HOST, "--port", str(self.port), "--save", "", "--appendonly", "no")
        self._process = subprocess.Popen(("redis-server", *arguments), cwd=self._folder, stdout=subprocess.DEVNULL)
        answers = Retrying(
            retry=retry_if_exception_type(redis.ConnectionError),
            wait=wait_fixed(0.1),
            stop=stop_after_delay(STARTUP_SECONDS),
            reraise=True,
        )
        try:
            answers(self.client.ping)
        except redis.ConnectionError:
            self._end()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def _end(self) -> None:
        self._process.terminate()
        self._process.wait()
        shutil.rmtree(self._folder)

    def clear(self) -> None:
        """Empties the server; the time that takes is over when it returns."""
        self.client.flushall(asynchronous=False)

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
        options = {"-h": HOST, "-p": self.port, "-c": clients, "-P": depth, "-n": calls, "-r": keys}
        words = [str(word) for option in options.items() for word in option]
        output = subprocess.run(
            ("redis-benchmark", *words, "--csv", *command), check=True, capture_output=True, text=True
        ).stdout
        [row] = csv.DictReader(output.splitlines())
        return float(row["rps"])
