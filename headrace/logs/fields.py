"""What every line has: the fields that say which process wrote it. Standard library alone, for the relay."""

from __future__ import annotations

import os
from collections.abc import Mapping

# Set for each process of a stack; its children inherit them, Flink's Python workers too.
FORMAT, ROLE, NODE = "HEADRACE_LOG_FORMAT", "HEADRACE_LOG_ROLE", "HEADRACE_LOG_NODE"
ECS_VERSION = "1.6.0"
SERVICE = "headrace"
# How each line begins: what a process writes in this form is passed on as it is.
START = '{"@timestamp":"'


def own_fields(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The fields of ECS that are the same in each line of a process."""
    fields = {"service.name": SERVICE, "service.node.name": environment.get(NODE, "")}
    if role := environment.get(ROLE):
        fields["labels.role"] = role
    return fields
