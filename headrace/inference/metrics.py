"""Counters, gauges and histograms of a model, independent of who collects them."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter as Tally
from collections.abc import Callable, Sequence
from typing import Any, Protocol


class Counter(Protocol):
    """A count that only grows."""

    def inc(self, n: int = 1) -> None:
        """Add `n`."""


class Metrics(Protocol):
    """Where counters come from."""

    def counter(self, name: str, **labels: str) -> Counter:
        """The counter of this name and these labels; the same one at each call."""

    def gauge(self, name: str, value: Callable[[], int], **labels: str) -> None:
        """Show a whole number that may rise and fall: whoever collects calls `value`."""


class Histogram:
    """Counters `<name>_bucket{le}` and `<name>_count`, as Prometheus' `histogram_quantile` wants them."""

    def __init__(self, metrics: Metrics, name: str, bounds: Sequence[float], **labels: str) -> None:
        """Register the counters.

        Args:
            metrics: where to count.
            name: of the histogram.
            bounds: ascending upper bounds of the buckets; `+Inf` is added.
            labels: of every counter.
        """
        self._bounds = bounds
        self._buckets = [metrics.counter(f"{name}_bucket", **labels, le=f"{bound:g}") for bound in bounds]
        self._buckets.append(metrics.counter(f"{name}_bucket", **labels, le="+Inf"))
        self._count = metrics.counter(f"{name}_count", **labels)

    def observe(self, value: float) -> None:
        """Count a value in each bucket whose bound it does not exceed."""
        for bucket in self._buckets[bisect_left(self._bounds, value) :]:
            bucket.inc()
        self._count.inc()


Key = tuple[str, frozenset[tuple[str, str]]]
"""Name and labels of a counter."""


class MemoryMetrics:
    """Keeps counts in memory: for tests, benchmarks and callers outside of Flink. Any thread may count."""

    def __init__(self) -> None:
        """Start with no counts."""
        self.counts: Tally[Key] = Tally()
        self.gauges: dict[Key, Callable[[], int]] = {}
        self.lock = threading.Lock()

    def counter(self, name: str, **labels: str) -> Counter:
        """A counter that adds to `counts`."""
        return _MemoryCounter(self, (name, frozenset(labels.items())))

    def gauge(self, name: str, value: Callable[[], int], **labels: str) -> None:
        """Keep the gauge in `gauges`."""
        self.gauges[name, frozenset(labels.items())] = value

    def value(self, name: str, **labels: str) -> int:
        """What a counter or gauge stands at; 0 for one that never counted."""
        key = (name, frozenset(labels.items()))
        return self.gauges[key]() if key in self.gauges else self.counts[key]


class _MemoryCounter:
    def __init__(self, metrics: MemoryMetrics, key: Key) -> None:
        self._metrics = metrics
        self._key = key

    def inc(self, n: int = 1) -> None:
        with self._metrics.lock:
            self._metrics.counts[self._key] += n


class Renamed:
    """The same metrics under names with another beginning."""

    def __init__(self, metrics: Metrics, prefix: str, replacement: str) -> None:
        """Put `replacement` in the place of `prefix`."""
        self._metrics = metrics
        self._prefix = prefix
        self._replacement = replacement

    def counter(self, name: str, **labels: str) -> Counter:
        """A counter of the renamed metrics."""
        return self._metrics.counter(self._replacement + name.removeprefix(self._prefix), **labels)

    def gauge(self, name: str, value: Callable[[], int], **labels: str) -> None:
        """A gauge of the renamed metrics."""
        self._metrics.gauge(self._replacement + name.removeprefix(self._prefix), value, **labels)


class Forwarding:
    """Brings counts to another `Metrics`, on the thread that calls.

    Flink counts what the thread of its operator counts, and nothing else. So other threads count in memory, and the
    operator's thread forwards at its next batch what has been added since.
    """

    def __init__(self, source: MemoryMetrics, target: Metrics) -> None:
        """Forward from the beginning: what `source` holds already, too."""
        self._source = source
        self._target = target
        self._forwarded: Tally[Key] = Tally()
        self._total = 0

    def forward(self) -> None:
        """Count in the target what the source has counted since the last call."""
        with self._source.lock:
            total = self._source.counts.total()
            if total == self._total:
                return
            counts = self._source.counts.copy()
        self._total = total
        for (name, labels), count in (counts - self._forwarded).items():
            self._target.counter(name, **dict(sorted(labels))).inc(count)
        self._forwarded = counts


class FlinkMetrics:
    """Registers metrics with Flink: each label is a key-value metric group, which Prometheus shows as a label."""

    def __init__(self, group: Any) -> None:
        """Use a metric group (pyflink.metrics.MetricGroup) of a function context."""
        self._group = group

    def counter(self, name: str, **labels: str) -> Counter:
        """A counter of Flink's."""
        counter: Counter = self._labelled(labels).counter(name)
        return counter

    def gauge(self, name: str, value: Callable[[], int], **labels: str) -> None:
        """A gauge of Flink's: it asks at the end of each bundle."""
        self._labelled(labels).gauge(name, value)

    def _labelled(self, labels: dict[str, str]) -> Any:
        # The keys become part of the name that Prometheus shows, so their order has to be the same each time.
        group = self._group
        for key in sorted(labels, key=lambda key: (key != "model", key != "version", key)):
            group = group.add_group(key, labels[key])
        return group
