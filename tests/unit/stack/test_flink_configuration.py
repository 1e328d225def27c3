"""What every stack's Flink is configured with."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from headrace.stack.flink_configuration import FlinkSite, flat_options, flink_options, write_flink_configuration


@pytest.fixture
def site(tmp_path: Path) -> FlinkSite:
    return FlinkSite(
        java_home=Path("/java"), java_options=("-Dours=1",), plugin=Path("/ours.jar"), environment=Path("/env"),
        bind_host="127.0.0.1", job_manager_host="manager", task_manager_host=None, gateway_host="gateway",
        rpc_port=1, blob_port=2, rest_port=3, gateway_port=4, temporary=tmp_path, checkpoints="file:///c",
        savepoints="file:///s", catalog="file:///k", catalog_store=tmp_path / "store",
        kafka_bootstrap_servers="kafka:5", redis_url="redis://redis:6/0", redis_password_file=tmp_path / "password",
    )  # fmt: skip


def test_shared_options_and_the_stock_ones_are_there(site: FlinkSite) -> None:
    options = flink_options(site)
    assert options["python.fn-execution.bundle.size"] == 1024  # flink/conf
    assert options["env.java.opts.all"].endswith(" -Dours=1")  # beside Flink's own
    assert "--add-exports" in options["env.java.opts.all"]


def test_everything_listens_on_the_address_of_the_site(site: FlinkSite) -> None:
    options = flink_options(replace(site, bind_host="10.1.2.3"))
    listening = {name: value for name, value in options.items() if "bind-" in name or name.endswith("prom.host")}
    assert len(listening) == 5
    assert set(listening.values()) == {"10.1.2.3"}


def test_ports_for_python_workers_stay_closed_whatever_a_stack_sets(site: FlinkSite) -> None:
    assert flink_options(site)["env.java.opts.taskmanager"] == "-javaagent:/ours.jar"
    options = flink_options(replace(site, own={"env.java.opts.taskmanager": "-Xint -Da=b"}))
    assert options["env.java.opts.taskmanager"] == "-javaagent:/ours.jar -Xint -Da=b"


def test_a_task_manager_without_a_name_finds_its_own(site: FlinkSite) -> None:
    # Flink's own file says localhost.
    assert "taskmanager.host" not in flink_options(site)
    assert flink_options(replace(site, task_manager_host="a"))["taskmanager.host"] == "a"


def test_own_options_win(site: FlinkSite) -> None:
    options = flink_options(replace(site, own={"rest.port": 9, "taskmanager.numberOfTaskSlots": 7}))
    assert (options["rest.port"], options["taskmanager.numberOfTaskSlots"]) == (9, 7)


def test_what_is_written_is_what_flink_reads(site: FlinkSite, tmp_path: Path) -> None:
    options = flink_options(site)
    write_flink_configuration(tmp_path / "conf", options, "text")
    assert yaml.safe_load((tmp_path / "conf" / "config.yaml").read_text()) == options
    assert (tmp_path / "conf" / "log4j-console.properties").exists()


def test_nested_names_are_joined() -> None:
    assert flat_options("a:\n  b:\n    c: 1\n  d: x\ne: [1]\n") == {"a.b.c": 1, "a.d": "x", "e": [1]}
    assert flat_options("") == {}


def test_the_format_of_logs_is_a_choice_of_files(tmp_path: Path) -> None:
    for log_format in ("text", "json"):
        write_flink_configuration(tmp_path / log_format, {}, log_format)
    text, lines = ((tmp_path / name / "log4j-console.properties").read_text() for name in ("text", "json"))
    assert "JsonTemplateLayout" not in text
    assert "JsonTemplateLayout" in lines
    assert list(json.loads((tmp_path / "json" / "log4j-ecs.json").read_text()))[:3] == [
        "@timestamp", "log.level", "message",
    ]  # fmt: skip
