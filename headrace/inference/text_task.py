"""Task `text_classification`: how its versions are loaded, checked and asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from headrace.inference.golden import check_golden_rows, check_probabilities, read_golden_rows
from headrace.inference.manifest_parts import GOLDEN_FILE
from headrace.inference.metrics import MemoryMetrics
from headrace.inference.program_tensors import check_program
from headrace.inference.tasks import Answer, OnStep
from headrace.inference.text_manifest import TextManifest
from headrace.inference.text_model import TextModel


def load(folder: Path, manifest: TextManifest) -> TextModel:
    """A version in memory, warm; it has answered its golden rows.

    Raises:
        VocabularyError: the tokenizer's file is none.
        PredictorError: Paddle does not load the program.
        GoldenRowError: a golden row does not come out.
    """
    model = TextModel(folder, manifest)
    check_golden_rows(model.classifier(MemoryMetrics()), folder / GOLDEN_FILE)
    return model


def check(folder: Path, manifest: TextManifest, on_step: OnStep) -> None:
    """The program is the one that the manifest describes, and gives probabilities that depend on nothing but the text.

    Raises:
        ProgramError: the program's tensors are not those of the manifest, or do not fit tokenizer and labels.
        VocabularyError: the tokenizer's file is none.
        PredictorError: Paddle does not load the program.
        GoldenRowError: a golden row does not come out, or a row's result depends on its neighbours.
    """
    on_step("program")
    check_program(folder, manifest)
    on_step("golden rows")
    model = TextModel(folder, manifest)
    golden = folder / GOLDEN_FILE
    check_probabilities(model.probabilities, len(manifest.labels), golden)
    check_golden_rows(model.classifier(MemoryMetrics()), golden)


def golden_questions(folder: Path) -> list[str]:
    """The texts of the golden rows, without NULL."""
    return [row.text for row in read_golden_rows(folder / GOLDEN_FILE) if row.text is not None]


def answers(model: TextModel, questions: Sequence[str]) -> list[Answer]:
    """Label and score of each text."""
    result = model.classifier(MemoryMetrics()).classify(questions)
    return [Answer(label, float(score)) for label, score in zip(result.label, result.score, strict=True)]
