"""What one published version of a model for reading text on images (OCR) is, where it is from and how good it is."""

from __future__ import annotations

import datetime
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from headrace.inference.manifest_parts import (
    GOLDEN_FILE,
    MAX_FILES,
    FilePath,
    ModelName,
    Part,
    Sha256,
    Share,
    check_listed,
)

PaddleName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]


def _inside(path: str) -> str:
    if not path or PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts or "\\" in path:
        raise ValueError(f"{path!r} points outside of its archive or folder")
    return path


MemberPath = Annotated[str, AfterValidator(_inside)]


class OcrProgram(Part):
    """One of the two programs, as PaddleOCR's models are kept: a folder of three files."""

    name: PaddleName = Field(description="What PaddleOCR calls the model: PP-OCRv4_mobile_det, say")
    model: FilePath = Field(description="File of the program: inference.pdmodel, or inference.json of Paddle 3")
    parameters: FilePath = Field(description="File of the weights: inference.pdiparams")
    configuration: FilePath = Field(description="inference.yml: how PaddleX prepares the input and reads the output")

    @property
    def files(self) -> tuple[str, str, str]:
        """Program, weights, configuration."""
        return self.model, self.parameters, self.configuration


class Detection(OcrProgram):
    """Finds the lines of an image."""

    limit_side_len: int = Field(736, ge=32, le=10_000, description="Pixels of the side that `limit_type` names")
    limit_type: Literal["max", "min"] = Field(
        "max", description="max: the longer side is scaled down to the limit; min: the shorter side up to it"
    )


class Recognition(OcrProgram):
    """Reads lines. Its characters stand in the configuration (`PostProcess.character_dict`)."""

    image_height: int = Field(48, ge=8, le=1000, description="Pixels to which a line's height is scaled")
    batch_size: int = Field(8, ge=1, le=1024, description="Lines in one run of the program, at most")


class Wheel(Part):
    """Files come from a wheel of PyPI."""

    kind: Literal["wheel"]
    requirement: str = Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*==[A-Za-z0-9.+!]+$", description="name==version, as pip writes it"
    )
    file: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._+-]*\.whl$", description="File name of the wheel")
    sha256: Sha256 = Field(description="Hash of the wheel")
    members: dict[FilePath, MemberPath] = Field(min_length=1, description="File of the version to path in the wheel")

    def __str__(self) -> str:
        """The requirement, and that PyPI has it."""
        return f"wheel {self.requirement} of PyPI"


class Folder(Part):
    """Files come from a folder, one that machines share say."""

    kind: Literal["folder"]
    folder: str = Field(pattern=r"^/", description="Absolute path")
    members: dict[FilePath, MemberPath] = Field(min_length=1, description="File of the version to path in the folder")

    def __str__(self) -> str:
        """The folder."""
        return f"folder {self.folder}"


class PaddleOcrDownload(Part):
    """Files come from where PaddleOCR itself downloads its models, by the names of the two programs."""

    kind: Literal["paddleocr"]
    members: dict[FilePath, MemberPath] = Field(
        min_length=1, description="File of the version to <name of the model>/<file>"
    )

    def __str__(self) -> str:
        """The models."""
        return f"PaddleOCR's download of {', '.join(self.models)}"

    @property
    def models(self) -> list[str]:
        """Names of the models, each once."""
        return list(dict.fromkeys(member.partition("/")[0] for member in self.members.values()))


Origin = Annotated[Wheel | Folder | PaddleOcrDownload, Field(discriminator="kind")]


class OcrMetric(Part):
    """A model's quality on one set of images."""

    documents: int = Field(ge=1, description="Images")
    line_accuracy: Share | None = Field(None, description="Share of the printed lines that were read exactly")
    field_accuracy: Share | None = Field(None, description="Share of the fields that were extracted exactly")


class OcrMetrics(Part):
    """Quality of this version."""

    parts: dict[str, OcrMetric] = Field(default_factory=dict, description="By set of images: `photos test`, say")


class OcrManifest(Part):
    """One published version: `models/<name>/<version>/manifest.yaml`."""

    name: ModelName
    version: int = Field(ge=1)
    task: Literal["ocr"]
    detection: Detection
    recognition: Recognition
    origin: Origin | None = Field(None, description="Where files come from that the repository need not hold")
    licence: str = Field(description="SPDX name of the weights' licence")
    notice: str = Field(description="Whose the weights are, and where they are from")
    metrics: OcrMetrics = OcrMetrics()
    date: datetime.date = Field(description="When the version was put together")
    files: dict[FilePath, Sha256] = Field(max_length=MAX_FILES, description="Hash of each other file of the version")

    @property
    def held_out_accuracy(self) -> dict[str, float]:
        """Share of the lines that were read exactly in each set of images whose name ends in `test`."""
        return {
            part: metric.line_accuracy
            for part, metric in self.metrics.parts.items()
            if part.split()[-1] == "test" and metric.line_accuracy is not None
        }

    @property
    def origin_files(self) -> frozenset[str]:
        """Files that `headrace model fetch` brings from the origin."""
        return frozenset(self.origin.members) if self.origin else frozenset()

    @model_validator(mode="after")
    def _files_have_hashes(self) -> OcrManifest:
        check_listed(
            self.files, (*self.detection.files, *self.recognition.files, GOLDEN_FILE, *sorted(self.origin_files))
        )
        return self
