"""What Flink's Kubernetes operator makes of a FlinkDeployment in standalone mode, as admission and selectors see it.

The operator itself is in no package registry: an image of its project has it. This is what its 1.15 was seen to make.
"""

from __future__ import annotations

import copy
from typing import Any

MAIN_CONTAINER = "flink-main-container"
TYPE = "flink-standalone-kubernetes"


def deployments(flink_deployment: dict[str, Any]) -> list[dict[str, Any]]:
    """The JobManagers' and the TaskManagers' Deployment."""
    name = flink_deployment["metadata"]["name"]
    return [
        _deployment(flink_deployment, "jobManager", name),
        _deployment(flink_deployment, "taskManager", f"{name}-taskmanager"),
    ]


def task_manager_selector(flink_deployment: dict[str, Any]) -> str:
    """What the operator writes into `status.taskManager.labelSelector`, for autoscalers."""
    return f"component=taskmanager,app={flink_deployment['metadata']['name']}"


def _deployment(flink_deployment: dict[str, Any], role: str, name: str) -> dict[str, Any]:
    spec = flink_deployment["spec"]
    labels = {"app": flink_deployment["metadata"]["name"], "component": role.lower(), "type": TYPE}
    template = copy.deepcopy(spec["podTemplate"])
    metadata = template["metadata"]
    pod = template["spec"]
    pod["serviceAccountName"] = spec["serviceAccount"]
    [main] = [one for one in pod["containers"] if one["name"] == MAIN_CONTAINER]
    main["image"] = spec["image"]
    main["imagePullPolicy"] = spec["imagePullPolicy"]
    main["command"] = [spec["flinkConfiguration"]["kubernetes.entry.path"]]
    main["args"] = [role.lower()]
    resource = spec[role]["resource"]
    # Flink's `m` is a mebibyte.
    quantities = {"cpu": str(resource["cpu"]), "memory": resource["memory"].removesuffix("m") + "Mi"}
    main["resources"] = {"requests": quantities, "limits": quantities}
    main.setdefault("volumeMounts", []).append(
        {"name": "flink-config-volume", "mountPath": spec["flinkConfiguration"]["kubernetes.flink.conf.dir"]}
    )
    pod.setdefault("volumes", []).append(
        {"name": "flink-config-volume", "configMap": {"name": f"flink-config-{labels['app']}"}}
    )
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name, "namespace": "headrace", "labels": labels},
        "spec": {
            "replicas": spec[role]["replicas"],
            "selector": {"matchLabels": labels},
            "template": {
                "metadata": {"labels": labels, "annotations": metadata.get("annotations", {})},
                "spec": pod,
            },
        },
    }
