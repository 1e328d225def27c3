"""Reads images one after another and says how far memory rose: `python peak_memory.py TIMES FILE…`, in megabytes.

Prints two numbers: the peak over what the process had before, after one round and after all of them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import headrace.documents.images.pdf
import headrace.documents.images.raster  # noqa: F401 - so that code is not counted
from headrace.documents.images import ImageError, ImageLimits, read_pages


def peak() -> float:
    """The most that this process had in memory at once."""
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


def read(content: bytes) -> None:
    try:
        read_pages(content, ImageLimits())
    except ImageError:
        return


def main() -> None:
    files = [Path(name).read_bytes() for name in sys.argv[2:]]
    before = peak()
    for content in files:
        read(content)
    first = peak()
    for _ in range(int(sys.argv[1]) - 1):
        for content in files:
            read(content)
    sys.stdout.write(f"{first - before} {peak() - before}\n")


main()
