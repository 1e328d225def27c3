"""golden.jsonl of an OCR version: images with the lines that it was published with; a loaded model reads them again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from headrace.documents.line import Line
from headrace.inference.errors import GoldenRowError
from headrace.inference.manifest_parts import GOLDEN_FILE, FilePath

Page = NDArray[np.uint8]
"""RGB, [height, width, 3]."""


class Reader(Protocol):
    """An `OcrModel`."""

    def read(self, pages: Sequence[Page]) -> list[list[Line]]:
        """The lines of each page."""


class GoldenImage(BaseModel):
    """One line of golden.jsonl: an image beside it, and the text of each line on it, white space left out.

    The order of the lines says nothing: it is found by rules, not by the model.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    image: FilePath
    lines: list[str]


def read_golden_images(folder: Path) -> list[GoldenImage]:
    """Read the rows of a version.

    Raises:
        GoldenRowError: the file or a line cannot be read, or there is no row.
    """
    path = folder / GOLDEN_FILE
    try:
        rows = [GoldenImage.model_validate_json(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError) as error:
        raise GoldenRowError(f"{path}: is not a file of golden rows: {error}. Restore it.") from error
    if not rows:
        raise GoldenRowError(f"{path}: has no rows. Add images with the lines that the version has to read.")
    return rows


def write_golden_images(rows: Sequence[GoldenImage], folder: Path) -> None:
    """Write the rows of a version."""
    content = "".join(f"{row.model_dump_json()}\n" for row in rows)
    (folder / GOLDEN_FILE).write_text(content, encoding="utf-8")


def load_page(path: Path) -> Page:
    """An image of the repository as a page; it is trusted, and upright.

    Raises:
        GoldenRowError: it is not there, or not an image.
    """
    from PIL import Image

    try:
        with Image.open(path) as image:
            return np.ascontiguousarray(np.asarray(image.convert("RGB"), dtype=np.uint8))
    except OSError as error:
        raise GoldenRowError(f"{path}: is not an image: {error}. Restore it.") from error


def text_of(lines: Sequence[Line]) -> list[str]:
    """The text of each line, white space left out."""
    return ["".join(line.text.split()) for line in lines]


def check_golden_images(model: Reader, folder: Path) -> None:
    """Read the images of a version, all together, and compare.

    Raises:
        GoldenRowError: the file or an image cannot be read, or a line differs.
    """
    rows = read_golden_images(folder)
    check_lines(model.read([load_page(folder / row.image) for row in rows]), rows, folder)


def check_each_alone(model: Reader, folder: Path) -> None:
    """Read each image alone, the last one first, and compare: what is read must not depend on the batch.

    Raises:
        GoldenRowError: the file or an image cannot be read, or a line differs.
    """
    for row in reversed(read_golden_images(folder)):
        check_lines(model.read([load_page(folder / row.image)]), [row], folder)


def check_lines(pages: Sequence[Sequence[Line]], rows: Sequence[GoldenImage], folder: Path) -> None:
    """Lines that were read are those that golden rows expect.

    Raises:
        GoldenRowError: one is missing, or is there in addition.
    """
    for page, row in zip(pages, rows, strict=True):
        actual, expected = Counter(text_of(page)), Counter(row.lines)
        if actual != expected:
            raise GoldenRowError(
                f"{folder / row.image}: the model reads {_listed(actual - expected)}, expected is "
                f"{_listed(expected - actual)}. Restore the version's files, or run it with the Paddle version of this "
                "project's lock."
            )


def _listed(lines: Counter[str]) -> str:
    return ", ".join(repr(line) for line in lines.elements()) or "nothing"
