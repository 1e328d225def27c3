"""Puts a version of an OCR model together: two programs, the manifest, golden images and what is read on them."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from headrace.documents.ocr.golden import GoldenImage, load_page, text_of, write_golden_images
from headrace.documents.ocr.model import OcrModel
from headrace.inference.errors import ManifestError, ModelNotFoundError, VersionExistsError
from headrace.inference.manifest import write_manifest
from headrace.inference.manifest_parts import GOLDEN_FILE, MANIFEST_FILE
from headrace.inference.ocr_manifest import Detection, OcrManifest, Recognition
from headrace.inference.origin import paddleocr_folder
from headrace.inference.tasks import OnStep
from headrace.inference.version_files import sha256_of

# In the order of preference: Paddle 3 writes inference.json, Paddle 2 wrote inference.pdmodel.
PROGRAMS = ("inference.json", "inference.pdmodel")
PARAMETERS = "inference.pdiparams"
CONFIGURATION = "inference.yml"


@dataclass(frozen=True)
class Ingredients:
    """What a version is made of.

    detection, recognition: a folder as PaddleOCR exports models, or the name of one of PaddleOCR's models, which is
        downloaded.
    golden: images that the version reads at each load; upright.
    limit_side_len, limit_type: see `Detection`.
    batch_size: see `Recognition`.
    licence, notice: of the weights.
    """

    detection: str
    recognition: str
    golden: Sequence[Path]
    limit_side_len: int
    limit_type: Literal["max", "min"]
    batch_size: int
    licence: str
    notice: str


def make_draft(folder: Path, ingredients: Ingredients, on_step: OnStep = lambda _: None) -> list[GoldenImage]:
    """Make a folder that `headrace model publish` takes.

    Args:
        folder: named after the version; must not exist.
        ingredients: what it is made of.
        on_step: for a display of progress.

    Returns:
        What the version reads on each golden image: its golden rows, for somebody to look at.

    Raises:
        VersionExistsError: the folder is there already.
        FetchError: PaddleOCR does not get a model.
        ModelNotFoundError: a file of a model is not there.
        ManifestError: a configuration is not that of an OCR model.
        PredictorError: Paddle does not load a program.
        GoldenRowError: a golden image is none.
    """
    if folder.exists():
        raise VersionExistsError(f"{folder}: is there already. Name another folder or version.")
    try:
        return _make(folder, ingredients, on_step)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)  # half a draft would be in the way of the next attempt
        raise


def _make(folder: Path, ingredients: Ingredients, on_step: OnStep) -> list[GoldenImage]:
    programs: dict[str, dict[str, Any]] = {}
    for part, source in (("detection", ingredients.detection), ("recognition", ingredients.recognition)):
        on_step(f"{part}: {source}")
        programs[part] = _copy_program(source, folder / part)
    (folder / "golden").mkdir()
    images = [f"golden/{number}{image.suffix.lower()}" for number, image in enumerate(ingredients.golden, start=1)]
    for image, name in zip(ingredients.golden, images, strict=True):
        shutil.copyfile(image, folder / name)
    manifest = _manifest(folder, ingredients, programs)
    on_step("read golden images")
    pages = OcrModel(folder, manifest).read([load_page(folder / name) for name in images])
    rows = [GoldenImage(image=name, lines=text_of(lines)) for name, lines in zip(images, pages, strict=True)]
    write_golden_images(rows, folder)
    on_step("manifest")
    write_manifest(manifest.model_copy(update={"files": _hashes(folder)}), folder / MANIFEST_FILE)
    return rows


def _copy_program(source: str, target: Path) -> dict[str, Any]:
    """Copy a model's three files; what the manifest says about them is returned."""
    folder = Path(source) if Path(source).is_dir() else paddleocr_folder(source)
    program = next((name for name in PROGRAMS if (folder / name).is_file()), PROGRAMS[0])
    target.mkdir(parents=True)
    for file in (program, PARAMETERS, CONFIGURATION):
        if not (folder / file).is_file():
            raise ModelNotFoundError(
                f"{folder / file}: there is no such file. A model's folder holds {' or '.join(PROGRAMS)}, {PARAMETERS} "
                f"and {CONFIGURATION}, as PaddleOCR 3 exports it; copy {CONFIGURATION} from PaddleOCR's model of the "
                "same kind if an older version exported it."
            )
        shutil.copyfile(folder / file, target / file)
    name, height = _described(target / CONFIGURATION)
    described = {
        "name": name,
        "model": f"{target.name}/{program}",
        "parameters": f"{target.name}/{PARAMETERS}",
        "configuration": f"{target.name}/{CONFIGURATION}",
    }
    return described if height is None else described | {"image_height": height}


def _described(configuration: Path) -> tuple[str, int | None]:
    """A model's name, and the height to which a recogniser's lines are scaled."""
    try:
        content = yaml.safe_load(configuration.read_text(encoding="utf-8"))
        operations = [operation for operation in content["PreProcess"]["transform_ops"] if "RecResizeImg" in operation]
        height = operations[0]["RecResizeImg"]["image_shape"][1] if operations else None
        return content["Global"]["model_name"], height
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, IndexError) as error:
        raise ManifestError(
            f"{configuration}: does not say what the model is: {error!r}. Take inference.yml of PaddleOCR's model of "
            "the same kind."
        ) from error


def _manifest(folder: Path, ingredients: Ingredients, programs: dict[str, dict[str, Any]]) -> OcrManifest:
    detection = Detection(
        **programs["detection"], limit_side_len=ingredients.limit_side_len, limit_type=ingredients.limit_type
    )
    return OcrManifest(
        name="ocr",
        version=int(folder.name),
        task="ocr",
        detection=detection,
        recognition=Recognition(**programs["recognition"], batch_size=ingredients.batch_size),
        licence=ingredients.licence,
        notice=ingredients.notice,
        date=datetime.datetime.now(datetime.UTC).date(),
        files=_hashes(folder) | {GOLDEN_FILE: "0" * 64},  # its rows are read with this manifest
    )


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256_of(path) for path in sorted(folder.rglob("*")) if path.is_file()
    }
