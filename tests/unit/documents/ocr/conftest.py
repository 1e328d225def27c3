"""The OCR model, and documents to read."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from headrace.documents.ocr.model import OcrModel
from headrace.inference.ocr_manifest import OcrManifest
from headrace.inference.repository import ModelRepository
from headrace.rendering.layout import layout_named
from headrace.rendering.render import Rendered, render

Page = NDArray[np.uint8]
Draw = Callable[..., Rendered]


@pytest.fixture(scope="session")
def manifest() -> OcrManifest:
    """Of the OCR model's first version."""
    return cast(OcrManifest, ModelRepository().manifest("ocr", 1))


@pytest.fixture(scope="session")
def model(manifest: OcrManifest) -> OcrModel:
    """The first version; `headrace model fetch ocr` brings its weights."""
    return OcrModel(ModelRepository().version_folder("ocr", 1), manifest)


@pytest.fixture(scope="session")
def draw() -> Draw:
    """A rendered document by its layout."""

    def drawn(layout: str, **options: object) -> Rendered:
        return render(layout_named(layout), 3, **options)  # type: ignore[arg-type]

    return drawn


@pytest.fixture(scope="session")
def ticket(draw: Draw) -> Page:
    """A train ticket: few lines."""
    return np.ascontiguousarray(draw("railway_e_ticket").pages[0].pixels)
