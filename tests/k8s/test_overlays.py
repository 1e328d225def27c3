"""Each overlay of ops/k8s/ in a real Kubernetes: what the API server and the controllers make of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import K8S, Applied

from headrace.testing.waiting import await_true

FLINK = "system:serviceaccount:headrace:flink"
ELECTION = ("get", "list", "watch", "create", "update", "patch", "delete")
FORBIDDEN = (
    ("create", "pods"), ("delete", "pods"), ("get", "secrets"), ("list", "secrets"), ("create", "deployments.apps"),
    ("get", "flinkdeployments.flink.apache.org"), ("create", "pods/exec"), ("create", "serviceaccounts/token"),
)  # fmt: skip
PROFILE = "pod-security.kubernetes.io/enforce"


def test_every_pod_is_admitted(applied: Applied) -> None:
    assert applied.get("events", "--field-selector=reason=FailedCreate")["items"] == []
    namespace = applied.cluster.get("namespace", "headrace")
    assert namespace["metadata"]["labels"][PROFILE] == "restricted"


def test_the_profile_is_enforced(applied: Applied) -> None:
    pod = _template(applied.get("deployment", "sql-gateway"))
    del pod["spec"]["securityContext"]["runAsNonRoot"]
    result = applied.cluster.run("create", "--namespace=headrace", "--filename=-", content=json.dumps(pod))
    assert 'violates PodSecurity "restricted' in result.stderr


def test_applying_again_changes_nothing(applied: Applied) -> None:
    generations = {one: applied.get(one)["metadata"]["generation"] for one in ("deployment/sql-gateway",)}
    said = applied.cluster.kubectl("apply", "--server-side", "--kustomize", K8S / "overlays" / applied.overlay)
    assert {one: applied.get(one)["metadata"]["generation"] for one in generations} == generations
    assert "flinkdeployment.flink.apache.org/headrace serverside-applied" in said


def test_flink_may_elect_its_leader(applied: Applied) -> None:
    refused = [verb for verb in ELECTION if not _may(applied, FLINK, verb, "configmaps")]
    assert refused == []


@pytest.mark.parametrize(("verb", "resource"), FORBIDDEN)
def test_flink_may_do_nothing_else(applied: Applied, verb: str, resource: str) -> None:
    assert not _may(applied, FLINK, verb, resource)


def test_flink_may_do_nothing_elsewhere(applied: Applied) -> None:
    assert not _may(applied, FLINK, "get", "configmaps", namespace="default")


@pytest.mark.parametrize("name", ["sql-gateway", "headrace-deploy"])
def test_others_have_no_token(applied: Applied, name: str) -> None:
    [pod, *_] = applied.get("pods", f"--selector=app.kubernetes.io/name={name}")["items"]
    assert not any("serviceAccountToken" in json.dumps(volume) for volume in pod["spec"]["volumes"])


def test_each_disruption_budget_is_for_pods_that_are_there(applied: Applied) -> None:
    def expected() -> dict[str, int]:
        budgets = applied.get("poddisruptionbudgets")["items"]
        return {one["metadata"]["name"]: one.get("status", {}).get("expectedPods", 0) for one in budgets}

    spec = applied.flink["spec"]
    wanted = {
        "jobmanager": spec["jobManager"]["replicas"],
        "taskmanager": spec["taskManager"]["replicas"],
        "sql-gateway": applied.get("deployment", "sql-gateway")["spec"]["replicas"],
    }
    await_true(lambda: expected() == wanted, 30)


def test_each_selector_of_a_policy_finds_a_pod(applied: Applied) -> None:
    for policy in applied.get("networkpolicies")["items"]:
        for selector in _selectors_of_our_pods(policy["spec"]):
            words = ",".join(f"{key}={value}" for key, value in selector.items())
            assert applied.get("pods", f"--selector={words}")["items"], f"{policy['metadata']['name']}: {selector}"


def test_each_pod_is_closed(applied: Applied) -> None:
    policies = {one["metadata"]["name"]: one["spec"] for one in applied.get("networkpolicies")["items"]}
    assert policies["nothing-by-default"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}


def test_each_service_has_pods(applied: Applied) -> None:
    for service in applied.get("services")["items"]:
        words = ",".join(f"{key}={value}" for key, value in service["spec"]["selector"].items())
        pods = applied.get("pods", f"--selector={words}")["items"]
        ports = {port["name"] for port in pods[0]["spec"]["containers"][0]["ports"]}
        assert {port["targetPort"] for port in service["spec"]["ports"]} <= ports


def test_autoscalers_find_what_they_scale(applied: Applied) -> None:
    def able() -> dict[str, str]:
        """Of each autoscaler, whether it can read and set the number of pods."""
        found = {}
        for one in applied.get("horizontalpodautoscalers")["items"]:
            conditions = {item["type"]: item["status"] for item in one.get("status", {}).get("conditions", [])}
            found[one["metadata"]["name"]] = conditions.get("AbleToScale", "")
        return found

    wanted = {"sql-gateway"} | ({"taskmanager"} if applied.overlay == "production" else set())
    await_true(lambda: able() == dict.fromkeys(wanted, "True"), 60)


def test_task_managers_can_be_scaled(applied: Applied) -> None:
    path = "/apis/flink.apache.org/v1beta1/namespaces/headrace/flinkdeployments/headrace/scale"
    scale = json.loads(applied.cluster.kubectl("get", f"--raw={path}"))
    assert scale["spec"]["replicas"] == applied.flink["spec"]["taskManager"]["replicas"]
    assert applied.get("pods", f"--selector={scale['status']['selector']}")["items"]


def _may(applied: Applied, account: str, verb: str, resource: str, namespace: str = "headrace") -> bool:
    said = applied.cluster.run("auth", "can-i", verb, resource, f"--as={account}", f"--namespace={namespace}")
    assert said.stdout.strip() in {"yes", "no"}, said.stderr
    return said.stdout.strip() == "yes"


def _template(deployment: dict[str, Any]) -> dict[str, Any]:
    spec = deployment["spec"]["template"]["spec"]
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "unprivileged"}, "spec": spec}


def _selectors_of_our_pods(spec: dict[str, Any]) -> list[dict[str, str]]:
    """The labels that a policy asks of pods of this namespace; those of other namespaces are not here."""
    peers = [peer for rule in spec.get("ingress", []) for peer in rule.get("from", [])]
    peers += [peer for rule in spec.get("egress", []) for peer in rule.get("to", [])]
    ours = [peer["podSelector"] for peer in peers if "namespaceSelector" not in peer]
    return [one["matchLabels"] for one in (spec["podSelector"], *ours) if one]
