"""`headrace model draft`: versions of model `ocr` from folders and from PaddleOCR's own models."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from headrace.cli import app
from headrace.documents.ocr import draft
from headrace.inference.manifest import ocr_manifest
from headrace.inference.repository import ModelRepository
from headrace.settings import PROJECT

PUBLISHED = PROJECT / "models" / "ocr" / "1"
CARD = PUBLISHED / "golden" / "thanks_card.jpg"
OPTIONS = "--golden", CARD, "--notice", "ours", "--licence", "MIT"

needs_weights = pytest.mark.skipif(
    not (PUBLISHED / "recognition" / "inference.pdiparams").exists(),
    reason="the weights are not here: headrace model fetch ocr",
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["model", *map(str, arguments)], catch_exceptions=False)


def programs(folder: Path) -> tuple[object, ...]:
    return "--detection", folder / "detection", "--recognition", folder / "recognition"


@needs_weights
def test_out_of_folders_into_a_repository(tmp_path: Path) -> None:
    made = run("draft", 2, *programs(PUBLISHED), *OPTIONS, "--limit-side-len", 640, "--out", tmp_path)
    assert made.exit_code == 0, made.output
    assert "  宋老师：\n" in made.output
    published = run("publish", tmp_path / "2", "--repository", tmp_path / "models")
    assert published.exit_code == 0, published.output
    manifest = ocr_manifest(ModelRepository(tmp_path / "models").manifest("ocr", 2))
    assert (manifest.detection.name, manifest.detection.limit_side_len) == ("PP-OCRv4_mobile_det", 640)
    assert (manifest.recognition.name, manifest.recognition.image_height) == ("PP-OCRv4_mobile_rec", 48)
    assert (manifest.licence, manifest.notice, manifest.origin) == ("MIT", "ours", None)


@needs_weights
def test_by_the_names_of_paddleocr(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PaddleOCR's download is stood in for: the network is not there in tests."""
    folders = {"PP-OCRv5_mobile_det": PUBLISHED / "detection", "PP-OCRv5_mobile_rec": PUBLISHED / "recognition"}
    monkeypatch.setattr(draft, "paddleocr_folder", folders.__getitem__)
    detection, recognition = folders
    made = run("draft", 5, "--detection", detection, "--recognition", recognition, "--golden", CARD, "--out", tmp_path)
    assert made.exit_code == 0, made.output
    manifest = (tmp_path / "5" / "manifest.yaml").read_text(encoding="utf-8")
    assert "PP-OCRv5_mobile_det and PP-OCRv5_mobile_rec of PaddleOCR, Copyright (c) PaddlePaddle Authors" in manifest


def test_a_folder_of_nobody(tmp_path: Path) -> None:
    made = run("draft", 2, *programs(PUBLISHED), "--golden", CARD, "--out", tmp_path)
    assert made.exit_code == 2
    assert "say whose the weights" in made.output


@pytest.mark.parametrize("file", ["inference.pdmodel", "inference.pdiparams", "inference.yml"])
def test_a_folder_without_a_file(tmp_path: Path, file: str) -> None:
    folder = tmp_path / "source" / "detection"
    folder.mkdir(parents=True)
    for name in {"inference.pdmodel", "inference.pdiparams", "inference.yml"} - {file}:
        (folder / name).write_text("anything")
    made = run("draft", 2, *programs(tmp_path / "source"), *OPTIONS, "--out", tmp_path)
    assert made.exit_code == 1
    assert "there is no such file. A model's folder holds inference.json or inference.pdmodel" in made.stderr
    assert not (tmp_path / "2").exists()


def test_a_configuration_of_something_else(tmp_path: Path) -> None:
    folder = tmp_path / "source" / "detection"
    shutil.copytree(PUBLISHED / "detection", folder)
    for name in ("inference.json", "inference.pdiparams", "inference.yml"):
        (folder / name).write_text("[]")
    made = run("draft", 2, *programs(tmp_path / "source"), *OPTIONS, "--out", tmp_path)
    assert made.exit_code == 1
    assert "detection/inference.yml: does not say what the model is" in made.stderr


def test_a_version_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "2").mkdir()
    made = run("draft", 2, *programs(PUBLISHED), *OPTIONS, "--out", tmp_path)
    assert made.exit_code == 1
    assert "is there already" in made.stderr
