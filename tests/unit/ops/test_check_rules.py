"""What the checks of Compose, Kubernetes, dashboards and locks find, beside what schemas say."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from headrace.settings import PROJECT
from ops.checks.compose import service_findings
from ops.checks.monitoring import METRIC, flink_metrics
from ops.checks.pods import object_findings
from ops.supply.jars import copied_components
from ops.supply.locks import loose_packages, packages, python_locks

BASE = PROJECT / "ops" / "k8s" / "base"
GOOD_SERVICE: dict[str, Any] = {
    "image": "redis:7.2.11",
    "user": "999:999",
    "read_only": True,
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges:true"],
    "restart": "always",
    "healthcheck": {"test": ["CMD", "true"]},
    "ports": [{"host_ip": "127.0.0.1", "published": "6379"}],
    "deploy": {"resources": {"limits": {"cpus": "1", "memory": "1", "pids": 1}}},
}


def objects(file: str) -> dict[str, dict[str, Any]]:
    return {one["kind"]: one for one in yaml.safe_load_all((BASE / file).read_text())}


def test_a_good_service_has_no_finding() -> None:
    assert list(service_findings(GOOD_SERVICE)) == []


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"ports": [{"published": "6379"}]}, "published on all addresses"),
        ({"ports": [{"host_ip": "0.0.0.0", "published": "1"}]}, "published on 0.0.0.0"),  # noqa: S104
        ({"network_mode": "host"}, "leaves its own namespace"),
        ({"privileged": True}, "leaves its own namespace"),
        ({"read_only": False}, "root file system"),
        ({"cap_add": ["NET_ADMIN"]}, "cap_add gives some back"),
        ({"security_opt": []}, "no-new-privileges"),
        ({"user": "0:0"}, "no user other than root"),
        ({"deploy": {"resources": {"limits": {"cpus": "1"}}}}, "no limit of memory, pids"),
        ({"image": "redis"}, "no tag that stays"),
        ({"image": "redis:latest"}, "no tag that stays"),
        ({"healthcheck": None}, "no health check"),
        ({"restart": None}, "restart is not said"),
        ({"depends_on": {"kafka": {"condition": "service_started"}}}, "depends on kafka before it is healthy"),
        ({"environment": {"REDIS_PASSWORD": "x"}}, "a password in the environment"),
    ],
)
def test_each_fault_of_a_service_is_found(change: dict[str, Any], finding: str) -> None:
    service = {name: value for name, value in {**GOOD_SERVICE, **change}.items() if value is not None}
    [found] = service_findings(service)
    assert finding in found


def test_the_gateways_objects_have_no_finding() -> None:
    for one in objects("sql-gateway.yaml").values():
        assert list(object_findings(one)) == []


def test_a_service_beyond_the_cluster_is_found() -> None:
    service = objects("sql-gateway.yaml")["Service"]
    service["spec"]["type"] = "LoadBalancer"
    assert list(object_findings(service)) == ["type LoadBalancer: open beyond the cluster"]


@pytest.mark.parametrize(
    ("path", "value", "finding"),
    [
        (("hostNetwork",), True, "a namespace of the host's"),
        (("securityContext", "runAsNonRoot"), False, "runAsNonRoot or seccompProfile"),
        (("containers", 0, "securityContext", "readOnlyRootFilesystem"), False, "securityContext is not"),
        (("containers", 0, "securityContext", "privileged"), True, "securityContext is not"),
        (("containers", 0, "ports", 0, "hostPort"), 8083, "a port of the host's"),
        (("containers", 0, "resources", "limits"), {"cpu": "1"}, "no limit of CPU or memory"),
        (("containers", 0, "image"), "headrace:latest", "no tag that stays"),
        (("containers", 0, "readinessProbe"), None, "no readinessProbe"),
    ],
)
def test_each_fault_of_a_pod_is_found(path: tuple[Any, ...], value: Any, finding: str) -> None:
    deployment = copy.deepcopy(objects("sql-gateway.yaml")["Deployment"])
    place = deployment["spec"]["template"]["spec"]
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    [found] = object_findings(deployment)
    assert finding in found


def test_a_flink_that_is_open_is_found() -> None:
    deployment = objects("flink.yaml")["FlinkDeployment"]
    assert list(object_findings(deployment)) == []
    deployment["spec"]["ingress"] = {"template": "flink.example.org"}
    assert list(object_findings(deployment)) == ["its REST API is open beyond the cluster"]


def test_metrics_are_found_in_expressions() -> None:
    assert METRIC.findall('sum(headrace:model_rows:rate5m{a="b"}) / flink_x_y > 1') == [
        "headrace:model_rows:rate5m",
        "flink_x_y",
    ]
    assert "flink_jobmanager_numRunningJobs" in flink_metrics()


def test_every_lock_pins_all_it_names() -> None:
    assert [lock.name for lock in python_locks()] == [
        "bootstrap.txt", "checks.txt", "data.txt", "dev.txt", "train.txt", "worker-cpu.txt",
    ]  # fmt: skip
    for lock in python_locks():
        assert len(list(packages(lock))) > 0
        assert list(loose_packages(lock)) == []


def test_what_a_lock_does_not_pin_is_found(tmp_path: Path) -> None:
    lock = tmp_path / "some.txt"
    lock.write_text(f"a==1 \\\n    --hash=sha256:{'0' * 64}\n    # via b\nb>=2 --hash=sha256:{'0' * 64}\nc[x]==3 ; a\n")
    assert list(loose_packages(lock)) == [
        "locks/some.txt: b>=2: no version is named with ==",
        "locks/some.txt: c: no hash",
    ]


def test_each_jar_of_an_image_says_whose_it_is() -> None:
    found = {one["name"]: one["purl"] for one in copied_components()}
    assert found["zstd-jni"].startswith("pkg:maven/com.github.luben/zstd-jni@")
    assert {"flink-sql-connector-kafka", "flink-sql-gateway", "flink-s3-fs-presto"} <= found.keys()
