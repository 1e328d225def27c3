"""Answers batches of texts: status, label, score; a bad text or a failing model never stops a job."""

from __future__ import annotations

import logging
import time
from collections import Counter as Tally
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headrace.inference.metrics import Histogram, Metrics
from headrace.inference.text_cache import TextCache
from headrace.inference.text_manifest import TextManifest
from headrace.inference.text_status import TextStatus, text_status
from headrace.logs.labels import about

logger = logging.getLogger(__name__)

# Texts in one run of the model: more gain nothing.
MAX_BATCH_ROWS = 256

# A failed run is tried again by halves, to find the text that the model fails on: 8 failures for one text in 256. After
# this many the rest fails together: a model that fails on every text must not cost a run a text.
MAX_FAILED_RUNS = 32

BATCH_ROWS_BOUNDS = (1, 2, 4, 8, 16, 32, 64, 128, 256)
SECONDS_BOUNDS = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1)


class Classifications(NamedTuple):
    """One entry a text, in the order of the texts; for a NULL text None and NaN."""

    label: NDArray[np.object_]
    score: NDArray[np.float64]
    confidence: NDArray[np.float64]
    model_version: NDArray[np.object_]
    status: NDArray[np.object_]

    @classmethod
    def empty(cls, count: int) -> Classifications:
        """Entries that are to be put."""
        names = [np.full(count, None, dtype=object) for _ in range(3)]
        return cls(names[0], np.full(count, np.nan), np.full(count, np.nan), names[1], names[2])

    def put(self, rows: NDArray[np.intp], other: Classifications) -> None:
        """Put entries at these positions."""
        for column, values in zip(self, other, strict=True):
            column[rows] = values

    def take(self, rows: NDArray[np.intp]) -> Classifications:
        """The entries at these positions."""
        return Classifications(
            self.label[rows], self.score[rows], self.confidence[rows], self.model_version[rows], self.status[rows]
        )


