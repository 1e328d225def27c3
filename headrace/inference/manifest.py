"""manifest.yaml: what one published version of a model is, how it was made and how good it is."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from headrace.inference.errors import ManifestError, ModelNotFoundError

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Share = Annotated[float, Field(ge=0, le=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Inputs(_Part):
    """What a text may be like to reach the model."""

    max_characters: int = Field(ge=1, description="Longest text in Unicode code points; the same limit as in training")


class CharNgramsTokenizer(_Part):
    """The tokenizer of headrace/inference/char_ngrams.py."""

    kind: Literal["char_ngrams"]
    orders: list[Annotated[int, Field(ge=1, le=4)]] = Field(min_length=1, description="Lengths of the n-grams")
    file: str = Field(description="The vocabulary, one n-gram a line")


class Program(_Part):
    """The exported Paddle program: inputs `ids` and `rows`, one output, the probability of the positive label."""

    model: str = Field(description="File of the program (inference.json)")
    parameters: str = Field(description="File of the weights (inference.pdiparams)")


class Labels(_Part):
    """How a score becomes a label: at `threshold` and above positive."""

    positive: str
    negative: str
    threshold: Share


class Default(_Part):
    """The answer where the model gives none: text that it does not take, or a failure."""

    label: str
    score: Share


class Data(_Part):
    """What the version was trained and measured on."""

    source: str
    sha256: Sha256 = Field(description="Hash of the source's archive")
    split_sizes: dict[str, Annotated[int, Field(ge=1)]] = Field(description="Texts in each part")


class Metric(_Part):
    """A model's quality on one part of the data."""

    accuracy: Share
    accuracy_standard_error: Share = Field(description="sqrt(p (1 - p) / n) of the accuracy p over n texts")
    f1: Share = Field(description="F1 of the positive label")


class Metrics(_Part):
    """Quality of this version and, on the test part, of the other candidates."""

    train: Metric
    validation: Metric
    test: Metric
    baselines: dict[str, Metric]


class CreatedWith(_Part):
    """What made the version."""

    python: str
    paddle: str
    training_code: Sha256 = Field(description="Hash over the source files of the training, see train/sentiment")
    seed: int
    date: datetime.date


class Manifest(_Part):
    """One published version: `models/<name>/<version>/manifest.yaml`."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    version: int = Field(ge=1)
    task: Literal["text_classification"]
    inputs: Inputs
    tokenizer: CharNgramsTokenizer
    program: Program
    labels: Labels
    default: Default
    data: Data
    metrics: Metrics
    created_with: CreatedWith
    files: dict[str, Sha256] = Field(description="Hash of each other file of the version")

    @model_validator(mode="after")
    def _files_have_hashes(self) -> Manifest:
        for file in (self.tokenizer.file, self.program.model, self.program.parameters):
            if file not in self.files:
                raise ValueError(f"{file} is not listed under files")
        return self


MANIFEST_FILE = "manifest.yaml"
GOLDEN_FILE = "golden.jsonl"


def read_manifest(path: Path) -> Manifest:
    """Read and check a manifest.

    Raises:
        ModelNotFoundError: there is no such file.
        ManifestError: the file does not describe a model.
    """
    try:
        return Manifest.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise ModelNotFoundError(
            f"{path}: there is no such file. Publish the version, or take it out of the model's route.yaml."
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError, ValidationError) as error:
        raise ManifestError(
            f"{path}: does not describe a model: {error}. Restore the file, or publish the version again."
        ) from error


def write_manifest(manifest: Manifest, path: Path) -> None:
    """Write a manifest in the order of its fields."""
    content = yaml.safe_dump(manifest.model_dump(mode="json"), allow_unicode=True, sort_keys=False, width=110)
    path.write_text(content, encoding="utf-8")
