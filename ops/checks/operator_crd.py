"""The resource that Flink's Kubernetes operator defines: FlinkDeployment."""

from __future__ import annotations

from typing import Any

import yaml

from ops.checks.tools import CRDS

FILE = CRDS / "flinkdeployments.flink.apache.org-v1.yml"
# The schema of the operator's 1.15, which docs/operations.md asks for, has these beside those of 1.10; no field that is
# used here has changed.
LATER_FLINK_VERSIONS = ["v2_0", "v2_1", "v2_2"]


def flink_deployment_crd() -> dict[str, Any]:
    """The CustomResourceDefinition, as a cluster takes it."""
    crd: dict[str, Any] = yaml.safe_load(FILE.read_text())
    open_api_schema(crd)["properties"]["spec"]["properties"]["flinkVersion"]["enum"] += LATER_FLINK_VERSIONS
    return crd


def open_api_schema(crd: dict[str, Any]) -> dict[str, Any]:
    """The schema of its one version."""
    schema: dict[str, Any] = crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
    return schema
