"""A Kubernetes of this run's own, with an overlay of ops/k8s/ in it: `make test-k8s`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from control_plane import PROGRAMS, ControlPlane, control_plane
from operator_pods import deployments

from headrace.settings import PROJECT
from headrace.testing.waiting import await_true
from ops.checks.operator_crd import flink_deployment_crd
from ops.checks.tools import BIN

K8S = PROJECT / "ops" / "k8s"
OVERLAYS = ("minimal", "production")
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
        cluster.kubectl("apply", "--kustomize", K8S / "deploy-job")
        await_true(lambda: len(applied.get("pods")["items"]) >= wanted_pods(applied), PODS_SECONDS)
        yield applied


def wanted_pods(applied: Applied) -> int:
    """JobManagers, TaskManagers, gateways, and a deployment."""
    spec = applied.flink["spec"]
    [gateways] = [one for one in applied.get("hpa")["items"] if one["metadata"]["name"] == "sql-gateway"]
    return int(spec["jobManager"]["replicas"] + spec["taskManager"]["replicas"] + gateways["spec"]["minReplicas"] + 1)
