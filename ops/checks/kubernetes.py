"""ops/k8s/: what Kustomize makes of it is valid for Kubernetes and Flink's operator, closed, bounded, unprivileged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import yaml

from ops.checks.operator_crd import flink_deployment_crd, open_api_schema
from ops.checks.pods import object_findings
from ops.checks.tools import PROJECT, FindingError, relative, run

FOLDER = PROJECT / "ops" / "k8s"
KUBERNETES = "1.34"


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
    """The schema of a FlinkDeployment; a field that it does not name is an error."""
    schema = open_api_schema(flink_deployment_crd())
    schema["properties"] |= {name: {} for name in ("apiVersion", "kind", "metadata")}
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
