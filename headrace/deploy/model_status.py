"""What the workers of running jobs say of a model: its metrics, as Flink's REST API has them."""

from __future__ import annotations

import math
import re
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from headrace.deploy.flink_rest import FlinkRest

Labels = Mapping[str, str]

FETCHES = 3
FETCH_SECONDS = 1.5  # more than metrics.fetcher.update-interval in flink/conf/config.yaml


@dataclass
class VersionFigures:
    """What one version has done in one worker since the worker's start.

    Attributes:
        weight: by which it serves now; 0 when it does not.
        rows: texts that it answered, NULLs left out.
        share: of all texts that the worker answered.
        fallbacks: texts that got the default answer.
        errors: failed runs of the model, by class of exception.
        p50_ms, p99_ms: of a run's time, interpolated within a bucket as Prometheus' histogram_quantile does.
        shadow_rows, shadow_disagreements, shadow_dropped_rows: what it has done in the shadow.
    """

    weight: int = 0
    rows: int = 0
    share: float = 0.0
    fallbacks: int = 0
    errors: dict[str, int] = field(default_factory=dict)
    p50_ms: float | None = None
    p99_ms: float | None = None
    load_ms: int = 0
    shadow_rows: int = 0
    shadow_disagreements: int = 0
    shadow_dropped_rows: int = 0


@dataclass
class Worker:
    """One subtask that calls a model.

    Attributes:
        operator: Flink's name of the operator.
        swaps: routes that have taken effect after the first.
        failed_loads: how many loads of a version have failed, by version and class of exception.
        route_errors: contents of route.yaml that could not be used, by class of exception.
    """

    job: str
    operator: str
    subtask: int
    task_manager: str
    versions: dict[int, VersionFigures] = field(default_factory=dict)
    swaps: int = 0
    failed_loads: dict[int, dict[str, int]] = field(default_factory=dict)
    route_errors: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The worker for `--json`."""
        return asdict(self) | {"versions": {version: asdict(one) for version, one in sorted(self.versions.items())}}


def read_workers(flink_rest_url: str, model: str) -> list[Worker]:
    """The workers of all running jobs that have counted something of a model.

    Raises:
        DeployError: Flink does not answer.
    """
    rest = FlinkRest(flink_rest_url)
    # Flink answers with what it knew and only then asks the TaskManagers anew: the first answer may be old, or empty.
    workers = _read(rest, model)
    if rest.jobs():
        for _ in range(FETCHES):
            time.sleep(FETCH_SECONDS)
            workers = _read(rest, model)
            if workers:
                break
    return workers


def _read(rest: FlinkRest, model: str) -> list[Worker]:
    workers = []
    for job in rest.jobs():
        for vertex in rest.job(job.id)["vertices"]:
            for subtask in rest.vertex(job.id, vertex["id"])["subtasks"]:
                number = int(subtask["subtask"])
                values = rest.metrics(job.id, vertex["id"], number, f".model.{model}.")
                for operator, samples in _by_operator(values, model).items():
                    manager = str(subtask.get("taskmanager-id", ""))
                    workers.append(worker_of(Worker(job.name, operator, number, manager), samples))
    return workers


def worker_of(worker: Worker, samples: list[tuple[str, Labels, float]]) -> Worker:
    """A worker with the figures that its metrics (name, labels without the model, value) say."""
    buckets: dict[int, dict[float, float]] = defaultdict(dict)
    for name, labels, value in samples:
        count, version = int(value), int(labels.get("version", 0))
        if name == "model_swaps_total":
            worker.swaps = count
        elif name == "model_swap_failures_total":
            worker.failed_loads.setdefault(version, {})[labels["error"]] = count
        elif name == "model_route_errors_total":
            worker.route_errors[labels["error"]] = count
        elif name == "model_run_seconds_bucket":
            buckets[version][float(labels["le"].replace("_", "."))] = value
        elif version:
            _count(worker.versions.setdefault(version, VersionFigures()), name, labels, count)
    answered = sum(one.rows for one in worker.versions.values())
    for version, one in worker.versions.items():
        one.share = one.rows / answered if answered else 0.0
        one.p50_ms = _milliseconds(quantile(0.5, buckets[version]))
        one.p99_ms = _milliseconds(quantile(0.99, buckets[version]))
    return worker


def _count(figures: VersionFigures, name: str, labels: Labels, count: int) -> None:
    if name == "model_serving_weight":
        figures.weight = count
    elif name == "model_load_milliseconds":
        figures.load_ms = count
    elif name == "model_fallbacks_total":
        figures.fallbacks = count
    elif name == "model_errors_total":
        figures.errors[labels["error"]] = count
    elif name == "model_rows_total" and labels["status"] != "null":
        figures.rows += count
    elif name == "model_shadow_rows_total" and labels["status"] != "null":
        figures.shadow_rows += count
    elif name == "model_shadow_disagreements_total":
        figures.shadow_disagreements = count
    elif name == "model_shadow_dropped_rows_total":
        figures.shadow_dropped_rows = count


def quantile(share: float, buckets: Mapping[float, float]) -> float | None:
    """A quantile from cumulative counts by upper bound, linear within a bucket; None without counts.

    As https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile: what lies in the last bucket
    counts as the bound below it.
    """
    total = max(buckets.values(), default=0)
    if not total:
        return None
    below_bound, below_count = 0.0, 0.0
    for bound, count in sorted(buckets.items()):
        if count >= share * total:
            if math.isinf(bound):
                break
            return below_bound + (bound - below_bound) * (share * total - below_count) / (count - below_count)
        below_bound, below_count = bound, count
    return below_bound


def _by_operator(values: Mapping[str, float], model: str) -> dict[str, list[tuple[str, Labels, float]]]:
    """Metrics by operator: Flink's id of one is `<operator>.model.<model>.<label>.<value>….<name>`."""
    found: dict[str, list[tuple[str, Labels, float]]] = defaultdict(list)
    for identifier, value in values.items():
        match = re.fullmatch(rf"(.*)\.model\.{re.escape(model)}\.(.*\.|)(model_\w+)", identifier)
        if match:
            parts = match.group(2).split(".")
            labels = dict(zip(parts[::2], parts[1::2], strict=False))
            found[match.group(1)].append((match.group(3), labels, value))
    return found


def _milliseconds(seconds: float | None) -> float | None:
    return None if seconds is None else round(1000 * seconds, 2)
