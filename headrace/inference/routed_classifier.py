"""What an SQL function calls: texts and keys in, the answers of the versions that serve out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from headrace.inference.loading import LoadedVersion
from headrace.inference.metrics import Forwarding, MemoryMetrics, Metrics
from headrace.inference.served_model import ServedModel, Serving
from headrace.inference.shadow import Shadow
from headrace.inference.text_classifier import Classifications, TextClassifier
from headrace.inference.text_model import TextModel
from headrace.inference.version_gauges import show_version


class RoutedClassifier:
    """A served model as a function of texts and keys, with the metrics of one caller.

    Metrics beside those of `TextClassifier`, `ServedModel` and `Shadow`, with the labels `model` and `version`:
        model_serving_weight        gauge: the weight by which the version serves now; 0 when it does not (any more)
        model_load_milliseconds     gauge: how long the version took to load; metrics of Flink are whole numbers
    """

    def __init__(self, served: ServedModel[TextModel], metrics: Metrics) -> None:
        """Use a served model; count into `metrics`, on the thread that calls `classify`."""
        self._served = served
        self._metrics = metrics
        self._events = Forwarding(served.events, metrics)
        self._shadow_counts = MemoryMetrics()
        self._shadow_events = Forwarding(self._shadow_counts, metrics)
        self._shadows: dict[int, Shadow] = {}
        self._classifiers: dict[int, tuple[LoadedVersion[TextModel], TextClassifier]] = {}
        self._shown: set[int] = set()
        self._serving = served.serving
        self._follow(self._serving)

    def classify(self, texts: Sequence[str | None], keys: Sequence[str | None] | None = None) -> Classifications:
        """Classify texts, all by one route, even if it changes meanwhile.

        Args:
            texts: None for NULL.
            keys: one for each text: rows of one key are answered by one version, as long as the route stays. Where a
                key is None, or without keys, the text is the key.
        """
        serving = self._served.serving
        if serving is not self._serving:
            self._follow(serving)
        self._events.forward()
        if len(serving.route.serving) == 1:
            result = self._classifiers[serving.route.version][1].classify(texts)
        else:
            result = self._classify_shared(serving, texts, keys or texts)
        for shadow in self._shadows.values():
            shadow.offer(texts, result)
        self._shadow_events.forward()
        return result

    def close(self) -> None:
        """End the threads of the shadows."""
        for shadow in self._shadows.values():
            shadow.close()

    def _classify_shared(
        self, serving: Serving[TextModel], texts: Sequence[str | None], keys: Sequence[str | None]
    ) -> Classifications:
        result = Classifications.empty(len(texts))
        answered_by = serving.shares.assign(
            [key if key is not None else text or "" for key, text in zip(keys, texts, strict=True)]
        )
        for position, version in enumerate(serving.shares.versions):
            rows = np.flatnonzero(answered_by == position)
            if rows.size:
                result.put(rows, self._classifiers[version][1].classify([texts[row] for row in rows.tolist()]))
        return result

    def _follow(self, serving: Serving[TextModel]) -> None:
        """Make classifiers for what serves now, and let go of what does not."""
        before = self._classifiers
        self._serving = serving
        self._classifiers = {}
        for version in serving.route.serving:
            loaded = serving.versions[version]
            known = before.get(version)
            if known is None or known[0] is not loaded:
                known = loaded, loaded.model.classifier(self._metrics)
            self._classifiers[version] = known
        for version, shadow in list(self._shadows.items()):
            if serving.versions.get(version) is not shadow.loaded or version not in serving.route.shadow:
                shadow.close()
                del self._shadows[version]
        for version in serving.route.shadow:
            if version not in self._shadows:
                self._shadows[version] = Shadow(serving.versions[version], self._shadow_counts)
        for version in set(serving.versions) - self._shown:
            show_version(self._metrics, self._served.name, version, lambda: self._serving)
        self._shown |= set(serving.versions)
