"""What Prometheus is asked for exists, and nothing that it or anybody else asks is open beyond this machine."""

from __future__ import annotations

import ipaddress
import re

import httpx
import psutil
from flow import Flow

from headrace.stack.stack import Stack
from headrace.testing.waiting import await_true
from ops.checks.monitoring import flink_metrics

# Such metrics come into being with their first count.
ONLY_AFTER_A_FAULT = {"flink_taskmanager_job_task_operator_model_version_error_model_swap_failures_total"}


def names(stack: Stack) -> set[str]:
    """The names of all metrics that the stack's Flink shows now."""
    texts = [
        httpx.get(url, timeout=10).raise_for_status().text
        for url in stack.addresses.metrics_urls.values()  # type: ignore[union-attr]
    ]
    return set(re.findall(r"^(\w+)[{ ]", "\n".join(texts), re.MULTILINE))


def test_rules_and_dashboards_ask_for_metrics_that_exist(deployed: Stack) -> None:
    wanted = flink_metrics() - ONLY_AFTER_A_FAULT
    assert len(wanted) > 20
    with Flow(deployed, "monitoring", per_second=50):
        missing: set[str] = set()

        def all_there() -> bool:
            missing.clear()
            missing.update(wanted - names(deployed))
            return not missing

        try:
            await_true(all_there, every=1)
        except AssertionError as error:
            raise AssertionError(f"no process shows {sorted(missing)}") from error


def test_no_process_listens_beyond_loopback(deployed: Stack) -> None:
    with Flow(deployed, "listening", per_second=50):
        # A TaskManager opens ports for Python workers, which start with the first row.
        await_true(lambda: "flink_taskmanager_job_task_operator_model_version_model_requests_total" in names(deployed))
        listening = listeners(deployed)
    ports = {port for _, _, port in listening}
    assert deployed.addresses.redis in ports  # type: ignore[union-attr]
    assert len(ports) > 10
    assert [one for one in listening if not is_loopback(one[1])] == []


def listeners(stack: Stack) -> list[tuple[str, str, int]]:
    """Each TCP port that the stack listens on: process, address, port."""
    found = []
    for state in stack.status():
        process = psutil.Process(state.pid)
        # The supervisor is the parent of them all; Python workers are their children.
        for one in {process, process.parent() or process, *process.children(recursive=True)}:
            for connection in one.net_connections(kind="tcp"):
                if connection.status == psutil.CONN_LISTEN:
                    found.append((state.name, connection.laddr.ip, connection.laddr.port))
    return found


def is_loopback(address: str) -> bool:
    """Whether only this machine reaches an address; one of IPv4 may be written as one of IPv6."""
    found = ipaddress.ip_address(address)
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return (mapped or found).is_loopback
