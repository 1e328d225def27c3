"""golden.jsonl: texts with the results that a version was published with; a loaded model has to give them again."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from headrace.inference.errors import GoldenRowError
from headrace.inference.text_classifier import TextClassifier
from headrace.inference.text_status import TextStatus

SCORE_TOLERANCE = 1e-4  # processors differ in the last bits of a sum; a wrong vocabulary or weight shows far above


class GoldenRow(BaseModel):
    """One line of golden.jsonl: a text and its result, all None for NULL."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str | None
    label: str | None
    score: float | None = None
    status: TextStatus | None = None


def read_golden_rows(path: Path) -> list[GoldenRow]:
    """Read the rows of a file.

    Raises:
        GoldenRowError: the file or a line cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
        return [GoldenRow.model_validate_json(line) for line in lines]
    except (OSError, ValueError) as error:
        raise GoldenRowError(f"{path}: is not a file of golden rows: {error}. Restore it.") from error


def write_golden_rows(rows: Sequence[GoldenRow], path: Path) -> None:
    """Write rows to a file."""
    path.write_text("".join(f"{row.model_dump_json()}\n" for row in rows), encoding="utf-8")


def classify_rows(classifier: TextClassifier, rows: Sequence[GoldenRow]) -> list[GoldenRow]:
    """The same texts with the results that a classifier gives."""
    result = classifier.classify([row.text for row in rows])
    return [
        GoldenRow(text=row.text, label=label, score=None if math.isnan(score) else round(score, 6), status=status)
        for row, label, score, status in zip(
            rows, result.label.tolist(), result.score.tolist(), result.status.tolist(), strict=True
        )
    ]


def check_golden_rows(classifier: TextClassifier, path: Path) -> None:
    """Classify the texts of a file and compare.

    Raises:
        GoldenRowError: the file cannot be read, or a result differs: another label or status, or a score that is off
            by more than SCORE_TOLERANCE.
    """
    expected_rows = read_golden_rows(path)
    actual_rows = classify_rows(classifier, expected_rows)
    for line, (expected, actual) in enumerate(zip(expected_rows, actual_rows, strict=True), start=1):
        if not _agree(expected, actual):
            raise GoldenRowError(
                f"{path}, line {line}: the model gives {actual.label}, {actual.score}, {actual.status}; expected are "
                f"{expected.label}, {expected.score}, {expected.status}. Restore the version's files, or run it with "
                "the Paddle version of its manifest."
            )


def check_probabilities(probabilities: Callable[[Sequence[str]], NDArray[np.float32]], labels: int, path: Path) -> None:
    """A model gives probabilities, and a text's are the same alone, among other texts and in another order.

    Args:
        probabilities: of a model, for one or more texts.
        labels: how many the model has.
        path: of the golden rows; the texts with status OK are taken.

    Raises:
        GoldenRowError: no row is OK, a result is not [texts, labels] of numbers from 0 to 1 that sum up to 1, or one
            is off by more than SCORE_TOLERANCE.
    """
    numbered = list(enumerate(read_golden_rows(path), start=1))
    taken = [(line, row.text) for line, row in numbered if row.status is TextStatus.OK and row.text is not None]
    if not taken:
        raise GoldenRowError(f"{path}: no row has the status ok. Add sentences that the model has to answer.")
    texts = [text for _, text in taken]
    together = probabilities(texts)
    if together.shape != (len(texts), labels):
        raise GoldenRowError(
            f"{path}: for its {len(texts)} texts the model gives an array of shape {list(together.shape)}; {labels} "
            f"labels need {[len(texts), labels]}. Export a program that gives a probability for each label."
        )
    backwards = probabilities(texts[::-1])[::-1]
    for index, (line, text) in enumerate(taken):
        result = together[index]
        if not (np.all(result >= 0) and np.all(result <= 1) and math.isclose(result.sum(), 1, abs_tol=1e-3)):
            raise GoldenRowError(
                f"{path}, line {line}: the model gives {result.tolist()}, which are no probabilities. "
                "Export a program that ends in a softmax or sigmoid."
            )
        for other, where in ((probabilities([text])[0], "alone"), (backwards[index], "in another order")):
            if not np.allclose(result, other, rtol=0, atol=SCORE_TOLERANCE):
                raise GoldenRowError(
                    f"{path}, line {line}: the model gives {result.tolist()} among other texts and {other.tolist()} "
                    f"{where}. Export a program whose rows do not depend on each other or on padding."
                )


def _agree(expected: GoldenRow, actual: GoldenRow) -> bool:
    if (expected.label, expected.status) != (actual.label, actual.status):
        return False
    if expected.score is None or actual.score is None:
        return expected.score is actual.score
    return math.isclose(expected.score, actual.score, rel_tol=0, abs_tol=SCORE_TOLERANCE)
