"""Counters reach Flink under the names and labels that dashboards ask for."""

from __future__ import annotations

from headrace.inference.metrics import FlinkMetrics, Forwarding, Histogram, MemoryMetrics, Renamed


class Group:
    """A metric group that keeps the counts of all groups below it by their path."""

    def __init__(self, path: str = "", counts: dict[str, int] | None = None) -> None:
        self.path = path
        self.counts: dict[str, int] = {} if counts is None else counts

    def add_group(self, name: str, extra: str) -> Group:
        """A key-value group."""
        return Group(f"{self.path}{name}={extra}.", self.counts)

    def counter(self, name: str) -> FlinkCounter:
        """A counter in this group."""
        return FlinkCounter(self.counts, self.path + name)


class FlinkCounter:
    """A counter of `Group`."""

    def __init__(self, counts: dict[str, int], key: str) -> None:
        self.counts, self.key = counts, key
        counts[key] = 0

    def inc(self, n: int = 1) -> None:
        """Add."""
        self.counts[self.key] += n


def test_labels_become_groups() -> None:
    group = Group()
    FlinkMetrics(group).counter("model_rows_total", model="sentiment", version="1", status="ok").inc(3)
    assert group.counts == {"model=sentiment.version=1.status=ok.model_rows_total": 3}


def test_histogram_counts_into_flink() -> None:
    group = Group()
    histogram = Histogram(FlinkMetrics(group), "seconds", (0.05, 1), model="m")
    for value in (0.05, 0.06, 2):
        histogram.observe(value)
    assert group.counts == {
        "model=m.le=0.05.seconds_bucket": 1,
        "model=m.le=1.seconds_bucket": 2,
        "model=m.le=+Inf.seconds_bucket": 3,
        "model=m.seconds_count": 3,
    }


def test_memory_counters_of_one_name_are_one() -> None:
    metrics = MemoryMetrics()
    metrics.counter("rows", status="ok").inc()
    metrics.counter("rows", status="ok").inc(2)
    metrics.counter("rows").inc(5)
    assert (metrics.value("rows", status="ok"), metrics.value("rows"), metrics.value("other")) == (3, 5, 0)


def test_model_and_version_are_the_first_groups() -> None:
    """Flink makes the name that Prometheus shows from the keys, in their order."""
    group = Group()
    FlinkMetrics(group).counter("failures", error="e", version="1", model="m").inc()
    FlinkMetrics(group).counter("failures", model="m", version="1", error="e").inc()
    assert list(group.counts) == ["model=m.version=1.error=e.failures"]


def test_forwarding_counts_each_thing_once() -> None:
    source, target = MemoryMetrics(), MemoryMetrics()
    source.counter("swaps", model="m").inc(2)
    forwarding = Forwarding(source, target)
    forwarding.forward()
    forwarding.forward()
    assert target.value("swaps", model="m") == 2
    source.counter("swaps", model="m").inc()
    source.counter("failures", model="m", error="e").inc()
    forwarding.forward()
    assert (target.value("swaps", model="m"), target.value("failures", model="m", error="e")) == (3, 1)


def test_renamed_metrics() -> None:
    metrics = MemoryMetrics()
    renamed = Renamed(metrics, "model_", "model_shadow_")
    renamed.counter("model_rows_total", status="ok").inc(4)
    renamed.gauge("model_weight", lambda: 7)
    assert metrics.value("model_shadow_rows_total", status="ok") == 4
    assert metrics.value("model_shadow_weight") == 7
