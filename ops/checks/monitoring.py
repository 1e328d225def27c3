"""ops/monitoring/: by promtool, with the rules' own tests, and amtool; dashboards ask what exists."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from ops.checks.tools import PROJECT, FindingError, relative, run

FOLDER = PROJECT / "ops" / "monitoring"
RULES = sorted((FOLDER / "prometheus" / "rules").glob("*.yml"))
DASHBOARDS = sorted((FOLDER / "grafana" / "dashboards").glob("*.json"))
OPERATIONS = PROJECT / "docs" / "operations.md"
METRIC = re.compile(r"\b(?:flink_\w+|headrace:\w+:\w+|headrace:\w+)\b")


def check() -> Iterator[FindingError]:
    """Yields what is not as it must be."""
    run("promtool", "check", "config", "--syntax-only", FOLDER / "prometheus" / "prometheus.yml")
    run("promtool", "check", "rules", *RULES)
    run("promtool", "test", "rules", *sorted((FOLDER / "tests").glob("*.yml")))
    run("amtool", "check-config", FOLDER / "alertmanager" / "alertmanager.yml")
    yield from _runbook_findings()
    yield from _record_findings()
    for file in DASHBOARDS:
        yield from (
            FindingError(f"{relative(file)}: {fact}") for fact in dashboard_findings(json.loads(file.read_text()))
        )


def rules() -> Iterator[dict[str, Any]]:
    """Every rule of Prometheus."""
    for file in RULES:
        for group in yaml.safe_load(file.read_text())["groups"]:
            yield from group["rules"]


def expressions() -> Iterator[tuple[str, str]]:
    """Where something is asked of Prometheus, and what, in rules and dashboards."""
    for rule in rules():
        yield rule.get("alert") or rule["record"], rule["expr"]
    for file in DASHBOARDS:
        for panel in json.loads(file.read_text())["panels"]:
            for target in panel.get("targets", []):
                yield f"{relative(file)}: {panel['title']}", target["expr"]


def flink_metrics() -> set[str]:
    """The names of Flink's metrics that rules and dashboards ask for."""
    return {name for _, expression in expressions() for name in METRIC.findall(expression) if name.startswith("flink_")}


def _record_findings() -> Iterator[FindingError]:
    records = {rule["record"] for rule in rules() if "record" in rule}
    for place, expression in expressions():
        for name in METRIC.findall(expression):
            if name.startswith("headrace:") and name not in records:
                yield FindingError(f"{place}: no rule records {name}")


def _runbook_findings() -> Iterator[FindingError]:
    headings = re.findall(r"^#+ (.+)$", OPERATIONS.read_text(), re.MULTILINE)
    anchors = {heading.lower().replace(" ", "-") for heading in headings}
    for rule in rules():
        if "alert" in rule:
            page, _, anchor = rule["annotations"]["runbook"].partition("#")
            if page != relative(OPERATIONS) or anchor not in anchors:
                yield FindingError(f"alert {rule['alert']}: {rule['annotations']['runbook']} says nothing of it")


def dashboard_findings(dashboard: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a dashboard: its shape, its grid, its expressions."""
    for key in ("uid", "title", "schemaVersion", "panels"):
        if key not in dashboard:
            yield f"no {key}"
            return
    panels = dashboard["panels"]
    if len({panel["id"] for panel in panels}) != len(panels):
        yield "two panels have one id"
    cells: dict[tuple[int, int], str] = {}
    for panel in panels:
        place = panel["gridPos"]
        if place["x"] + place["w"] > 24:
            yield f"{panel['title']}: beyond the grid's 24 columns"
        for column in range(place["x"], place["x"] + place["w"]):
            for line in range(place["y"], place["y"] + place["h"]):
                other = cells.setdefault((column, line), panel["title"])
                if other != panel["title"]:
                    yield f"{panel['title']}: covers {other}"
                    return
    yield from _expression_findings(panels)


def _expression_findings(panels: list[dict[str, Any]]) -> Iterator[str]:
    records = [
        {"record": f"panel:{panel['id']}:{target['refId']}", "expr": re.sub(r"\$\w+", ".*", target["expr"])}
        for panel in panels
        for target in panel.get("targets", [])
    ]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "panels.yml"
        file.write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": records}]}))
        try:
            run("promtool", "check", "rules", file)
        except FindingError as finding:
            yield str(finding)
