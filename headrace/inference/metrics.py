"""Counters and histograms of a model, independent of who collects them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter as Tally
from collections.abc import Sequence
from typing import Any, Protocol


class Counter(Protocol):
    """A count that only grows."""

    def inc(self, n: int = 1) -> None:
        """Add `n`."""


class Metrics(Protocol):
    """Where counters come from."""

    def counter(self, name: str, **labels: str) -> Counter:
        """The counter of this name and these labels; the same one at each call."""


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


class MemoryMetrics:
    """Keeps counts in memory: for tests, benchmarks and callers outside of Flink."""

    def __init__(self) -> None:
        """Start with no counts."""
        self.counts: Tally[tuple[str, frozenset[tuple[str, str]]]] = Tally()

    def counter(self, name: str, **labels: str) -> Counter:
        """A counter that adds to `counts`."""
        return _MemoryCounter(self.counts, (name, frozenset(labels.items())))

    def value(self, name: str, **labels: str) -> int:
        """What a counter stands at; 0 for one that never counted."""
        return self.counts[name, frozenset(labels.items())]


class _MemoryCounter:
    def __init__(
        self, counts: Tally[tuple[str, frozenset[tuple[str, str]]]], key: tuple[str, frozenset[tuple[str, str]]]
    ) -> None:
        self._counts = counts
        self._key = key

    def inc(self, n: int = 1) -> None:
        self._counts[self._key] += n


class FlinkMetrics:
    """Registers counters with Flink: each label is a key-value metric group, which Prometheus shows as a label."""

    def __init__(self, group: Any) -> None:
        """Use a metric group (pyflink.metrics.MetricGroup) of a function context."""
        self._group = group

    def counter(self, name: str, **labels: str) -> Counter:
        """A counter of Flink's."""
        group = self._group
        for key, value in labels.items():
            group = group.add_group(key, value)
        counter: Counter = group.counter(name)
        return counter
