"""Flink's processes as the supervisor is told of them."""

from __future__ import annotations

from headrace.logs import relay
from headrace.logs.fields import FORMAT, NODE, ROLE
from headrace.settings import Settings
from headrace.stack.addresses import Addresses
from headrace.stack.flink import flink, flink_environment
from headrace.stack.flink_configuration import BIN
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


def test_processes_are_those_that_the_stack_was_started_with(own_settings: Settings) -> None:
    addresses = Addresses.choose(own_settings.model_copy(update={"task_managers": 1}))
    names = [process.name for process in flink(own_settings, addresses)]
    assert names == ["jobmanager", "taskmanager-1", "sql-gateway", "worker-template-1"]


def test_json_lines_say_which_process_wrote_them(own_settings: Settings) -> None:
    settings = own_settings.model_copy(update={"log_format": "json", "task_managers": 1})
    manager, task_manager, _, template = flink(settings, Addresses.choose(settings))
    assert manager.command[1:5] == ("-S", "-m", relay.__name__, str(BIN / "jobmanager.sh"))
    said = [[process.environment[name] for name in (FORMAT, ROLE, NODE)] for process in (task_manager, template)]
    assert said == [["json", "taskmanager", "tm-1"], ["json", "worker-template", "worker-template-1"]]
