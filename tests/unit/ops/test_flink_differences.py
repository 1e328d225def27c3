"""All stacks run one configuration of Flink, except where ops/flink-differences.yaml says otherwise, and why."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from headrace.settings import PROJECT, Settings
from headrace.stack.flink_configuration import flat_options
from tests.unit.ops.flink_of_stacks import Options, compose_options, kubernetes_options, local_options

GROUPS = yaml.safe_load((PROJECT / "ops" / "flink-differences.yaml").read_text())
LISTED = [option for group in GROUPS for option in group["options"]]


@pytest.fixture
def stacks(own_settings: Settings, tmp_path: Path) -> dict[str, Options]:
    return {
        "local": local_options(own_settings),
        "compose": compose_options(),
        "kubernetes": kubernetes_options(tmp_path / "base"),
        "production": kubernetes_options(tmp_path / "production", production=True),
    }


def test_stacks_differ_in_what_is_listed_and_in_nothing_else(stacks: dict[str, Options]) -> None:
    names = {name for options in stacks.values() for name in options}
    differing = {name for name in names if len({str(options.get(name)) for options in stacks.values()}) > 1}
    assert differing == set(LISTED)


def test_what_is_listed_has_a_reason_and_stands_there_once() -> None:
    assert all(group["why"].strip() for group in GROUPS)
    assert len(LISTED) == len(set(LISTED))


def test_every_stack_has_the_shared_options(stacks: dict[str, Options]) -> None:
    shared = flat_options((PROJECT / "flink" / "conf" / "config.yaml").read_text())
    for stack, options in stacks.items():
        differing = {name for name, value in shared.items() if str(options.get(name)) != str(value)}
        assert differing <= set(LISTED), stack


def test_flink_has_as_much_memory_of_its_own_everywhere(stacks: dict[str, Options]) -> None:
    local, pod = stacks["local"], stacks["kubernetes"]
    # Flink's default: a tenth of a process, at least 192 MB, is left to what is not Flink's.
    local_process = _megabytes(local["taskmanager.memory.process.size"])
    left = max(192, local_process // 10)
    pod_left = _megabytes(pod["taskmanager.memory.jvm-overhead.max"])
    assert pod["taskmanager.memory.jvm-overhead.min"] == pod["taskmanager.memory.jvm-overhead.max"]
    assert _megabytes(pod["taskmanager.memory.process.size"]) - pod_left == local_process - left


def _megabytes(size: str) -> int:
    assert size.endswith("m")
    return int(size[:-1])
