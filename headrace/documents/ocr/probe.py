"""Loads the programs of a version in a process of its own: Paddle does not refuse a broken one, it crashes."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from headrace.documents.ocr.program import load_program
from headrace.inference.errors import PredictorError
from headrace.inference.manifest import ocr_manifest, read_manifest
from headrace.inference.manifest_parts import MANIFEST_FILE
from headrace.settings import PROJECT, ModelSettings


def check_programs(folder: Path) -> None:
    """Both programs of a version can be loaded without the end of the process.

    A program that Paddle refuses properly is left to who loads it.

    Raises:
        PredictorError: Paddle crashes on one.
    """
    command = [sys.executable, "-m", "headrace.documents.ocr.probe", str(folder)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT)
    if result.returncode < 0:
        # Paddle prints a trace of its own after our lines.
        begun = [line for line in result.stdout.splitlines() if line.startswith(str(folder))]
        program = begun[-1] if begun else str(folder)
        raise PredictorError(
            f"{program}: Paddle does not load it, but crashes ({signal.Signals(-result.returncode).name}). Restore the "
            "file, or export it again with the Paddle version of this environment."
        )


def main(folder: Path) -> None:
    """Load the programs, and print the name of each before."""
    manifest = ocr_manifest(read_manifest(folder / MANIFEST_FILE))
    for program in (manifest.detection, manifest.recognition):
        sys.stdout.write(f"{folder / program.model}\n")
        sys.stdout.flush()
        load_program(folder, program, ModelSettings())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
