"""What each role of a container starts, with what configuration."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from headrace.container.configuration import PROPERTIES, container_options
from headrace.container.roles import ROLES, beside_template, prepare_role
from headrace.container.settings import ContainerSettings
from headrace.errors import StackError
from headrace.settings import Settings
from headrace.stack.addresses import Addresses
from headrace.stack.flink import prepare_flink
from headrace.worker.channel import SOCKET

# What is different from the local stack's configuration, and nothing else.
OWN = {
    "env.java.opts.all", "blob.server.port", "jobmanager.rpc.address", "jobmanager.rpc.port", "rest.address",
    "rest.port", "taskmanager.host", "sql-gateway.endpoint.rest.address", "sql-gateway.endpoint.rest.port",
    "io.tmp.dirs", "execution.checkpointing.dir", "execution.checkpointing.savepoint-dir",
    "table.catalog-store.file.path", "headrace.catalog.path", "headrace.kafka.bootstrap.servers", "headrace.redis.url",
    "headrace.redis.password-file", "taskmanager.rpc.port", "taskmanager.data.port", "metrics.reporter.prom.port",
}  # fmt: skip


@pytest.fixture
def container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ContainerSettings:
    monkeypatch.delenv(PROPERTIES, raising=False)
    return ContainerSettings(run_folder=tmp_path / "run", state=tmp_path / "state", taskmanager_id="tm")


def test_the_configuration_is_the_local_stacks_but_for_addresses_and_folders(
    container: ContainerSettings, own_settings: Settings
) -> None:
    ports = dict.fromkeys(("kafka", "kafka_controller", "redis", "supervisor"), 1)
    prepare_flink(own_settings, Addresses(flink_rest=2, flink_rpc=3, flink_blob=4, sql_gateway=5, **ports))
    local = yaml.safe_load((own_settings.flink_conf / "config.yaml").read_text())
    here = container_options(container.model_copy(update={"home": own_settings.home}))
    assert {name for name in local.keys() | here.keys() if local.get(name) != here.get(name)} == OWN


def test_ports_are_on_loopback_until_somebody_says_otherwise(container: ContainerSettings) -> None:
    options = container_options(container)
    assert {value for name, value in options.items() if "bind-" in name or name.endswith("prom.host")} == {"127.0.0.1"}


def test_properties_win_and_a_mounted_file_wins_over_them(
    container: ContainerSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PROPERTIES, "taskmanager.numberOfTaskSlots: 4\nrest.port: 1\n")
    assert container_options(container)["taskmanager.numberOfTaskSlots"] == 4
    (tmp_path / "config.yaml").write_text("rest:\n  port: 2\n")
    options = container_options(container.model_copy(update={"flink_configuration": tmp_path}))
    assert (options["rest.port"], options["taskmanager.numberOfTaskSlots"]) == (2, 4)
    with pytest.raises(StackError, match="HEADRACE_FLINK_CONFIGURATION"):
        container_options(container.model_copy(update={"flink_configuration": tmp_path / "missing"}))


def test_a_password_in_redis_url_does_not_come_into_a_log(container: ContainerSettings) -> None:
    with pytest.raises(StackError, match=r"^HEADRACE_REDIS_URL: it holds .* HEADRACE_REDIS_PASSWORD_FILE") as error:
        container_options(container.model_copy(update={"redis_url": "redis://:secret@redis:6379/0"}))
    assert "secret@" not in str(error.value)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_writes_its_folders_alone(container: ContainerSettings, tmp_path: Path, role: str) -> None:
    start = prepare_role(role, [], container)
    assert Path(start.command[0]).is_file()
    assert json.loads((container.run_folder / "role.json").read_text())["role"] == role
    assert (container.run_folder / "conf" / "config.yaml").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"run", "state"}
    # Nothing can be written beside the image's files.
    assert "PYTHONPYCACHEPREFIX" not in start.environment
    assert start.environment["FLINK_CONF_DIR"] == str(container.run_folder / "conf")


def test_roles_with_python_workers_have_a_template(container: ContainerSettings) -> None:
    found = {role: prepare_role(role, [], container).needs_template for role in ROLES}
    assert found == {"jobmanager": False, "taskmanager": True, "sql-gateway": True, "deploy": False}
    start = prepare_role("taskmanager", [], container)
    command = beside_template(start.command, container, Path(start.environment[SOCKET]))
    assert command[command.index("--") + 1 :] == start.command
    assert command[command.index("--") - 1] == start.environment[SOCKET]
    cold = prepare_role("taskmanager", [], container.model_copy(update={"warm_workers": False}))
    assert (cold.needs_template, SOCKET in cold.environment) == (False, False)


def test_arguments_go_to_the_program(container: ContainerSettings) -> None:
    assert prepare_role("jobmanager", ["10.1.2.3"], container).command[-2:] == ("start-foreground", "10.1.2.3")
    assert prepare_role("deploy", [], container).command[-1] == "deploy"
    start = prepare_role("deploy", ["plan", "--json"], container)
    assert start.command[-2:] == ("plan", "--json")
    assert start.environment["HEADRACE_SQL_GATEWAY_URL"] == "http://sql-gateway:8083"


def test_what_cannot_be_started(container: ContainerSettings, tmp_path: Path) -> None:
    with pytest.raises(StackError, match="Name one of jobmanager, taskmanager, sql-gateway, deploy"):
        prepare_role("worker", [], container)
    (tmp_path / "file").write_text("")
    with pytest.raises(StackError, match="Mount a volume there"):
        prepare_role("jobmanager", [], container.model_copy(update={"state": tmp_path / "file" / "state"}))


def test_health_asks_the_ports_that_options_name(container: ContainerSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PROPERTIES, "metrics.reporter.prom.port: 1\nrest.port: 2\nrest.address: manager\n")
    assert prepare_role("taskmanager", [], container).health == {
        "url": "http://127.0.0.1:1/metrics",
        "task_managers_url": "http://manager:2/taskmanagers",
        "task_manager": "tm",
    }
    everywhere = container.model_copy(update={"bind_host": "0.0.0.0"})  # noqa: S104
    assert prepare_role("jobmanager", [], everywhere).health == {"url": "http://127.0.0.1:2/overview"}
