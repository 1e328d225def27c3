"""What one published version of a model for text classification is, how it was made and how good it is."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Annotated, Literal

from pydantic import Field, model_validator

from headrace.inference.manifest_parts import (
    MAX_FILES,
    FileName,
    ModelName,
    Part,
    Sha256,
    Share,
    check_listed,
)


class Limits(Part):
    """What a text may be like to reach the model."""

    max_characters: int = Field(ge=1, description="Longest text in Unicode code points; the same limit as in training")


class CharNgramsTokenizer(Part):
    """The tokenizer of headrace/inference/char_ngrams.py."""

    kind: Literal["char_ngrams"]
    orders: list[Annotated[int, Field(ge=1, le=4)]] = Field(min_length=1, description="Lengths of the n-grams")
    file: FileName = Field(description="The vocabulary, one n-gram a line")


class WordPieceTokenizer(Part):
    """The tokenizer of headrace/inference/word_piece.py, for models of the ERNIE and BERT families."""

    kind: Literal["word_piece"]
    file: FileName = Field(description="tokenizer.json of the library `tokenizers`; the same file as in training")
    max_tokens: int = Field(ge=3, description="Longest row, special tokens included; what is over is cut off")
    padding_id: int = Field(ge=0, description="Fills rows up to the longest one of a batch")


Tokenizer = Annotated[CharNgramsTokenizer | WordPieceTokenizer, Field(discriminator="kind")]


class Program(Part):
    """The files of the exported Paddle program."""

    model: FileName = Field(description="File of the program (inference.json)")
    parameters: FileName = Field(description="File of the weights (inference.pdiparams)")


class Tensor(Part):
    """An input or output of the program; -1 in a shape is a size that differs from batch to batch."""

    name: str
    shape: list[Annotated[int, Field(ge=-1)]]
    dtype: Literal["int32", "int64", "float32"]


class Label(Part):
    """A class that the model knows.

    A text's score is the expectation of `value`: the sum of each label's value times its probability. So `negative` is
    0, `neutral` 0.5, `positive` 1, and with two labels the score is the probability of the positive one.
    """

    name: str
    value: Share


class Default(Part):
    """The answer where the model gives none: text that it does not take, or a failure."""

    label: str
    score: Share


class DataSource(Part):
    """One source of the texts that the version was trained and measured on."""

    source: str = Field(description="A pinned package, or a folder of this project")
    sha256: Sha256 = Field(description="Hash of the source's archive or files")
    split_sizes: dict[str, Annotated[int, Field(ge=1)]] = Field(description="Texts in each part")


class Metric(Part):
    """A model's quality on one part of the data."""

    accuracy: Share
    accuracy_standard_error: Share = Field(description="sqrt(p (1 - p) / n) of the accuracy p over n texts")
    f1: Share | None = Field(None, description="F1 of the positive label, where the part has two labels")
    macro_f1: Share | None = Field(None, description="Mean of the F1 of each label")
    expected_calibration_error: Share | None = Field(
        None, description="Mean distance of confidence and accuracy over 15 bins (Guo and others, ICML 2017)"
    )


class Metrics(Part):
    """Quality of this version and of the other candidates."""

    parts: dict[str, Metric] = Field(description="By part of the data: `reviews test`, say")
    baselines: dict[str, dict[str, Metric]] = Field(description="Of other candidates, by name and part")


class CreatedWith(Part):
    """What made the version."""

    python: str
    paddle: str
    training_code: Sha256 = Field(description="Hash over the source files of the training, see train/sentiment")
    seed: int
    date: datetime.date


class TextManifest(Part):
    """One published version: `models/<name>/<version>/manifest.yaml`."""

    name: ModelName
    version: int = Field(ge=1)
    task: Literal["text_classification"]
    limits: Limits
    tokenizer: Tokenizer
    program: Program
    inputs: list[Tensor] = Field(min_length=1, description="What the program takes, in its order")
    outputs: list[Tensor] = Field(
        min_length=1,
        description="What the program gives; the first are probabilities: [-1, labels], or with two labels "
        "[-1], that of the second one",
    )
    labels: list[Label] = Field(min_length=2, description="In the order of the program's output")
    default: Default
    data: list[DataSource] = Field(min_length=1)
    metrics: Metrics
    created_with: CreatedWith
    files: dict[FileName, Sha256] = Field(max_length=MAX_FILES, description="Hash of each other file of the version")

    @property
    def date(self) -> datetime.date:
        """When the version was made."""
        return self.created_with.date

    @property
    def held_out_accuracy(self) -> dict[str, float]:
        """Accuracy on each part of the data whose name ends in `test`."""
        return {part: metric.accuracy for part, metric in self.metrics.parts.items() if part.split()[-1] == "test"}

    @property
    def origin_files(self) -> frozenset[str]:
        """None: a repository holds all files of the version."""
        return frozenset()

    @model_validator(mode="after")
    def _files_have_hashes(self) -> TextManifest:
        check_listed(self.files, (self.tokenizer.file, self.program.model, self.program.parameters))
        return self

    @model_validator(mode="after")
    def _labels_differ(self) -> TextManifest:
        repeated = [name for name, count in Counter(label.name for label in self.labels).items() if count > 1]
        if repeated:
            raise ValueError(f"labels {repeated} stand there more than once")
        return self
