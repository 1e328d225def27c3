"""A worker's way to a version, in a process of its own: `downloader.py <repository> <cache>`.

It says `ready`, waits for a line, then says where the files are, or why not.
"""

from __future__ import annotations

import sys
from pathlib import Path

from headrace.inference.errors import InferenceError
from headrace.inference.repository import ModelRepository


def main(location: str, cache: Path) -> None:
    """Fetch `sentiment` 7."""
    repository = ModelRepository(location, cache)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    try:
        repository.manifest("sentiment", 7)
        sys.stdout.write(f"{repository.version_folder('sentiment', 7)}\n")
    except InferenceError as error:
        sys.stdout.write(f"{type(error).__name__} {error}\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
