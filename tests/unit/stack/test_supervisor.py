"""The supervisor's configuration, as supervisord itself reads it."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest
from supervisor.datatypes import RestartUnconditionally
from supervisor.options import ServerOptions

from headrace.errors import StackError
from headrace.settings import Settings
from headrace.stack.addresses import Addresses
from headrace.stack.process import Process
from headrace.stack.supervisor import Supervisor


def read(settings: Settings, process: Process) -> Any:
    """The process as supervisord understands what we write."""
    addresses = Addresses.choose(settings)
    file = settings.stack / "supervisord.conf"
    parser = Supervisor(settings, addresses)._configuration([process])
    (settings.stack / "tmp").mkdir(exist_ok=True)
    with file.open("w") as out:
        parser.write(out)
    options = ServerOptions()
    options.realize(args=["-c", str(file)])
    assert options.identifier == str(settings.stack)
    [group] = options.process_group_configs
    [config] = group.process_configs
    return config


@pytest.mark.parametrize(
    "name",
    [
        "plain",
        "with space",
        "100%",
        "%(here)s",
        "%(ENV_PATH)s",
        "it's",
        'an "inn" here',
        "semi;colon",
        "#1",
        "a=b,c",
        "中文",
    ],
)
def test_folders_may_have_almost_any_name(tmp_path: Path, name: str) -> None:
    home = tmp_path / name
    command = (str(home / "redis server"), "--dir", str(home), "")
    config = read(Settings(home=home), Process("redis", command, lambda: True, {"A": str(home), "B": "b"}))
    assert tuple(shlex.split(config.command)) == command
    assert config.environment == {"A": str(home), "B": "b"}
    assert config.stdout_logfile == str(home / "stack" / "log" / "redis.log")


@pytest.mark.parametrize("name", ["two ; three", "my #1", "line\nbreak"])
def test_a_folder_that_would_start_a_comment_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StackError, match=r"supervisord's configuration cannot hold a line break, nor ';' or '#'"):
        read(Settings(home=tmp_path / name), Process("redis", ("redis-server",), lambda: True))


@pytest.mark.parametrize("value", ["both ' and \"", "'at the ends'", 'at the end"'])
def test_a_variable_that_cannot_be_quoted_is_refused(own_settings: Settings, value: str) -> None:
    with pytest.raises(StackError, match="cannot hold quotes of both kinds"):
        read(own_settings, Process("redis", ("redis-server",), lambda: True, {"A": value}))


def test_processes_come_back_and_end_with_their_children(own_settings: Settings) -> None:
    config = read(own_settings, Process("taskmanager-1", ("taskmanager.sh",), lambda: True, stop_seconds=7))
    assert config.name == "taskmanager-1"
    assert config.autorestart is RestartUnconditionally
    assert (config.stopasgroup, config.killasgroup, config.stopwaitsecs) == (True, True, 7)
