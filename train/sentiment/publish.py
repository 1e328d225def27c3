"""Completes the folder of a version: manifest and golden rows."""

from __future__ import annotations

import datetime
import hashlib
import platform
import re
from collections.abc import Sequence
from pathlib import Path

import paddle

from headrace.errors import HeadraceError
from headrace.inference.golden import GoldenRow, classify_rows, read_golden_rows, write_golden_rows
from headrace.inference.manifest import write_manifest
from headrace.inference.manifest_parts import GOLDEN_FILE, MANIFEST_FILE
from headrace.inference.metrics import MemoryMetrics
from headrace.inference.text_classifier import TextClassifier
from headrace.inference.text_manifest import (
    CharNgramsTokenizer,
    CreatedWith,
    DataSource,
    Default,
    Label,
    Limits,
    Metrics,
    Program,
    Tensor,
    TextManifest,
)
from headrace.inference.text_model import TextModel
from headrace.inference.version_files import sha256_of
from train.sentiment.dataset import LABELS, LabelledTexts
from train.sentiment.nbsvm import Nbsvm
from train.sentiment.program import MODEL_FILE, PARAMETERS_FILE, export
from train.sentiment.reviews import Split
from train.sentiment.supplement.reader import supplement_hash
from train.sentiment.three_labels import ThreeLabelModel

VOCABULARY_FILE = "vocabulary.txt"

_HERE = Path(__file__).resolve().parent
_PROJECT = _HERE.parents[1]
_GOLDEN_SENTENCES = _HERE / "golden_sentences.jsonl"
_DATA_LOCK = _PROJECT / "locks" / "data.txt"
_TOKENIZER_CODE = _PROJECT / "headrace" / "inference" / "char_ngrams.py"


class PublishError(HeadraceError):
    """A version cannot be published."""


def write_program(model: Nbsvm | ThreeLabelModel, vocabulary: Sequence[str], folder: Path) -> str:
    """Write vocabulary and program into a folder.

    Returns:
        The SHA-256 of the weights.
    """
    content = "".join(f"{entry}\n" for entry in vocabulary)
    (folder / VOCABULARY_FILE).write_bytes(content.encode("utf-8"))
    export(model, folder)
    return sha256_of(folder / PARAMETERS_FILE)


def complete(
    folder: Path,
    version: int,
    orders: Sequence[int],
    max_characters: int,
    reviews: dict[Split, LabelledTexts],
    supplement: dict[Split, LabelledTexts],
    metrics: Metrics,
    seed: int,
) -> None:
    """Complete a folder, to which `write_program` wrote, by golden rows and manifest; it can be published then.

    Args:
        folder: of the version.
        version: its number.
        orders: lengths of the n-grams.
        max_characters: longest text that the model was trained on.
        reviews: what the version was trained and measured on.
        supplement: likewise.
        metrics: quality on the parts.
        seed: of random numbers.

    Raises:
        PublishError: the model gives a golden sentence another label than the sentence was written with.
    """
    manifest = TextManifest(
        name="sentiment",
        version=version,
        task="text_classification",
        limits=Limits(max_characters=max_characters),
        tokenizer=CharNgramsTokenizer(kind="char_ngrams", orders=list(orders), file=VOCABULARY_FILE),
        program=Program(model=MODEL_FILE, parameters=PARAMETERS_FILE),
        inputs=[Tensor(name=name, shape=[-1], dtype="int32") for name in ("ids", "rows")],
        outputs=[Tensor(name="fetch_name_0", shape=[-1, len(LABELS)], dtype="float32")],
        labels=[Label(name=name, value=position / (len(LABELS) - 1)) for position, name in enumerate(LABELS)],
        default=Default(label="neutral", score=0.5),
        data=[_reviews_source(reviews), _supplement_source(supplement)],
        metrics=metrics,
        created_with=CreatedWith(
            python=platform.python_version(),
            paddle=paddle.__version__,
            training_code=training_code_hash(),
            seed=seed,
            date=datetime.datetime.now(tz=datetime.UTC).date(),
        ),
        files=_hashes(folder),
    )
    model = TextModel(folder, manifest)
    expected = read_golden_rows(_GOLDEN_SENTENCES)
    too_long = GoldenRow(text="很好" * max_characters, label=manifest.default.label)
    rows = classify_rows(TextClassifier(manifest, model.probabilities, MemoryMetrics()), [*expected, too_long])
    for line, (sentence, row) in enumerate(zip([*expected, too_long], rows, strict=True), start=1):
        if row.label != sentence.label:
            raise PublishError(
                f"{_GOLDEN_SENTENCES}, line {line}: the model says {row.label} ({row.score}), not {sentence.label}. "
                "Improve the model, or replace the sentence if people would not agree on it."
            )
    write_golden_rows(rows, folder / GOLDEN_FILE)
    write_manifest(manifest.model_copy(update={"files": _hashes(folder)}), folder / MANIFEST_FILE)


def training_code_hash() -> str:
    """SHA-256 over the names and contents of the training's source files and of the tokenizer's."""
    digest = hashlib.sha256()
    for path in [*sorted(_HERE.glob("*.py")), _TOKENIZER_CODE]:
        digest.update(path.name.encode("utf-8") + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: sha256_of(path) for path in sorted(folder.iterdir()) if path.name != MANIFEST_FILE}


def _reviews_source(parts: dict[Split, LabelledTexts]) -> DataSource:
    source, sha256 = review_archive()
    return DataSource(source=source, sha256=sha256, split_sizes=_sizes(parts))


def review_archive() -> tuple[str, str]:
    """Name and SHA-256 of the archive of the reviews, which the data lock pins."""
    match = re.search(r"^(\S+==\S+)\s*\\?\s*--hash=sha256:([0-9a-f]{64})", _DATA_LOCK.read_text(), re.MULTILINE)
    if match is None:
        raise PublishError(f"{_DATA_LOCK}: pins no archive. Write `name==version --hash=sha256:…`, as pip reads it.")
    return f"{match[1]} (source distribution)", match[2]


def _supplement_source(parts: dict[Split, LabelledTexts]) -> DataSource:
    """The folder of grammars and handwritten sentences."""
    return DataSource(source="train/sentiment/supplement", sha256=supplement_hash(), split_sizes=_sizes(parts))


def _sizes(parts: dict[Split, LabelledTexts]) -> dict[str, int]:
    return {split.value: len(part.texts) for split, part in parts.items()}
