"""Versions of model `ocr`: loaded, checked by their golden images, swapped while they serve."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import yaml

from headrace.documents.ocr.golden import load_page, text_of
from headrace.documents.ocr.model import OcrModel
from headrace.inference.comparison import compare
from headrace.inference.errors import GoldenRowError, PredictorError
from headrace.inference.loading import load_version
from headrace.inference.publish import publish_version
from headrace.inference.repository import ModelRepository
from headrace.inference.served_model import ServedModel
from headrace.inference.version_files import sha256_of
from headrace.settings import PROJECT
from headrace.testing import waiting

PUBLISHED = PROJECT / "models" / "ocr" / "1"
WEIGHTS = "recognition/inference.pdiparams"

pytestmark = pytest.mark.skipif(
    not (PUBLISHED / WEIGHTS).exists(), reason="the weights are not here: headrace model fetch ocr"
)
await_true = partial(waiting.await_true, seconds=120, every=0.02)


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A repository with version 1 of `ocr`, which serves alone."""
    folder = tmp_path / "models"
    shutil.copytree(PUBLISHED, folder / "ocr" / "1")
    write_route(folder, "weights: {1: 100}\n")
    return folder


def write_route(models: Path, content: str) -> None:
    new = models / "ocr" / "new"
    new.write_text(content)
    new.replace(models / "ocr" / "route.yaml")


def change_manifest(folder: Path, **fields: object) -> None:
    path = folder / "manifest.yaml"
    path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text(encoding="utf-8")) | fields), encoding="utf-8")


def sign(folder: Path, *files: str) -> None:
    manifest = yaml.safe_load((folder / "manifest.yaml").read_text(encoding="utf-8"))
    change_manifest(folder, files=manifest["files"] | {file: sha256_of(folder / file) for file in files})


def copy_version(models: Path, version: int) -> Path:
    folder = Path(shutil.copytree(models / "ocr" / "1", models / "ocr" / str(version)))
    change_manifest(folder, version=version)
    return folder


def expect(folder: Path, lines: list[str]) -> None:
    """Let the golden row of the card expect other lines."""
    first, *others = (folder / "golden.jsonl").read_text(encoding="utf-8").splitlines()
    changed = json.dumps(json.loads(first) | {"lines": lines}, ensure_ascii=False)
    (folder / "golden.jsonl").write_text("".join(f"{row}\n" for row in (changed, *others)), encoding="utf-8")
    sign(folder, "golden.jsonl")


@pytest.fixture
def served(models: Path) -> Iterator[ServedModel[OcrModel]]:
    model: ServedModel[OcrModel] = ServedModel(ModelRepository(models), "ocr", 120, 0.02, 60)
    yield model
    model.close()


def read_card(model: OcrModel) -> list[str]:
    [lines] = model.read([load_page(PUBLISHED / "golden" / "thanks_card.jpg")])
    return text_of(lines)


def test_a_version_is_loaded_and_swapped_while_it_serves(models: Path, served: ServedModel[OcrModel]) -> None:
    """Also one whose weights come later than the route that names it."""
    assert "宋老师：" in read_card(served.serving.versions[1].model)
    weights = (copy_version(models, 2) / WEIGHTS).rename(models / "weights")
    write_route(models, "weights: {1: 50, 2: 50}\n")
    failure = partial(served.events.value, "model_swap_failures_total", model="ocr", version="2")
    await_true(lambda: failure(error="NotFetchedError") == 1)
    assert served.serving.route.weights == {1: 100}
    shutil.move(weights, models / "ocr" / "2" / WEIGHTS)
    await_true(lambda: served.serving.route.weights == {1: 50, 2: 50})
    assert "宋老师：" in read_card(served.serving.versions[2].model)
    assert served.serving.shares.assign(["d1", "d2", "d3", "d4", "d5", "d6"]).tolist().count(0) not in (0, 6)


def test_a_version_that_reads_something_else_does_not_load(models: Path) -> None:
    expect(models / "ocr" / "1", ["谢谢您", "王老师："])
    with pytest.raises(GoldenRowError, match=r"thanks_card\.jpg: the model reads '宋老师：'.*expected is '王老师：'"):
        load_version(ModelRepository(models), "ocr", 1)


def test_a_program_that_crashes_paddle_is_not_published(models: Path, tmp_path: Path) -> None:
    folder = models / "ocr" / "1"
    (folder / "recognition" / "inference.pdmodel").write_bytes(b"no program")
    sign(folder, "recognition/inference.pdmodel")
    with pytest.raises(PredictorError, match=r"recognition/inference\.pdmodel: Paddle does not load it"):
        publish_version(folder, ModelRepository(tmp_path / "others"))


def test_it_is_published_with_its_folders(models: Path, tmp_path: Path) -> None:
    other = ModelRepository(tmp_path / "others")
    publish_version(models / "ocr" / "1", other)
    assert other.manifest("ocr", 1).files.keys() >= {WEIGHTS, "golden/thanks_card.jpg"}


def test_two_versions_side_by_side(models: Path) -> None:
    second = copy_version(models, 2)
    detection = yaml.safe_load((second / "manifest.yaml").read_text(encoding="utf-8"))["detection"]
    change_manifest(second, detection=detection | {"limit_side_len": 640})
    found = compare(ModelRepository(models), "ocr", (1, 2), [str(PUBLISHED / "golden" / "thanks_card.jpg")])
    assert found.fields == {"detection.limit_side_len": (detection["limit_side_len"], 640)}
    [pair] = found.answers
    assert "宋老师：" in pair.labels[0]
    assert 0.9 < pair.scores[0] <= 1
