"""Task `ocr`: how versions of models that read text on images are loaded, checked and asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from headrace.documents.ocr.golden import (
    check_each_alone,
    check_golden_images,
    load_page,
    read_golden_images,
    text_of,
)
from headrace.documents.ocr.model import OcrModel
from headrace.documents.ocr.probe import check_programs
from headrace.inference.ocr_manifest import OcrManifest
from headrace.inference.tasks import Answer, OnStep


def load(folder: Path, manifest: OcrManifest) -> OcrModel:
    """A version in memory, warm; it has read its golden images.

    Raises:
        PredictorError: Paddle does not load a program.
        GoldenRowError: a golden image is read otherwise than when the version was published.
    """
    model = OcrModel(folder, manifest)
    check_golden_images(model, folder)
    return model


def check(folder: Path, manifest: OcrManifest, on_step: OnStep) -> None:
    """Both programs load, and each golden image is read as it should, alone and among others.

    Raises:
        PredictorError: Paddle does not load a program, or crashes on it.
        GoldenRowError: a golden image is read otherwise.
    """
    on_step("programs")
    check_programs(folder)
    model = OcrModel(folder, manifest)
    on_step("golden images")
    check_golden_images(model, folder)
    on_step("each golden image alone")
    check_each_alone(model, folder)


def golden_questions(folder: Path) -> list[str]:
    """The paths of the golden images."""
    return [str(folder / row.image) for row in read_golden_images(folder)]


def answers(model: OcrModel, questions: Sequence[str]) -> list[Answer]:
    """The text on each image, a line a line, and the mean confidence of its lines; 0 where there are none.

    Raises:
        GoldenRowError: an image is not there, or is none.
    """
    pages = model.read([load_page(Path(question)) for question in questions])
    return [
        Answer("\n".join(text_of(lines)), sum(line.confidence for line in lines) / len(lines) if lines else 0.0)
        for lines in pages
    ]
