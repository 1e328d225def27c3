"""What schemas do not say of Kubernetes' objects: nothing is open to the world, all is bounded and unprivileged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def object_findings(one: dict[str, Any]) -> Iterator[str]:
    """What is wrong with an object."""
    spec = one.get("spec", {})
    kind = one["kind"]
    if kind == "Service" and spec.get("type", "ClusterIP") != "ClusterIP":
        yield f"type {spec['type']}: open beyond the cluster"
    if kind == "Ingress":
        yield "open beyond the cluster"
    if kind == "FlinkDeployment":
        if "ingress" in spec or spec["flinkConfiguration"].get("kubernetes.rest-service.exposed.type"):
            yield "its REST API is open beyond the cluster"
        for role in ("jobManager", "taskManager"):
            if not {"cpu", "memory"} <= spec[role]["resource"].keys():
                yield f"{role}: no limit of CPU or memory"
        yield from pod_findings(spec["podTemplate"]["spec"], operator_sets_resources=True)
    if kind in {"Deployment", "Job", "StatefulSet"}:
        pod = spec["template"]["spec"]
        yield from pod_findings(pod)
        if kind != "Job":
            yield from probe_findings(pod)


def pod_findings(pod: dict[str, Any], operator_sets_resources: bool = False) -> Iterator[str]:
    """What a pod lacks of Kubernetes' profile `restricted`, of limits, and of a tag that stays."""
    if pod.get("hostNetwork") or pod.get("hostPID") or pod.get("hostIPC"):
        yield "a namespace of the host's"
    context = pod.get("securityContext", {})
    if not context.get("runAsNonRoot") or context.get("seccompProfile", {}).get("type") != "RuntimeDefault":
        yield "securityContext: runAsNonRoot or seccompProfile is missing"
    for container in pod["containers"]:
        name = container["name"]
        wanted = {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
        if container.get("securityContext") != wanted:
            yield f"container {name}: securityContext is not {wanted}"
        if any("hostPort" in port for port in container.get("ports", [])):
            yield f"container {name}: a port of the host's"
        limits = container.get("resources", {}).get("limits", {})
        if not operator_sets_resources and not {"cpu", "memory"} <= limits.keys():
            yield f"container {name}: no limit of CPU or memory"
        image = container.get("image", "operator:sets-it")
        if ":" not in image or image.endswith(":latest"):
            yield f"container {name}: image {image} has no tag that stays"


def probe_findings(pod: dict[str, Any]) -> Iterator[str]:
    """Which probes its containers lack."""
    for container in pod["containers"]:
        for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
            if probe not in container:
                yield f"container {container['name']}: no {probe}"
