"""docker-compose.yml: valid, closed to the world, bounded, and as unprivileged as Kubernetes' strictest profile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ops.checks.tools import PROJECT, FindingError, run

FILE = "docker-compose.yml"
EXAMPLE = ".env.example"
LOOPBACK = "127.0.0.1"
# Their image brings the health check (HEALTHCHECK in Dockerfile).
OWN_IMAGE = "headrace:"


def read_compose() -> dict[str, Any]:
    """The project as `docker compose config` shows it, all profiles included, with the settings of .env.example."""
    return dict(json.loads(run("compose", "--env-file", EXAMPLE, "--profile", "*", "config", "--format", "json")))


def check() -> Iterator[FindingError]:
    """Yields what is not as it must be."""
    run("check-jsonschema", "--builtin-schema", "vendor.compose-spec", FILE)
    compose = read_compose()
    for name, service in compose["services"].items():
        for fact in service_findings(service):
            yield FindingError(f"{FILE}: service {name}: {fact}")
    for name, secret in compose["secrets"].items():
        if "file" not in secret:
            yield FindingError(f"{FILE}: secret {name}: not from a file")
    has_health = "HEALTHCHECK" in (PROJECT / "Dockerfile").read_text()
    if not has_health:
        yield FindingError(f"Dockerfile: no HEALTHCHECK; {FILE} waits for its roles to be healthy")


def service_findings(service: dict[str, Any]) -> Iterator[str]:
    """What a service lacks."""
    for port in service.get("ports", []):
        if port.get("host_ip") != LOOPBACK:
            yield f"port {port.get('published')} is published on {port.get('host_ip') or 'all addresses'}"
    if service.get("network_mode") or service.get("privileged"):
        yield "network_mode or privileged: it leaves its own namespace"
    if not service.get("read_only"):
        yield "its root file system can be written"
    if service.get("cap_drop") != ["ALL"] or service.get("cap_add"):
        yield "cap_drop: [ALL] is missing, or cap_add gives some back"
    if "no-new-privileges:true" not in service.get("security_opt", []):
        yield "security_opt: no-new-privileges:true is missing"
    # Kafka's image names its own user.
    is_root = service.get("user", "0").split(":")[0] in {"0", "root"}
    if is_root and not service["image"].startswith("apache/kafka:"):
        yield "no user other than root is named"
    limits = service.get("deploy", {}).get("resources", {}).get("limits", {})
    if missing := {"cpus", "memory", "pids"} - limits.keys():
        yield f"no limit of {', '.join(sorted(missing))}"
    image = service["image"]
    if ":" not in image or image.endswith(":latest"):
        yield f"image {image} has no tag that stays"
    if "healthcheck" not in service and not image.startswith(OWN_IMAGE):
        yield "no health check"
    if not service.get("restart"):
        yield "restart is not said"
    for other, dependency in service.get("depends_on", {}).items():
        if dependency.get("condition") != "service_healthy":
            yield f"depends on {other} before it is healthy"
    for variable, value in (service.get("environment") or {}).items():
        if "PASSWORD" in variable and "FILE" not in variable and value:
            yield f"{variable}: a password in the environment"