class TextClassifier:
    """One version of a model as a function of texts.

    Metrics, each with the labels `model` and `version`:
        model_requests_total        calls of `classify`
        model_rows_total{status}    texts by status; `null` for NULL
        model_fallbacks_total       texts that got the default answer: every status but ok and null
        model_cache_hits_total      different texts of a call whose result was known from an earlier one
        model_errors_total{error}   failed runs of the model by class of exception
        model_batch_rows            histogram of texts in a run of the model, without repeated and known ones
        model_run_seconds           histogram of the time of a run, tokenizing included
    """

    def __init__(
        self,
        manifest: TextManifest,
        probabilities: Callable[[Sequence[str]], NDArray[np.float32]],
        metrics: Metrics,
        cache: TextCache | None = None,
    ) -> None:
        """Make a classifier.

        Args:
            manifest: limits, labels and defaults.
            probabilities: gives the probability of each label for one or more texts: [texts, labels].
            metrics: where to count.
            cache: keeps results of recent texts; by default one of the sizes that the environment says.
        """
        self._cache = _text_cache() if cache is None else cache
        self._manifest = manifest
        self._probabilities = probabilities
        self._label_names = np.array([label.name for label in manifest.labels], dtype=object)
        self._label_values = np.array([label.value for label in manifest.labels])
        self._metrics = metrics
        self._labels = {"model": manifest.name, "version": str(manifest.version)}
        self._requests = metrics.counter("model_requests_total", **self._labels)
        self._rows = {
            status: metrics.counter("model_rows_total", **self._labels, status=status)
            for status in ("null", *TextStatus)
        }
        self._fallbacks = metrics.counter("model_fallbacks_total", **self._labels)
        self._cache_hits = metrics.counter("model_cache_hits_total", **self._labels)
        self._batch_rows = Histogram(metrics, "model_batch_rows", BATCH_ROWS_BOUNDS, **self._labels)
        self._run_seconds = Histogram(metrics, "model_run_seconds", SECONDS_BOUNDS, **self._labels)

    def classify(self, texts: Sequence[str | None]) -> Classifications:
        """Classify texts; equal texts reach the model once.

        Never raises because of a text or of the model: such texts get the manifest's default and a status.
        """
        self._requests.inc()
        position: dict[str | None, int] = {}
        index = [position.setdefault(text, len(position)) for text in texts]
        result = self._classify_distinct(list(position)).take(np.array(index, dtype=np.intp))
        for status, count in Tally(result.status.tolist()).items():
            self._rows[status or "null"].inc(count)
            if status not in {None, TextStatus.OK}:
                self._fallbacks.inc(count)
        return result

    def _classify_distinct(self, texts: list[str | None]) -> Classifications:
        manifest = self._manifest
        count = len(texts)
        result = Classifications(
            label=np.full(count, manifest.default.label, dtype=object),
            score=np.full(count, manifest.default.score),
            confidence=np.zeros(count),
            model_version=np.full(count, str(manifest.version), dtype=object),
            status=np.full(count, None, dtype=object),
        )
        known: list[int] = []
        known_probabilities: list[list[float]] = []
        unknown: list[int] = []
        for row, text in enumerate(texts):
            if text is None:
                for column in result:
                    column[row] = None  # NaN in the columns of numbers
                continue
            status = text_status(text, manifest.limits.max_characters)
            result.status[row] = status.value
            if status is TextStatus.OK:
                cached = self._cache.get(text)
                if cached is None:
                    unknown.append(row)
                else:
                    known.append(row)
                    known_probabilities.append(cached)
        if known:
            self._cache_hits.inc(len(known))
            self._answer(known, np.array(known_probabilities), result)
        for start in range(0, len(unknown), MAX_BATCH_ROWS):
            rows = unknown[start : start + MAX_BATCH_ROWS]
            self._run(rows, [str(texts[row]) for row in rows], result)
        return result

    def _run(self, rows: list[int], texts: list[str], result: Classifications) -> None:
        """Run the model on texts and write its answers, or FAILED, into their rows of the result."""
        errors: list[Exception] = []
        failed: list[int] = []
        waiting = [range(len(texts))]
        while waiting:
            part = waiting.pop()
            part_texts = texts[part.start : part.stop]
            part_rows = rows[part.start : part.stop]
            try:
                probabilities = self._checked_probabilities(part_texts)
            except Exception as error:
                self._metrics.counter("model_errors_total", **self._labels, error=type(error).__name__).inc()
                errors.append(error)
                if len(part) == 1 or len(errors) >= MAX_FAILED_RUNS:
                    failed += part_rows
                else:
                    middle = len(part) // 2
                    waiting += [part[middle:], part[:middle]]
                continue
            self._answer(part_rows, probabilities, result)
            self._cache.put(part_texts, probabilities.tolist())
        if errors:
            result.status[failed] = TextStatus.FAILED.value
            logger.error(
                "model %s version %s: failed on %d of %d texts in %d runs; they get the default %s. The first error:",
                self._manifest.name,
                self._manifest.version,
                len(failed),
                len(texts),
                len(errors),
                self._manifest.default,
                exc_info=errors[0],
                extra=about(self._manifest.name, self._manifest.version),
            )

    def _checked_probabilities(self, texts: list[str]) -> NDArray[np.float64]:
        """One measured run of the model."""
        self._batch_rows.observe(len(texts))
        started = time.perf_counter()
        try:
            probabilities = np.asarray(self._probabilities(texts), dtype=np.float64)
        finally:
            self._run_seconds.observe(time.perf_counter() - started)
        if probabilities.shape != (len(texts), len(self._label_names)) or not np.isfinite(probabilities).all():
            raise ValueError(f"the model gave {probabilities!r} for {len(texts)} texts")
        return probabilities

    def _answer(self, rows: list[int], probabilities: NDArray[np.float64], result: Classifications) -> None:
        """Write answers into their rows of the result."""
        # Of equally probable labels the last one: with two, a probability of 0.5 is positive.
        best = len(self._label_names) - 1 - probabilities[:, ::-1].argmax(axis=1)
        result.label[rows] = self._label_names[best]
        result.score[rows] = probabilities @ self._label_values
        result.confidence[rows] = probabilities[np.arange(len(rows)), best]


def _text_cache() -> TextCache:
    from headrace.settings import ModelSettings  # not at the top: Flink's client has no use for it

    settings = ModelSettings()
    return TextCache(settings.text_cache_entries, settings.text_cache_characters)
