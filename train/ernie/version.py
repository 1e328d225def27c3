"""The folder of a version: program, tokenizer, configuration, golden rows, manifest; ready to be published."""

from __future__ import annotations

import datetime
import hashlib
import platform
from pathlib import Path

import paddle

from headrace.inference.golden import GoldenRow, classify_rows, read_golden_rows, write_golden_rows
from headrace.inference.manifest import write_manifest
from headrace.inference.manifest_parts import GOLDEN_FILE, MANIFEST_FILE
from headrace.inference.metrics import MemoryMetrics
from headrace.inference.text_classifier import TextClassifier
from headrace.inference.text_manifest import (
    CreatedWith,
    DataSource,
    Default,
    Label,
    Limits,
    Metric,
    Metrics,
    Program,
    Tensor,
    TextManifest,
    WordPieceTokenizer,
)
from headrace.inference.text_model import TextModel
from headrace.inference.version_files import sha256_of
from headrace.inference.word_piece import WordPiece
from train.ernie.evaluation import best_temperature, logits_of, measure
from train.ernie.model import CONFIGURATION_FILE, ErnieClassifier, configuration_of
from train.ernie.program import MODEL_FILE, PARAMETERS_FILE, calibrate, export
from train.ernie.settings import Settings, TrainingError
from train.ernie.texts import MAX_CHARACTERS, Sources
from train.ernie.tokenizer import TOKENIZER_FILE
from train.sentiment.dataset import LABELS
from train.sentiment.publish import review_archive
from train.sentiment.reviews import Split
from train.sentiment.supplement.reader import supplement_hash

MIN_GOLDEN_ROWS = 20

_HERE = Path(__file__).resolve().parent
_GOLDEN_SENTENCES = _HERE / "golden_sentences.jsonl"
_WORD_PIECE_CODE = _HERE.parents[1] / "headrace" / "inference" / "word_piece.py"


def write_version(
    classifier: ErnieClassifier,
    settings: Settings,
    sources: Sources,
    folder: Path,
    baselines: dict[str, dict[str, Metric]],
) -> TextManifest:
    """Calibrate a model on the validation parts and write it as a version; the quality is that of the worker's code.

    Args:
        classifier: the model; its logits are calibrated in place.
        settings: of the run that made it.
        sources: the texts.
        folder: to write to, named after the version.
        baselines: quality of other candidates, by name and part.

    Returns:
        The manifest.

    Raises:
        TrainingError: too few golden sentences come out as they were written.
        InferenceError: the worker's code cannot load the version.
    """
    word_piece = WordPiece(classifier.tokenizer, settings.max_tokens, classifier.padding_id)
    validation = {source: parts[Split.VALIDATION] for source, parts in sources.items()}
    logits = {source: logits_of(classifier.network, word_piece.rows(part.texts)) for source, part in validation.items()}
    calibrate(classifier.network, best_temperature(logits, validation))
    folder.mkdir(parents=True)
    export(classifier.network, folder)
    classifier.tokenizer.no_truncation()
    classifier.tokenizer.save(str(folder / TOKENIZER_FILE))
    (folder / CONFIGURATION_FILE).write_text(configuration_of(classifier.network), encoding="utf-8")
    manifest = _manifest(int(folder.name), classifier, settings, sources, _hashes(folder))
    model = TextModel(folder, manifest)
    write_golden_rows(_golden_rows(model, manifest), folder / GOLDEN_FILE)
    parts = {
        f"{source} {split.value}": measure(model, parts[split])
        for source, parts in sources.items()
        for split in (Split.VALIDATION, Split.TEST)
    }
    metrics = Metrics(parts=parts, baselines=baselines)
    manifest = manifest.model_copy(update={"files": _hashes(folder), "metrics": metrics})
    write_manifest(manifest, folder / MANIFEST_FILE)
    return manifest


def training_code_hash() -> str:
    """SHA-256 over the names and contents of the recipe's source files and of the worker's tokenizer."""
    digest = hashlib.sha256()
    for path in [*sorted(_HERE.glob("*.py")), _WORD_PIECE_CODE]:
        digest.update(path.name.encode("utf-8") + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _manifest(
    version: int, classifier: ErnieClassifier, settings: Settings, sources: Sources, files: dict[str, str]
) -> TextManifest:
    archive, archive_hash = review_archive()
    origins = {
        "reviews": (archive, archive_hash),
        "supplement": ("train/sentiment/supplement", supplement_hash()),
    }
    return TextManifest(
        name="sentiment",
        version=version,
        task="text_classification",
        limits=Limits(max_characters=MAX_CHARACTERS),
        tokenizer=WordPieceTokenizer(
            kind="word_piece",
            file=TOKENIZER_FILE,
            max_tokens=settings.max_tokens,
            padding_id=classifier.padding_id,
        ),
        program=Program(model=MODEL_FILE, parameters=PARAMETERS_FILE),
        inputs=[Tensor(name="input_ids", shape=[-1, -1], dtype="int64")],
        outputs=[Tensor(name="fetch_name_0", shape=[-1, len(LABELS)], dtype="float32")],
        labels=[Label(name=label, value=value) for label, value in zip(LABELS, (0.0, 0.5, 1.0), strict=True)],
        default=Default(label="neutral", score=0.5),
        data=[
            DataSource(
                source=origin,
                sha256=sha256,
                split_sizes={split.value: len(part.texts) for split, part in sources[name].items()},
            )
            for name, (origin, sha256) in origins.items()
        ],
        metrics=Metrics(parts={}, baselines={}),
        created_with=CreatedWith(
            python=platform.python_version(),
            paddle=paddle.__version__,
            training_code=training_code_hash(),
            seed=settings.seed,
            date=datetime.datetime.now(tz=datetime.UTC).date(),
        ),
        files=files,
    )


def _golden_rows(model: TextModel, manifest: TextManifest) -> list[GoldenRow]:
    """The golden sentences that the model gets right, with its results: they tell whether it was loaded whole."""
    written = read_golden_rows(_GOLDEN_SENTENCES)
    written.append(GoldenRow(text="很好" * manifest.limits.max_characters, label=manifest.default.label))
    given = classify_rows(TextClassifier(manifest, model.probabilities, MemoryMetrics()), written)
    right = [row for row, sentence in zip(given, written, strict=True) if row.label == sentence.label]
    if len(right) < MIN_GOLDEN_ROWS or {row.label for row in right} != {*LABELS, None}:
        wrong = [row.text for row, sentence in zip(given, written, strict=True) if row.label != sentence.label]
        raise TrainingError(
            f"{_GOLDEN_SENTENCES}: of {len(written)} sentences the model gets {len(right)} right, fewer than "
            f"{MIN_GOLDEN_ROWS} or none of a label; wrong are {wrong}. Train it longer, or start from a better "
            "checkpoint."
        )
    return right


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: sha256_of(path) for path in sorted(folder.iterdir()) if path.name != MANIFEST_FILE}
