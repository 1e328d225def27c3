"""What Flink's metrics of a model say to `headrace model status`."""

from __future__ import annotations

import math

import pytest

from headrace.deploy.model_status import Worker, quantile, worker_of

ONE, TWO = {"version": "1"}, {"version": "2"}


def test_figures_of_a_worker() -> None:
    worker = worker_of(
        Worker("comments", "PythonCalc[3]", 0, "tm-1"),
        [
            ("model_serving_weight", ONE, 80.0),
            ("model_serving_weight", TWO, 20.0),
            ("model_rows_total", {**ONE, "status": "ok"}, 70.0),
            ("model_rows_total", {**ONE, "status": "empty"}, 5.0),
            ("model_rows_total", {**ONE, "status": "null"}, 9.0),
            ("model_rows_total", {**TWO, "status": "ok"}, 25.0),
            ("model_fallbacks_total", ONE, 5.0),
            ("model_errors_total", {**TWO, "error": "RuntimeError"}, 3.0),
            ("model_run_seconds_bucket", {**ONE, "le": "0_01"}, 50.0),
            ("model_run_seconds_bucket", {**ONE, "le": "0_1"}, 100.0),
            ("model_run_seconds_bucket", {**ONE, "le": "+Inf"}, 100.0),
            ("model_swaps_total", {}, 2.0),
            ("model_swap_failures_total", {"version": "3", "error": "GoldenRowError"}, 1.0),
            ("model_route_errors_total", {"error": "RouteError"}, 4.0),
            ("model_shadow_rows_total", {"version": "4", "status": "ok"}, 60.0),
            ("model_shadow_disagreements_total", {"version": "4"}, 6.0),
            ("model_shadow_dropped_rows_total", {"version": "4"}, 7.0),
        ],
    )
    one, two, shadow = worker.versions[1], worker.versions[2], worker.versions[4]
    assert (one.weight, one.rows, one.share, one.fallbacks, one.errors) == (80, 75, 0.75, 5, {})
    assert (one.p50_ms, one.p99_ms) == (10.0, 98.2)
    assert (two.weight, two.rows, two.share, two.errors, two.p99_ms) == (20, 25, 0.25, {"RuntimeError": 3}, None)
    assert (shadow.shadow_rows, shadow.shadow_disagreements, shadow.shadow_dropped_rows, shadow.rows) == (60, 6, 7, 0)
    assert worker.swaps == 2
    assert worker.failed_loads == {3: {"GoldenRowError": 1}}
    assert worker.route_errors == {"RouteError": 4}
    assert list(worker.as_json()["versions"]) == [1, 2, 4]


@pytest.mark.parametrize(
    ("share", "buckets", "expected"),
    [
        (0.5, {}, None),
        (0.5, {1.0: 0, math.inf: 0}, None),
        (0.5, {1.0: 10, math.inf: 10}, 0.5),
        (0.5, {1.0: 2, 3.0: 10, math.inf: 10}, 1.75),
        (0.99, {1.0: 2, 3.0: 10, math.inf: 20}, 3.0),
    ],
)
def test_quantile(share: float, buckets: dict[float, float], expected: float | None) -> None:
    assert quantile(share, buckets) == expected
