"""The metrics of a model as Prometheus would scrape them from a stack."""

from __future__ import annotations

from collections import Counter

import httpx
from prometheus_client.parser import text_string_to_metric_families

from headrace.stack.stack import Stack


def samples(stack: Stack, name: str, **labels: str) -> list[tuple[dict[str, str], float]]:
    """Labels and values of a model's metric in all TaskManagers, of one job's workers: `comments`."""
    found = []
    for process, url in stack.addresses.metrics_urls.items():
        if process == "jobmanager":
            continue
        for family in text_string_to_metric_families(httpx.get(url, timeout=10).raise_for_status().text):
            for sample in family.samples:
                wanted = {"model": "sentiment", "job_name": "comments", **labels}
                if sample.name.endswith(f"_{name}") and wanted.items() <= sample.labels.items():
                    found.append((sample.labels, sample.value))
    return found


def by_label(stack: Stack, name: str, label: str, **labels: str) -> Counter[str]:
    """Sums of a metric by one of its labels."""
    sums: Counter[str] = Counter()
    for found, value in samples(stack, name, **labels):
        sums[found[label]] += int(value)
    return sums
