"""Flink's own SQL parser, asked in a JVM: the oracle for our dialect."""

from __future__ import annotations

import json
import subprocess
import threading
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from headrace.settings import Settings
from headrace.stack.java import java

_PROGRAM = Path(__file__).with_name("FlinkParserServer.java")
_PLANNER = "flink-table-planner.jar"


@dataclass(frozen=True)
class Answer:
    """What Flink's parser makes of a statement.

    Attributes:
        normalised: the statement as Flink's tree writes it, followed by the tree; equal for equal statements. None if
            Flink refuses it.
        error: why Flink refuses it.
        line, column: where, from 1 on, if Flink says so.
    """

    normalised: str | None
    error: str | None = None
    line: int | None = None
    column: int | None = None


class FlinkSqlParser:
    """The JVM with Flink's parser; it ends with the `with` block.

    The planner's jar is taken out of flink-table-planner-loader, which hides it from class paths, into `folder`.
    """

    def __init__(self, settings: Settings, folder: Path) -> None:
        """Starts the JVM; it takes 2 s.

        Args:
            settings: where Flink's jars are.
            folder: where the planner's jar is kept from one use to the next.
        """
        libraries = settings.flink / "lib"
        loader = next(libraries.glob("flink-table-planner-loader-*.jar")).resolve()
        self._process = subprocess.Popen(
            (
                *(java(), "-Xmx512m", "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                *("-cp", f"{_unpacked(loader, folder)}:{libraries}/*", str(_PROGRAM)),
            ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def __enter__(self) -> FlinkSqlParser:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate()

    def ask(self, statements: Iterable[str]) -> list[Answer]:
        """Flink's answers, one a statement.

        Raises:
            RuntimeError: the JVM has ended.
        """
        answers = self._send([json.dumps(statement) for statement in statements])
        return [Answer(a.get("normalised"), a.get("error"), a.get("line"), a.get("column")) for a in answers]

    def keywords(self) -> list[str]:
        """The words that Flink's grammar knows, in capitals; most of them may be names too."""
        words: list[str] = self._send(["null"])[0]["keywords"]
        return words

    def _send(self, requests: list[str]) -> list[dict[str, Any]]:
        process = self._process
        assert process.stdin and process.stdout and process.stderr  # noqa: S101, PT018

        def write() -> None:
            assert process.stdin  # noqa: S101
            process.stdin.writelines(f"{request}\n" for request in requests)
            process.stdin.flush()

        # Beside the reading: with thousands of statements both pipes would be full.
        writer = threading.Thread(target=write)
        writer.start()
        answers: list[dict[str, Any]] = []
        for _ in requests:
            line = process.stdout.readline()
            if not line:
                raise RuntimeError(f"Flink's parser has ended: {process.stderr.read()[-2000:]}")
            answers.append(json.loads(line))
        writer.join()
        return answers

    def normalised(self, statement: str) -> str | None:
        """A statement as Flink's tree writes it; None if Flink refuses it."""
        return self.ask([statement])[0].normalised


def _unpacked(loader: Path, folder: Path) -> Path:
    jar = folder / loader.name.replace("-loader", "")
    if not jar.exists():
        folder.mkdir(parents=True, exist_ok=True)
        partial = jar.with_suffix(".part")
        with zipfile.ZipFile(loader) as archive:
            partial.write_bytes(archive.read(_PLANNER))
        partial.replace(jar)
    return jar
