"""The functions of udf/sentiment.py with given scores instead of the model's; all else is the real thing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyflink.table.udf import FunctionContext, udf

from headrace.inference.manifest import text_manifest
from headrace.inference.metrics import FlinkMetrics
from headrace.inference.repository import ModelRepository
from headrace.inference.text_classifier import Classifications, TextClassifier
from headrace.inference.text_manifest import Label, Limits, TextManifest
from headrace.inference.text_model import TextModel
from udf import arrow_strings
from udf import sentiment as real
from udf.string_columns import string_columns

SCORES = "headrace.testing.scores"
"""Job parameter: path of a JSON file: {"scores": object from text to score}, or {"record": file to write them to}."""

# No published model's, so that expected rows stay right when another version is published.
VERSION = 0
MAX_CHARACTERS = 100
LABELS = [Label(name="negative", value=0), Label(name="positive", value=1)]


class GivenScores:
    """A model that knows the score of each text by heart."""

    def __init__(self, scores: dict[str, float | None]) -> None:
        self._scores = scores

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The scores of texts as probabilities of LABELS.

        Raises:
            LookupError: one has none: to the function, a model that fails.
        """
        found = [self._scores.get(text) for text in texts]
        if None in found:
            raise LookupError(f"no score is given for {texts[found.index(None)]!r}")
        return _of_labels(np.array(found, dtype=np.float32))


class RecordedScores:
    """The published model; what it says of each text is written down."""

    def __init__(self, file: Path, manifest: TextManifest) -> None:
        self._file = file
        self._values = np.array([label.value for label in manifest.labels], dtype=np.float32)
        folder = ModelRepository().local_folder(manifest.name, manifest.version)
        self._model = TextModel(folder, manifest)

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The model's scores of texts as probabilities of LABELS."""
        scores = self._model.probabilities(texts) @ self._values
        with self._file.open("a", encoding="utf-8") as out:
            for text, score in zip(texts, scores, strict=True):
                out.write(json.dumps([text, round(float(score), 4)]) + "\n")
        return _of_labels(scores)


def _of_labels(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.stack([1 - scores, scores], axis=1)


class _WithGivenScores:
    given: TextClassifier
    signature: str

    def open(self, function_context: FunctionContext) -> None:
        arrow_strings.install()
        repository = ModelRepository()
        published = text_manifest(repository.manifest(real.MODEL, repository.route(real.MODEL).version))
        manifest = published.model_copy(
            update={"version": VERSION, "limits": Limits(max_characters=MAX_CHARACTERS), "labels": LABELS}
        )
        wanted = json.loads(Path(function_context.get_job_parameter(SCORES, "")).read_text(encoding="utf-8"))
        record = wanted.get("record")
        given = RecordedScores(Path(record), published) if record else GivenScores(wanted["scores"])
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
