"""A JVM that measures what it is asked for: io.headrace.flink.redis.bench.Bench, with the tests' class path."""

from __future__ import annotations

import json
import subprocess
from types import TracebackType

from headrace.settings import PROJECT, Settings
from headrace.stack.java import java

SETTINGS = Settings()
BUILD = SETTINGS.home / "build" / "flink"

# As Flink starts its processes; the heap is that of a small TaskManager.
OPTIONS = (
    "-Xmx1g",
    "-XX:-UsePerfData",
    f"-Djava.io.tmpdir={SETTINGS.home / 'tmp'}",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "--add-opens=java.base/java.util=ALL-UNNAMED",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
)


class JavaWorker:
    """The JVM; it ends with the `with` block."""

    def __init__(self) -> None:
        libraries = (BUILD / "test-class-path").read_text().strip()
        class_path = f"{BUILD / 'classes'}:{BUILD / 'test-classes'}:{libraries}"
        self._process = subprocess.Popen(
            (java(), *OPTIONS, "-cp", class_path, "io.headrace.flink.redis.bench.Bench"),
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> JavaWorker:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate()

    def measure(self, what: str, **arguments: object) -> dict[str, float]:
        """One run.

        Args:
            what: 'sink', 'sql', 'lookup' or 'loop'.
            arguments: see the Java record Run; a table's options have '_' for '-' and '__' for '.'.
        """
        words = [f"{name.replace('__', '.').replace('_', '-')}={value}" for name, value in arguments.items()]
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{what} {' '.join(words)}\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"`{what}` has failed; what Java says stands above.")
        measured: dict[str, float] = json.loads(answer)
        return measured
