"""Versions in the shadow of those that serve: they compute on the same texts, and are counted, not used."""

from __future__ import annotations

import logging
import queue
import threading
from collections import Counter as Tally
from collections.abc import Sequence
from typing import NamedTuple

from headrace.inference.loading import LoadedVersion
from headrace.inference.metrics import MemoryMetrics, Renamed
from headrace.inference.text_classifier import Classifications, TextClassifier
from headrace.inference.text_model import TextModel
from headrace.logs.labels import about

logger = logging.getLogger(__name__)

# Texts that wait for a shadow. A shadow that cannot keep up misses texts; it holds up nobody and fills no memory.
MAX_WAITING_ROWS = 1024


class _Batch(NamedTuple):
    texts: Sequence[str | None]
    served_labels: Sequence[str | None]


class Shadow:
    """One version in the shadow, on a daemon thread of its own.

    Metrics, each with the labels `model` and `version`, counted in memory (see `Forwarding`): those of `TextClassifier`
    with `model_shadow_` for `model_`, and
        model_shadow_labels_total{label}     texts by the shadow's label
        model_shadow_disagreements_total     texts to which the version that serves gave another label
        model_shadow_dropped_rows_total      texts that the shadow missed, because it could not keep up
        model_shadow_failures_total{error}   batches that it could not answer, by class of exception
    """

    def __init__(self, loaded: LoadedVersion[TextModel], metrics: MemoryMetrics) -> None:
        """Start to wait for texts."""
        self.loaded = loaded
        self._metrics = metrics
        self._labels = {"model": loaded.manifest.name, "version": str(loaded.manifest.version)}
        self._classifier: TextClassifier = loaded.model.classifier(Renamed(metrics, "model_", "model_shadow_"))
        self._queue: queue.SimpleQueue[_Batch | None] = queue.SimpleQueue()
        self._waiting_rows = 0
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, daemon=True, name=f"shadow-{'-'.join(self._labels.values())}")
        self._thread.start()

    def offer(self, texts: Sequence[str | None], served: Classifications) -> None:
        """Hand over texts that have been answered; returns at once, whether there is room for them or not."""
        with self._lock:
            has_room = self._waiting_rows + len(texts) <= MAX_WAITING_ROWS
            if has_room:
                self._waiting_rows += len(texts)
        if has_room:
            self._queue.put(_Batch(texts, served.label.tolist()))
        else:
            self._metrics.counter("model_shadow_dropped_rows_total", **self._labels).inc(len(texts))

    def close(self) -> None:
        """Ends when what waits is done."""
        self._queue.put(None)

    def _run(self) -> None:
        while batch := self._queue.get():
            try:
                self._compare(batch)
            except Exception as error:  # whatever it is, it is the shadow's alone
                self._metrics.counter("model_shadow_failures_total", **self._labels, error=type(error).__name__).inc()
                logger.exception(
                    "model %s version %s: failed in the shadow", *self._labels.values(), extra=about(**self._labels)
                )
            finally:
                with self._lock:
                    self._waiting_rows -= len(batch.texts)

    def _compare(self, batch: _Batch) -> None:
        labels = self._classifier.classify(batch.texts).label.tolist()
        for label, count in Tally(labels).items():
            self._metrics.counter("model_shadow_labels_total", **self._labels, label=label or "null").inc(count)
        differing = sum(one != other for one, other in zip(labels, batch.served_labels, strict=True))
        self._metrics.counter("model_shadow_disagreements_total", **self._labels).inc(differing)
