"""A Kubernetes of this run's own, with an overlay of ops/k8s/ in it: `make test-k8s`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import yaml
from control_plane import PROGRAMS, ControlPlane, control_plane
from operator_pods import deployments, task_manager_selector

from headrace.settings import PROJECT
from headrace.testing.waiting import await_true
from ops.checks.tools import BIN, CRDS

K8S = PROJECT / "ops" / "k8s"
OVERLAYS = ("minimal", "production")
CRD = CRDS / "flinkdeployments.flink.apache.org-v1.yml"
# The schema of the operator's 1.15 has these beside those of 1.10.
LATER_FLINK_VERSIONS = ("v2_0", "v2_1", "v2_2")
PODS_SECONDS = 60


@dataclass(frozen=True)
class Applied:
    """A cluster with an overlay, and the pods that the operator would make of it.

    Attributes:
        overlay: its name.
        cluster: where it is.
        flink: the FlinkDeployment, as the API server has it.
    """

    overlay: str
    cluster: ControlPlane
    flink: dict[str, Any]

    def get(self, *words: str) -> Any:
        """What `kubectl get` finds in the namespace."""
        return self.cluster.get("--namespace=headrace", *words)


@pytest.fixture(scope="session", params=OVERLAYS)
def applied(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Applied]:
    """Each overlay in a cluster of its own."""
    overlay = str(request.param)
    missing = [name for name in PROGRAMS if not (BIN / name).exists()]
    assert not missing, f"{BIN}: there is no {', '.join(missing)}. Run `make test-k8s`, which builds them."
    with control_plane(tmp_path_factory.mktemp(overlay)) as cluster:
        cluster.apply(flink_deployment_crd())
        await_true(lambda: cluster.run("get", "flinkdeployments").returncode == 0, PODS_SECONDS)
        # As `make up STACK=k8s` does, and again as GitOps tools do.
        cluster.kubectl("apply", "--kustomize", K8S / "overlays" / overlay)
        cluster.kubectl("apply", "--server-side", "--force-conflicts", "--kustomize", K8S / "overlays" / overlay)
        [flink] = cluster.get("--namespace=headrace", "flinkdeployments")["items"]
        cluster.apply(*deployments(flink))
        applied = Applied(overlay, cluster, flink)
        _say_as_the_operator(applied)
        cluster.kubectl("apply", "--kustomize", K8S / "deploy-job")
        await_true(lambda: len(applied.get("pods")["items"]) >= wanted_pods(applied), PODS_SECONDS)
        yield applied


def flink_deployment_crd() -> dict[str, Any]:
    """The operator's resource definition."""
    crd: dict[str, Any] = yaml.safe_load(CRD.read_text())
    schema = crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
    schema["properties"]["spec"]["properties"]["flinkVersion"]["enum"] += LATER_FLINK_VERSIONS
    return crd


def wanted_pods(applied: Applied) -> int:
    """JobManagers, TaskManagers, gateways, and a deployment."""
    spec = applied.flink["spec"]
    [gateways] = [one for one in applied.get("hpa")["items"] if one["metadata"]["name"] == "sql-gateway"]
    return int(spec["jobManager"]["replicas"] + spec["taskManager"]["replicas"] + gateways["spec"]["minReplicas"] + 1)


def _say_as_the_operator(applied: Applied) -> None:
    selector = task_manager_selector(applied.flink)
    replicas = applied.flink["spec"]["taskManager"]["replicas"]
    status = {"status": {"taskManager": {"labelSelector": selector, "replicas": replicas}}}
    applied.cluster.kubectl(
        "--namespace=headrace", "patch", "flinkdeployment/headrace", "--subresource=status", "--type=merge",
        f"--patch={yaml.safe_dump(status)}",
    )  # fmt: skip
