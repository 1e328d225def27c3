"""What is launched is as if Python itself had run it: warm, or cold where it has to be."""

from __future__ import annotations

import json
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from headrace.worker.channel import SOCKET
from headrace.worker.process import parent_of
from tests.unit.worker.conftest import Template, await_true

Launch = Callable[..., subprocess.Popen[str]]
WAITS = """
import os, signal, sys, time
print(os.getpid(), flush=True)
while True:
    time.sleep(60)
"""
TELLS = """
import json, os, random, sys
umask = os.umask(0)
group = os.getpgrp() == os.getpid()
print(json.dumps({
    "argv": sys.argv[1:], "name": __name__, "path": sys.path, "cwd": os.getcwd(), "umask": umask,
    "random": random.random(),
    "environment": dict(os.environ), "parent": os.getppid(), "group": group, "modules": sorted(sys.modules),
    "descriptors": len(os.listdir("/proc/self/fd")) - 1, "input": sys.stdin.read(),
}))
print("wrong", file=sys.stderr)
"""
COLD = "headrace-python: this worker starts cold: "


def tell(launch: Launch, *arguments: str, **options: object) -> tuple[dict[str, object], str]:
    """Launches a program that tells about itself; also, what stands on standard error."""
    process = launch(TELLS, *arguments, **options)
    out, error = process.communicate("said\n", timeout=60)
    assert process.returncode == 0, error
    return json.loads(out), error


def started_pid(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    return int(process.stdout.readline())


def test_worker_is_as_cold_but_forked(template: Template, launch: Launch, tmp_path: Path) -> None:
    options = {"cwd": str(tmp_path), "umask": 0o027}
    warm, warm_error = tell(launch, "a", "b c", **options)
    template.process.kill()
    template.process.wait()
    cold, cold_error = tell(launch, "a", "b c", **options)
    assert warm["parent"] == template.process.pid
    assert warm["argv"] == ["a", "b c"]
    for same in ("argv", "name", "path", "cwd", "umask", "input"):
        assert warm[same] == cold[same], same
    assert warm_error == "wrong\n"
    assert cold_error == f"{COLD}{template.socket}: Connection refused\nwrong\n"
    # What the template sets for itself aside, to be one thread.
    assert {**warm["environment"], "JE_ARROW_MALLOC_CONF": ""} == {**cold["environment"], "JE_ARROW_MALLOC_CONF": ""}
    # Standard streams, and the pidfds of the TaskManager, the script and the launcher.
    assert warm["descriptors"] == 6
    assert warm["group"]


def test_other_variables_reach_the_worker(
    template: Template, launch: Launch, environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "own").mkdir()
    path = f"{tmp_path / 'own'}{os.pathsep}{environment['PYTHONPATH']}"
    told, _ = tell(launch, env={**environment, "PYTHONPATH": path, "OTHER": "值\udc80"})
    assert told["parent"] == template.process.pid
    assert told["environment"]["OTHER"] == "值\udc80"  # type: ignore[index]
    assert told["path"][1] == str(tmp_path / "own")  # type: ignore[index]


def test_no_two_workers_draw_the_same_numbers(template: Template, launch: Launch) -> None:
    assert tell(launch)[0]["random"] != tell(launch)[0]["random"]


def test_project_code_is_read_anew(template: Template, launch: Launch) -> None:
    """Neither what the template runs itself nor an earlier worker's program stays."""
    told, _ = tell(launch)
    assert not [name for name in told["modules"] if name.startswith(("headrace", "udf"))]  # type: ignore[attr-defined]
    assert launch("print('edited')").communicate(timeout=60)[0] == "edited\n"


@pytest.mark.parametrize(
    ("program", "status"),
    [
        ("pass", 0),
        ("import sys; sys.exit(7)", 7),
        ("raise ValueError('why')", 1),
        ("import os; os._exit(200)", 200),
        ("import os; os.abort()", -signal.SIGABRT),
        ("import os; os.kill(os.getpid(), 9)", -signal.SIGKILL),
    ],
)
def test_exit_status_passes_through(template: Template, launch: Launch, program: str, status: int) -> None:
    process = launch(program)
    _, error = process.communicate(timeout=60)
    assert process.returncode == status
    assert COLD not in error
    assert ("ValueError: why" in error) == ("ValueError" in program)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1])
def test_signals_pass_through(template: Template, launch: Launch, number: signal.Signals) -> None:
    process = launch(WAITS)
    worker = psutil.Process(started_pid(process))
    process.send_signal(number)
    process.communicate(timeout=60)
    # Python makes an exception of SIGINT, and ends by the signal when nobody catches it.
    assert process.returncode == -number
    await_true(lambda: not worker.is_running())


def test_worker_may_handle_a_signal(template: Template, launch: Launch) -> None:
    handles = "import signal, sys\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(5))\n" + WAITS
    process = launch(handles)
    started_pid(process)
    process.terminate()
    process.communicate(timeout=60)
    assert process.returncode == 5


@pytest.mark.parametrize("warm", [True, False])
@pytest.mark.parametrize("who", ["launcher", "owner"])
def test_worker_ends_with(request: pytest.FixtureRequest, launch: Launch, warm: bool, who: str) -> None:
    if warm:
        request.getfixturevalue("template")
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as owner:
        process = launch(WAITS, owner=owner.pid)
        worker = psutil.Process(started_pid(process))
        (process if who == "launcher" else owner).kill()
        process.communicate(timeout=60)
        assert process.returncode == (-signal.SIGKILL if who == "launcher" else 1)
        await_true(lambda: not worker.is_running())
        owner.kill()


def test_worker_that_lets_no_thread_run_ends_with_its_launcher(template: Template, launch: Launch) -> None:
    """A stopped process runs no watch of its own: here it is the server that ends it."""
    process = launch(WAITS)
    worker = psutil.Process(started_pid(process))
    worker.suspend()
    process.kill()
    process.communicate(timeout=60)
    await_true(lambda: not worker.is_running())


def test_worker_outlives_its_server_but_not_its_launcher(template: Template, launch: Launch) -> None:
    process = launch(WAITS)
    worker = psutil.Process(started_pid(process))
    template.process.kill()
    template.process.wait()
    assert process.poll() is None
    assert worker.status() != psutil.STATUS_ZOMBIE
    process.terminate()
    _, error = process.communicate(timeout=60)
    assert process.returncode == 1
    assert error == "headrace-python: the worker ended; how, its server did not say\n"
    await_true(lambda: not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE)


def test_no_socket_named_no_word_about_it(launch: Launch, environment: dict[str, str]) -> None:
    told, error = tell(launch, env={name: value for name, value in environment.items() if name != SOCKET})
    assert told["parent"] == os.getpid()
    assert error == "wrong\n"


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [(["-c", "import sys; print(sys.argv)", "a"], "['-c', 'a']\n"), (["-V"], f"Python {platform.python_version()}\n")],
)
def test_other_arguments_run_python_as_they_are(arguments: list[str], printed: str) -> None:
    launcher = "from headrace.worker.launcher import main; main()"
    result = subprocess.run([sys.executable, "-c", launcher, *arguments], capture_output=True, text=True, check=True)
    assert result.stdout == printed


def test_parent_is_found_whatever_the_name_of_a_process() -> None:
    program = "open('/proc/self/comm', 'w').write(') R 1 (x'); print(flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert parent_of(process.pid) == os.getpid()
        process.kill()
