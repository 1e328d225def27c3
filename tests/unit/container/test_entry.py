"""What of a container's output is made JSON lines."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from headrace.container import entry
from headrace.container.entry import TASK_MANAGER_ID, log_fields, logs_json
from headrace.logs.fields import FORMAT, NODE, ROLE
from headrace.settings import PROJECT


@pytest.mark.parametrize(
    ("role", "words", "is_terminal", "wanted"),
    [
        ("jobmanager", ["10.1.2.3"], False, True),
        ("deploy", [], False, True),
        # Somebody asks, and reads the answer.
        ("deploy", ["status", "--json"], False, False),
        ("deploy", [], True, False),
    ],
)
def test_what_is_json(role: str, words: list[str], is_terminal: bool, wanted: bool) -> None:
    assert logs_json(role, words, {FORMAT: "json"}, is_terminal) is wanted
    assert not logs_json(role, words, {FORMAT: "text"}, is_terminal)
    assert not logs_json(role, words, {}, is_terminal)


def test_a_task_manager_has_the_name_that_flink_knows() -> None:
    assert log_fields("taskmanager", {TASK_MANAGER_ID: "tm-7"}) == {ROLE: "taskmanager", NODE: "tm-7"}
    assert log_fields("taskmanager", {}) == {ROLE: "taskmanager", NODE: socket.gethostname()}
    assert log_fields("jobmanager", {TASK_MANAGER_ID: "tm-7"})[NODE] == socket.gethostname()


def run(tmp_path: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ, "PYTHONPATH": str(PROJECT), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HEADRACE_RUN_FOLDER": str(tmp_path / "run"), "HEADRACE_STATE": str(tmp_path / "state"), **variables,
    }  # fmt: skip
    command = [sys.executable, "-S", "-m", entry.__name__, *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=120)


def test_a_container_that_cannot_start_says_so_in_json(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    failed = run(tmp_path, "jobmanager", HEADRACE_LOG_FORMAT="json")
    assert failed.returncode == 1
    [line] = failed.stderr.splitlines()
    found = json.loads(line)
    assert (found["log.level"], found["labels.role"]) == ("ERROR", "jobmanager")
    assert "Mount a volume there" in found["message"]
    assert "Mount a volume there" in run(tmp_path, "jobmanager", HEADRACE_LOG_FORMAT="text").stderr.splitlines()[-1]


def test_the_answer_of_a_command_is_its_own(tmp_path: Path) -> None:
    answered = run(tmp_path, "deploy", "image", "tag", HEADRACE_LOG_FORMAT="json")
    assert answered.stdout.startswith("v")
    assert answered.returncode == 0
