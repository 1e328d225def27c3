"""Gauges of the versions that serve, for whatever asks them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from headrace.inference.metrics import Metrics
    from headrace.inference.served_model import Serving


def show_version(metrics: Metrics, model: str, version: int, serving: Callable[[], Serving[Any]]) -> None:
    """Show a version's weight in the route and how long it took to load; 0 where it serves no longer.

    Args:
        metrics: gets the gauges `model_serving_weight` and `model_load_milliseconds`.
        model: its name.
        version: of the model.
        serving: what serves now; asked again each time that a gauge is read.
    """
    labels = {"model": model, "version": str(version)}

    def weight() -> int:
        return serving().route.weights.get(version, 0)

    def load_milliseconds() -> int:
        loaded = serving().versions.get(version)
        return round(1000 * loaded.load_seconds) if loaded else 0

    metrics.gauge("model_serving_weight", weight, **labels)
    metrics.gauge("model_load_milliseconds", load_milliseconds, **labels)
