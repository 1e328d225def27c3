"""Starts the measurements, each in a process of its own, all with the same environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.model.texts import repeated
from headrace.inference.repository import ModelRepository
from headrace.inference.route import ROUTE_FILE
from headrace.inference.text_classifier import MAX_BATCH_ROWS
from headrace.settings import PROJECT, settings
from udf.sentiment import MODEL

TIMEOUT_SECONDS = 600


@dataclass(frozen=True)
class Runs:
    """Measurements of one version.

    Attributes:
        version: of the model.
        folder: an empty one, for a repository in which the version serves, and texts.
        texts: different ones.
    """

    version: int
    folder: Path
    texts: Sequence[str]

    def __post_init__(self) -> None:
        """Let the version serve."""
        model = self.folder / MODEL
        model.mkdir(parents=True)
        (model / str(self.version)).symlink_to(ModelRepository().local_folder(MODEL, self.version))
        (model / ROUTE_FILE).write_text(f"weights: {{{self.version}: 100}}\n", encoding="utf-8")

    def pipeline(self, function: str, rows: int) -> dict[str, Any]:
        """bench.model.pipeline over `rows` texts; texts come again only after all others."""
        return self._run("pipeline", function, str(self._file(repeated(self.texts, rows))))

    def loop(self, latencies: bool) -> dict[str, Any]:
        """bench.model.loop over the texts, each once, as many at a time as the function gives to the model."""
        options = ["--latencies"] if latencies else []
        return self._run("loop", str(self.version), str(self._file(self.texts)), str(MAX_BATCH_ROWS), *options)

    def paddlenlp(self) -> dict[str, Any]:
        """bench.model.paddlenlp over what the loop gets: the same texts, in the same order, as many at a time."""
        python = settings().home / "train-env" / "bin" / "python"
        arguments = str(self.version), str(self._file(self.texts)), str(MAX_BATCH_ROWS)
        return self._run("paddlenlp", *arguments, python=str(python))

    def _file(self, texts: Sequence[str]) -> Path:
        path = self.folder / f"texts-{len(texts)}"
        if not path.exists():
            path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
        return path

    def _run(self, module: str, *arguments: str, python: str = sys.executable) -> dict[str, Any]:
        result = subprocess.run(
            [python, "-m", f"bench.model.{module}", *arguments],
            cwd=PROJECT,
            env=os.environ
            | {
                "HEADRACE_MODELS": str(self.folder),
                "HEADRACE_TEXT_CACHE_ENTRIES": "0",
                "OMP_NUM_THREADS": "1",  # one core, as a Flink subtask has
            },
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
        )
        if result.returncode:
            raise RuntimeError(f"bench/model/{module}.py failed:\n{result.stderr[-4000:]}")
        measured: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
        return measured
