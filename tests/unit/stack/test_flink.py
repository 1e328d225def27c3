"""Flink's processes as the supervisor is told of them."""

from __future__ import annotations

from headrace.settings import Settings
from headrace.stack.addresses import Addresses
from headrace.stack.flink import flink, flink_environment
from headrace.worker.channel import SOCKET


def test_each_task_manager_has_a_template_of_its_own(own_settings: Settings) -> None:
    processes = {process.name: process for process in flink(own_settings, Addresses.choose(own_settings))}
    for number in range(1, own_settings.task_managers + 1):
        socket = processes[f"taskmanager-{number}"].environment[SOCKET]
        assert processes[f"worker-template-{number}"].command[-1] == socket
    assert processes["taskmanager-1"].environment[SOCKET] != processes["taskmanager-2"].environment[SOCKET]
    # What a template imports it imports with the very variables of the workers.
    template, manager = processes["worker-template-1"].environment, processes["taskmanager-1"].environment
    assert template == manager


def test_switched_off(own_settings: Settings) -> None:
    settings = own_settings.model_copy(update={"warm_workers": False})
    processes = flink(settings, Addresses.choose(settings))
    assert [process.name for process in processes] == ["jobmanager", "taskmanager-1", "taskmanager-2", "sql-gateway"]
    assert not any(SOCKET in process.environment for process in processes)
    assert SOCKET not in flink_environment(settings)
