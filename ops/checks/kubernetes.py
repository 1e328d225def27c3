"""ops/k8s/: what Kustomize makes of it is valid for Kubernetes and Flink's operator, closed, bounded, unprivileged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import yaml

from ops.checks.tools import CRDS, PROJECT, FindingError, relative, run

FOLDER = PROJECT / "ops" / "k8s"
KUBERNETES = "1.34"
FLINK_DEPLOYMENT = "flinkdeployments.flink.apache.org-v1.yml"
# The operator's later versions know more of Flink's: 1.15 has these beside those of the schema (1.10), and no field
# that is used here has changed.
LATER_FLINK_VERSIONS = ["v2_0", "v2_1", "v2_2", "v2_3"]


def kustomizations() -> list[Path]:
    """Every folder that can be applied."""
    return sorted(file.parent for file in FOLDER.rglob("kustomization.yaml"))


def build(folder: Path) -> list[dict[str, Any]]:
    """The objects that `kubectl apply -k` would send."""
    return [dict(one) for one in yaml.safe_load_all(run("kustomize", "build", folder)) if one]


def check() -> Iterator[FindingError]:
    """Yields what is not as it must be."""
    schema = flink_deployment_schema()
    for folder in kustomizations():
        objects = build(folder)
        if not objects:
            yield FindingError(f"{relative(folder)}: Kustomize makes nothing of it")
        for one in objects:
            name = f"{relative(folder)}: {one['kind']} {one['metadata']['name']}"
            yield from (FindingError(f"{name}: {fact}") for fact in schema_findings(one, schema))
            yield from (FindingError(f"{name}: {fact}") for fact in object_findings(one))


def flink_deployment_schema() -> dict[str, Any]:
    """The schema of a FlinkDeployment; a field that it does not name is an error, as for kubectl's strict validation."""
    crd = yaml.safe_load((CRDS / FLINK_DEPLOYMENT).read_text())
    schema: dict[str, Any] = crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
    schema["properties"] |= {name: {} for name in ("apiVersion", "kind", "metadata")}
    schema["properties"]["spec"]["properties"]["flinkVersion"]["enum"] += LATER_FLINK_VERSIONS
    _close(schema)
    return schema


def _close(schema: Any) -> None:
    if isinstance(schema, dict):
        if "properties" in schema and not schema.get("x-kubernetes-preserve-unknown-fields"):
            schema.setdefault("additionalProperties", False)
        if schema.pop("x-kubernetes-int-or-string", False):
            schema.pop("type", None)
            schema.pop("anyOf", None)
            schema["type"] = ["integer", "string"]
        for value in schema.values():
            _close(value)
    elif isinstance(schema, list):
        for value in schema:
            _close(value)


def schema_findings(one: dict[str, Any], flink_deployment: dict[str, Any]) -> Iterator[str]:
    """What the schemas of Kubernetes and of the operator find."""
    if one["kind"] == "FlinkDeployment":
        for error in jsonschema.Draft202012Validator(flink_deployment).iter_errors(one):
            yield f"{error.json_path}: {error.message}"
        template = {**one["spec"]["podTemplate"], "apiVersion": "v1", "kind": "Pod"}
        yield from (f"podTemplate: {fact}" for fact in _kubernetes_findings(template))
    else:
        yield from _kubernetes_findings(one)


def _kubernetes_findings(one: dict[str, Any]) -> Iterator[str]:
    try:
        kubernetes_validate.validate(one, KUBERNETES, strict=True)
    except kubernetes_validate.ValidationError as error:
        yield f"{'.'.join(map(str, error.path))}: {error.message}"
    except kubernetes_validate.SchemaNotFoundError as error:
        yield f"{error.message}: no schema, so nobody has checked it"


def object_findings(one: dict[str, Any]) -> Iterator[str]:
    """What schemas do not say: nothing is open to the world, everything is bounded and unprivileged."""
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
