"""scripts/setup.py: each step once, and what it says where it cannot go on."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from headrace.rendering.fonts import PACKAGES
from headrace.settings import PROJECT


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, with a project folder and a home of this test's own."""
    monkeypatch.setenv("HEADRACE_HOME", str(tmp_path / "home"))
    spec = importlib.util.spec_from_file_location("headrace_setup", PROJECT / "scripts" / "setup.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "headrace_setup", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "PROJECT", tmp_path)
    return module


class Made:
    """A step's work: writes a file, and counts."""

    def __init__(self, folder: Path) -> None:
        self.lock = folder / "lock.txt"
        self.lock.write_text("a==1\n")
        self.result = folder / "result"
        self.times = 0

    def make(self) -> None:
        self.times += 1
        self.result.write_text("made")

    def fail(self) -> None:
        self.result.write_text("half made")
        raise OSError("no network")


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return Made(tmp_path)


def step(setup: ModuleType, made: Made, make: Callable[[], None] | None = None) -> Any:
    return setup.Step("env", "an environment", lambda: [made.lock], make or made.make, made.result)


def test_a_step_runs_once(setup: ModuleType, made: Made) -> None:
    assert [step(setup, made).run() for _ in range(3)] == [True, False, False]
    assert made.times == 1


def test_a_step_runs_again_when_an_input_changes(setup: ModuleType, made: Made) -> None:
    the_step = step(setup, made)
    the_step.run()
    made.lock.write_text("a==2\n")
    assert the_step.run()
    assert made.times == 2


def test_a_step_runs_again_when_its_result_is_gone(setup: ModuleType, made: Made) -> None:
    the_step = step(setup, made)
    the_step.run()
    made.result.unlink()
    assert the_step.run()


def test_a_step_that_failed_runs_again(setup: ModuleType, made: Made) -> None:
    with pytest.raises(OSError, match="no network"):
        step(setup, made, made.fail).run()
    assert step(setup, made).run()


def test_a_step_runs_again_in_a_folder_that_was_moved(
    setup: ModuleType, made: Made, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Environments hold absolute paths."""
    step(setup, made).run()
    monkeypatch.setattr(setup, "PROJECT", tmp_path.parent)
    assert step(setup, made).run()


def test_every_input_of_every_step_is_a_file_of_the_project(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "PROJECT", PROJECT)
    steps = [*setup.BASE_STEPS, setup.TRAINING_STEP]
    inputs = [path for the_step in steps for path in the_step.inputs()]
    assert inputs
    assert [path for path in inputs if not path.is_file() or not path.is_relative_to(PROJECT)] == []
    assert len({the_step.name for the_step in steps}) == len(steps)


def test_missing_system_packages_without_root_name_the_command(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = {"maven": lambda: True, "redis-server": lambda: True, "python3.11-venv": lambda: False}
    monkeypatch.setattr(setup, "MISSING_WHEN", missing)
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(setup.shutil, "which", lambda name: None if name == "sudo" else f"/usr/bin/{name}")
    with pytest.raises(setup.SetupError) as raised:
        setup.install_system_packages()
    message = str(raised.value)
    assert message.startswith("This machine lacks maven, redis-server, and this user may not install them.")
    assert "\n    apt-get update && apt-get install --yes --no-install-recommends maven redis-server\n" in message


def test_missing_system_packages_are_installed_by_root(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[str] = []
    monkeypatch.setattr(setup, "MISSING_WHEN", {"maven": lambda: "maven" not in installed, "git": lambda: False})
    monkeypatch.setattr(setup.os, "geteuid", lambda: 0)
    monkeypatch.setattr(setup.shutil, "which", lambda name: f"/usr/bin/{name}")
    commands: list[tuple[str, ...]] = []

    def run(*command: str) -> None:
        commands.append(command)
        if "install" in command:
            installed.append(command[-1])

    monkeypatch.setattr(setup, "run", run)
    setup.install_system_packages()
    assert [word for command in commands for word in command if word in {"update", "install"}] == ["update", "install"]
    assert installed == ["maven"]


def test_fonts_are_installed_only_for_documents(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "MISSING_WHEN", {})
    monkeypatch.setattr(setup, "FONTS", Path("/nonexistent"))
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(setup.shutil, "which", lambda _: None)
    setup.install_system_packages()
    with pytest.raises(setup.SetupError, match=f"This machine lacks {', '.join(PACKAGES)}, and"):
        setup.install_system_packages(with_fonts=True)


def test_packages_that_stay_missing_are_an_error(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "MISSING_WHEN", {"openjdk-17-jdk-headless": lambda: True})
    monkeypatch.setattr(setup.os, "geteuid", lambda: 0)
    monkeypatch.setattr(setup.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(setup, "run", lambda *_: None)
    with pytest.raises(setup.SetupError, match="openjdk-17-jdk-headless still missing after `apt-get update"):
        setup.install_system_packages()


@pytest.mark.parametrize(
    ("printed", "found"),
    [("javac 17.0.9", True), ("javac 21", True), ("javac 11.0.2", False), ("javac 1.8.0_392", False), ("", False)],
)
def test_java_before_17_does_not_count(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, printed: str, found: bool
) -> None:
    javac = tmp_path / "jdk" / "bin" / "javac"
    javac.parent.mkdir(parents=True)
    javac.write_text(f"#!/bin/sh\necho '{printed}'\n")
    javac.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "jdk"))
    assert setup.java_home() == (tmp_path / "jdk" if found else None)


def test_a_command_that_fails_shows_what_it_printed(setup: ModuleType) -> None:
    with pytest.raises(setup.SetupError, match=r"(?s)ended with exit status 3:\nno such host\n.*needs the network"):
        setup.run("sh", "-c", "echo no such host; exit 3")


def test_another_python_is_refused_before_anything_is_made(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(setup, "PYTHON_VERSION", (3, 10))
    monkeypatch.setattr(sys, "argv", ["setup.py"])
    monkeypatch.setattr(setup, "install_system_packages", lambda: pytest.fail("it went on"))
    assert setup.main() == 1
    assert "set-up: This is Python 3.11" in capsys.readouterr().err
    assert not (tmp_path / "home").exists()


def test_help_needs_nothing() -> None:
    """It runs on the standard library alone: it makes the environment that everything else runs in."""
    script = PROJECT / "scripts" / "setup.py"
    result = subprocess.run([sys.executable, "-I", "-S", script, "--help"], capture_output=True, text=True, check=False)
    assert result.returncode == 0
    assert "--train" in result.stdout


def chosen(setup: ModuleType, *arguments: str) -> list[str]:
    parser = setup.argparse.ArgumentParser()
    for name in ("train", "documents", "runtime"):
        parser.add_argument(f"--{name}", action="store_true")
    parser.add_argument("--steps", nargs="+")
    parser.add_argument("--device", default="cpu")
    return [step.says for step in setup.chosen_steps(parser.parse_args(arguments))]


def test_steps_are_chosen_by_name_in_their_order(setup: ModuleType) -> None:
    assert len(chosen(setup)) == 7
    assert len(chosen(setup, "--train", "--documents")) == 8
    assert chosen(setup, "--steps", "plugin", "bootstrap") == [
        "uv, the Python installer",
        "Headrace's Flink plug-in, built",
    ]
    with pytest.raises(setup.SetupError, match="--steps jar: there is no such step"):
        chosen(setup, "--steps", "jar")


def test_an_image_has_no_developers_tools(setup: ModuleType) -> None:
    [step] = chosen(setup, "--runtime", "--steps", "env")
    assert step == "worker environment: Flink, Paddle, PaddleOCR, to run on cpu"


def test_paddle_for_gpus_is_named_by_its_hash(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PADDLE_GPU_WHEEL", "https://example.org/paddlepaddle_gpu-3.3.1-cp311.whl")
    with pytest.raises(setup.SetupError, match="with its hash"):
        setup.make_runtime_environment(setup.ENVIRONMENT, setup.LOCKS / "worker-cpu.txt", "gpu")


def test_a_lock_without_one_package(setup: ModuleType) -> None:
    lock = "a==1 \\\n    --hash=sha256:1\n    # via b\nb==2 \\\n    --hash=sha256:2\nb-c==3\n"
    assert setup.without_requirement(lock, "b") == "a==1 \\\n    --hash=sha256:1\n    # via b\nb-c==3\n"
    worker = (setup.LOCKS / "worker-cpu.txt").read_text()
    left = setup.without_requirement(worker, "paddlepaddle")
    assert "paddlepaddle==" in worker
    assert "paddlepaddle==" not in left
    assert worker.count("==") - left.count("==") == 1
