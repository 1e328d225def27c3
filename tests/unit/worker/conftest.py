"""A process that workers are forked from, with few imports, and launchers of small programs."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest

from headrace.settings import PROJECT
from headrace.testing import waiting
from headrace.worker.channel import SOCKET, ColdStart, connect

LAUNCH = "import os, sys; from headrace.worker.launcher import run_worker; "
# Reaches the launcher as it stands: the launcher's parent is its owner, or a process of the test's own is.
PARENT = "run_worker(sys.argv[1], sys.argv[2:], os.getppid(), os.getppid())"
OWNER = "run_worker(sys.argv[2], sys.argv[3:], int(sys.argv[1]), int(sys.argv[1]))"


await_true = partial(waiting.await_true, seconds=30, every=0.02)


def serves(socket: Path) -> bool:
    try:
        connect(str(socket), seconds=5).close()
    except ColdStart:
        return False
    return True


@dataclass
class Template:
    """A running `headrace.worker.template`."""

    socket: Path
    process: subprocess.Popen[str]

    def children(self) -> list[psutil.Process]:
        """Its workers, zombies among them."""
        return psutil.Process(self.process.pid).children()

    def descriptors(self) -> int:
        return psutil.Process(self.process.pid).num_fds()


@pytest.fixture(autouse=True)
def no_orphans(tmp_path: Path) -> Iterator[None]:
    """Whatever a test does, it leaves no process of the template's or a launcher's."""
    yield
    await_true(lambda: not processes_of(str(tmp_path)))


def processes_of(folder: str) -> list[int]:
    """The processes, zombies left out, whose environment names a folder."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.environ().get(SOCKET, "").startswith(folder):
                found.append(process.pid)
    return found


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Of both template and launchers; programs of tests are on the path of both."""
    programs = tmp_path / "programs"
    programs.mkdir()
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{PROJECT}{os.pathsep}{programs}",
        "PYTHONPYCACHEPREFIX": str(tmp_path / "cache"),
        "OMP_NUM_THREADS": "1",
        SOCKET: str(tmp_path / "workers" / "socket"),
    }


@pytest.fixture
def start_template(environment: dict[str, str], tmp_path: Path, no_orphans: None) -> Iterator[Callable[..., Template]]:
    """Starts a template and waits until it serves."""
    started: list[subprocess.Popen[str]] = []

    def start(*modules: str, executable: str = sys.executable, **variables: str) -> Template:
        socket = Path(environment[SOCKET])
        options = [f"--module={module}" for module in modules or ("json",)]
        with (tmp_path / "template.log").open("a") as log:
            process = subprocess.Popen(
                [executable, "-m", "headrace.worker.template", str(socket), *options],
                env={**environment, **variables},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                text=True,
            )
        started.append(process)
        await_true(lambda: process.poll() is not None or serves(socket), seconds=120)
        assert process.poll() is None, (tmp_path / "template.log").read_text()
        return Template(socket, process)

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def template(start_template: Callable[..., Template]) -> Template:
    return start_template()


@pytest.fixture
def launch(environment: dict[str, str], tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """Starts a launcher of a program, given as its lines; its standard streams are pipes."""

    def start(
        program: str, *arguments: str, owner: int | None = None, executable: str = sys.executable, **options: Any
    ) -> subprocess.Popen[str]:
        file = tmp_path / "programs" / "small_program.py"
        if not file.exists() or file.read_text() != program:  # another launcher may just be reading it
            file.write_text(program)
        code = LAUNCH + (PARENT if owner is None else OWNER)
        who = [] if owner is None else [str(owner)]
        options.setdefault("env", environment)
        return subprocess.Popen(
            [executable, "-c", code, *who, "small_program", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    return start
