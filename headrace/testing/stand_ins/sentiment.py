"""The functions of udf/sentiment.py with given scores instead of the model's; all else is the real thing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyflink.table.udf import FunctionContext, udf

from headrace.inference.manifest import Label, Limits
from headrace.inference.metrics import FlinkMetrics
from headrace.inference.repository import ModelRepository
from headrace.inference.text_classifier import Classifications, TextClassifier
from udf import arrow_strings
from udf import sentiment as real
from udf.string_columns import string_columns

SCORES = "headrace.testing.scores"
"""Job parameter: path of a JSON file, an object from text to score."""

# No published model's, so that expected rows stay right when another version is published.
VERSION = 0
MAX_CHARACTERS = 100
LABELS = [Label(name="negative", value=0), Label(name="positive", value=1)]


class GivenScores:
    """A model that knows the score of each text by heart."""

    def __init__(self, file: Path) -> None:
        self._scores: dict[str, float | None] = json.loads(file.read_text(encoding="utf-8"))

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The scores of texts as probabilities of LABELS.

        Raises:
            LookupError: one has none: to the function, a model that fails.
        """
        found = [self._scores.get(text) for text in texts]
        if None in found:
            raise LookupError(f"no score is given for {texts[found.index(None)]!r}")
        scores = np.array(found, dtype=np.float32)
        return np.stack([1 - scores, scores], axis=1)


class _WithGivenScores:
    given: TextClassifier
    signature: str

    def open(self, function_context: FunctionContext) -> None:
        arrow_strings.install()
        repository = ModelRepository()
        manifest = repository.manifest(real.MODEL, repository.route(real.MODEL).version).model_copy(
            update={"version": VERSION, "limits": Limits(max_characters=MAX_CHARACTERS), "labels": LABELS}
        )
        given = GivenScores(Path(function_context.get_job_parameter(SCORES, "")))
        self.given = TextClassifier(manifest, given.probabilities, FlinkMetrics(function_context.get_metric_group()))

    def close(self) -> None:
        """The published model was not loaded."""

    def _classify(self, columns: tuple[object, ...]) -> Classifications:
        text, *_ = string_columns(self.signature, columns)
        return self.given.classify(text)


class Sentiment(_WithGivenScores, real.Sentiment):
    """`sentiment` with given scores."""


class SentimentDetail(_WithGivenScores, real.SentimentDetail):
    """`sentiment_detail` with given scores."""


def _like(function: Any, instance: Any) -> Any:
    return udf(instance, result_type=function._result_type, func_type="pandas")


sentiment = _like(real.sentiment, Sentiment())
sentiment_detail = _like(real.sentiment_detail, SentimentDetail())
