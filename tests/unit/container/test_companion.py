"""A program with a companion beside it: whose end is whose."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from headrace.container import companion
from headrace.testing.waiting import await_true

PYTHON = sys.executable


def start(program: list[str], beside: list[str]) -> subprocess.Popen[str]:
    command = [PYTHON, "-I", "-S", companion.__file__, *beside, "--", *program]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def python(text: str) -> list[str]:
    return [PYTHON, "-c", text]


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize(
    ("program", "status"), [("raise SystemExit(7)", 7), ("import os; os.kill(os.getpid(), 9)", 137)]
)
def test_it_ends_as_its_program_ends_and_its_companion_with_it(tmp_path: Path, program: str, status: int) -> None:
    file = tmp_path / "pid"
    beside = python(f"import os, signal; open({str(file)!r}, 'w').write(str(os.getpid())); signal.pause()")
    wait = (
        f"import os, time\nwhile not (os.path.exists({str(file)!r}) and open({str(file)!r}).read()): time.sleep(0.01)\n"
    )
    process = start(python(wait + program), beside)
    assert process.wait(30) == status
    assert not lives(int(file.read_text()))


def test_a_companion_that_ends_is_started_again(tmp_path: Path) -> None:
    file = tmp_path / "starts"
    process = start(python("import signal; signal.pause()"), python(f"open({str(file)!r}, 'a').write('x')"))
    await_true(lambda: file.exists() and len(file.read_text()) >= 2, seconds=30, every=0.1)
    process.terminate()
    assert process.wait(30) == 128 + signal.SIGTERM


def test_signals_go_to_the_program() -> None:
    program = (
        "import signal, sys\nsignal.signal(15, lambda *_: sys.exit(3))\nprint('ready', flush=True)\nsignal.pause()"
    )
    process = start(python(program), python("import signal; signal.pause()"))
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.terminate()
    assert process.wait(30) == 3


def test_a_companion_that_does_not_heed_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "pid"
    beside = python(
        "import os, signal; signal.signal(15, signal.SIG_IGN); "
        f"open({str(file)!r}, 'w').write(str(os.getpid())); signal.pause()"
    )
    wait = (
        f"import os, time\nwhile not (os.path.exists({str(file)!r}) and open({str(file)!r}).read()): time.sleep(0.01)\n"
    )
    process = start(python(wait), beside)
    assert process.wait(30) == 0
    assert not lives(int(file.read_text()))
