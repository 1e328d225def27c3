"""Reads the demo's invoices with the serving version of model `ocr` in processes of the demo: Redis has the fields,
but neither the lines and their boxes nor each field's confidence, which the report shows."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from headrace.documents.fields.invoice_fields import InvoiceFields
from headrace.documents.line import Line

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from headrace.documents.ocr.model import OcrModel

# Pixels of the longer side of a picture in the report.
PICTURE_SIDE = 1200


@dataclass(frozen=True)
class Reading:
    """What was read on the first page of a document.

    Attributes:
        width, height: of the upright page, in pixels; the boxes of the lines are in it.
        lines: in reading order.
        fields: what they say.
        picture: the page as a JPEG for the report.
    """

    width: int
    height: int
    lines: Sequence[Line]
    fields: InvoiceFields
    picture: Path


def read_documents(
    paths: Mapping[str, Path], pictures: Path, read: Callable[[str], None] = lambda _: None
) -> dict[str, Reading]:
    """Reads files and writes their pictures.

    Args:
        paths: files by the name of their document.
        pictures: folder of the pictures; it is made.
        read: is told each name.
    """
    pictures.mkdir(parents=True, exist_ok=True)
    readings: dict[str, Reading] = {}
    targets = [pictures / f"{name}.jpg" for name in paths]
    with ProcessPoolExecutor(os.cpu_count(), get_context("forkserver"), _load) as pool:
        for name, reading in zip(paths, pool.map(_read, paths.values(), targets), strict=True):
            readings[name] = reading
            read(name)
    return readings


_models: list[OcrModel] = []


def _load() -> None:
    """Loads the model once in each process."""
    from headrace.documents.ocr.model import OcrModel
    from headrace.inference.manifest import ocr_manifest
    from headrace.inference.repository import ModelRepository

    repository = ModelRepository()
    version = repository.route("ocr").version
    _models.append(
        OcrModel(repository.version_folder("ocr", version), ocr_manifest(repository.description("ocr", version)))
    )


def write_picture(path: Path, picture: Path) -> NDArray[np.uint8]:
    """Writes the first page of a file as a JPEG for the report, upright; returns the page."""
    from PIL import Image

    from headrace.documents.images import ImageLimits, read_pages

    page = read_pages(path.read_bytes(), ImageLimits())[0]
    small = Image.fromarray(page)
    small.thumbnail((PICTURE_SIDE, PICTURE_SIDE))
    small.save(picture, quality=80)
    return page


def _read(path: Path, picture: Path) -> Reading:
    from headrace.documents.fields.read import read_fields

    page = write_picture(path, picture)
    lines = _models[0].read([page])[0]
    return Reading(page.shape[1], page.shape[0], lines, read_fields(lines), picture)
