"""When a worker is not forked: it starts cold, and says why; it never starts twice."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from headrace.worker.channel import SOCKET, ColdStart, Handover, Listener, Request, connect, send
from headrace.worker.fingerprint import fingerprint
from headrace.worker.process import has_ended
from tests.unit.worker.conftest import Template, await_true, serves

Launch = Callable[..., subprocess.Popen[str]]
PARENT = "import os; print(os.getppid())"
NOBODY = 65534
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be two users")


def reason(process: subprocess.Popen[str]) -> str:
    """Why a launched worker started cold."""
    out, error = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, f"{os.getpid()}\n"), error
    before, words, after = error.partition("headrace-python: this worker starts cold: ")
    assert not before
    assert words, error
    return after.removesuffix("\n")


@contextmanager
def forked(task: Callable[[], None]) -> Iterator[int]:
    """A child that does something, as another user."""
    process_id = os.fork()
    if not process_id:
        try:
            task()
        finally:
            os._exit(0)
    yield process_id
    os.kill(process_id, signal.SIGKILL)
    os.waitpid(process_id, 0)


def test_no_server(launch: Launch, environment: dict[str, str]) -> None:
    folder = Path(environment[SOCKET]).parent
    assert reason(launch(PARENT)) == f"{folder}: No such file or directory"
    folder.mkdir(0o700)
    assert reason(launch(PARENT)) == f"{folder / 'socket'}: No such file or directory"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("OMP_NUM_THREADS", "2", "OMP_NUM_THREADS is '1' there, '2' here"),
        ("LD_LIBRARY_PATH", "/opt/lib", "LD_LIBRARY_PATH is None there, '/opt/lib' here"),
        ("FLAGS_use_mkldnn", "1", "FLAGS_use_mkldnn is None there, '1' here"),
    ],
)
def test_other_variables(
    template: Template, launch: Launch, environment: dict[str, str], name: str, value: str, words: str
) -> None:
    assert reason(launch(PARENT, env={**environment, name: value})) == words
    assert not template.children()


@pytest.mark.parametrize("archive", [False, True])
def test_package_of_the_jobs_own(
    start_template: Callable[..., Template],
    launch: Launch,
    environment: dict[str, str],
    tmp_path: Path,
    archive: bool,
) -> None:
    """A job that ships a package of a name which the template has imported gets its own."""
    (tmp_path / "programs" / "shared_package.py").write_text("text = 'of the template'\n")
    start_template("shared_package")
    own = tmp_path / "own"
    own.mkdir()
    (own / "shared_package.py").write_text("text = 'of the job'\n")
    if archive:
        shutil.make_archive(str(own), "zip", own)
    place = own.with_suffix(".zip") if archive else own
    path = f"{place}{os.pathsep}{environment['PYTHONPATH']}"
    program = "import shared_package; print(shared_package.text)"
    out, error = launch(program, env={**environment, "PYTHONPATH": path}).communicate(timeout=60)
    assert f"{place}/shared_package.py would be imported from the worker's own path" in error
    assert out == "of the job\n"
    assert launch(program).communicate(timeout=60) == ("of the template\n", "")


def test_packages_installed_meanwhile(start_template: Callable[..., Template], launch: Launch, tmp_path: Path) -> None:
    """The server ends, for its supervisor to start it again."""
    venv.create(tmp_path / "env")
    executable = str(tmp_path / "env" / "bin" / "python")
    template = start_template(executable=executable)
    warm = launch(PARENT, executable=executable)
    assert warm.communicate(timeout=60)[0] == f"{template.process.pid}\n"
    (tmp_path / "env" / "lib" / "python3.11" / "site-packages" / "new-1.0.dist-info").mkdir()
    assert reason(launch(PARENT, executable=executable)) == "packages were installed since its server started"
    assert template.process.wait(60) == 1
    again = start_template(executable=executable)
    warm = launch(PARENT, executable=executable)
    assert warm.communicate(timeout=60)[0] == f"{again.process.pid}\n"


def test_other_python(start_template: Callable[..., Template], launch: Launch, tmp_path: Path) -> None:
    venv.create(tmp_path / "env")
    start_template(executable=str(tmp_path / "env" / "bin" / "python"))
    assert str(tmp_path / "env") in reason(launch(PARENT))


def test_imports_that_start_threads(start_template: Callable[..., Template], launch: Launch, tmp_path: Path) -> None:
    program = "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\n"
    (tmp_path / "programs" / "with_thread.py").write_text(program)
    start_template("with_thread")
    assert reason(launch(PARENT)) == "importing started threads: python. Set OMP_NUM_THREADS=1."


def test_server_that_does_not_answer(template: Template, launch: Launch) -> None:
    """When it goes on, it finds that nobody waits any more."""
    template.process.send_signal(signal.SIGSTOP)
    process = launch("import os; print(os.getppid(), flush=True); input()")
    assert process.stdout is not None
    assert process.stdout.readline() == f"{os.getpid()}\n"
    template.process.send_signal(signal.SIGCONT)
    # A later one is served: the server has dealt with the one before.
    later = launch(PARENT)
    assert later.communicate(timeout=60)[0] == f"{template.process.pid}\n"
    await_true(lambda: not template.children())
    out, error = process.communicate("\n", timeout=60)
    assert out == ""
    assert error.endswith("timed out\n")


def test_worker_whose_launcher_hesitates_does_nothing(template: Template, environment: dict[str, str]) -> None:
    """It is ready, but the word to go never comes."""
    variables = {**environment, "LC_CTYPE": "C.UTF-8"}  # Python sets it where no locale is set (PEP 538)
    request = Request("small_program", [], variables, "/", 0o22, fingerprint(variables)).write()
    own = os.pidfd_open(os.getpid())
    connection = connect(str(template.socket), 30)
    send(connection, Handover(request, 0, 1, 2, own, own, own))
    answer, [worker], _, _ = socket.recv_fds(connection, 4096, 1)
    assert answer == b"ready"
    connection.close()
    await_true(lambda: has_ended(worker))
    for descriptor in (request, own, worker):
        os.close(descriptor)


def test_second_server_is_refused(template: Template, start_template: Callable[..., Template]) -> None:
    with pytest.raises(ColdStart, match="another process listens"):
        Listener(str(template.socket))
    assert serves(template.socket)


def test_killed_server_is_no_obstacle(template: Template, start_template: Callable[..., Template]) -> None:
    template.process.kill()
    template.process.wait()
    assert serves(start_template().socket)


def test_its_workers_are_no_obstacle_either(
    template: Template, start_template: Callable[..., Template], launch: Launch
) -> None:
    worker = launch("print(flush=True); input()")
    assert worker.stdout is not None
    worker.stdout.readline()
    template.process.kill()
    template.process.wait()
    assert serves(start_template().socket)
    worker.communicate("\n", timeout=60)


def test_long_path(tmp_path: Path) -> None:
    """The kernel takes 107 bytes of a socket's path."""
    path = tmp_path / ("x" * 200) / ("y" * 80)
    listener = Listener(str(path))
    connect(str(path), 5).close()
    listener.close()


def test_folder_that_others_may_enter(template: Template, launch: Launch) -> None:
    template.socket.parent.chmod(0o750)
    assert "must be user" in reason(launch(PARENT))
    with pytest.raises(ColdStart, match="mode 750"):
        Listener(str(template.socket.with_name("other")))


def test_folder_that_is_a_link(template: Template, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(template.socket.parent)
    with pytest.raises(ColdStart, match="Not a directory"):
        connect(str(tmp_path / "link" / "socket"), 5)


@as_root
def test_folder_of_another_user(template: Template, launch: Launch) -> None:
    os.chown(template.socket.parent, NOBODY, NOBODY)
    assert "belongs to user 65534" in reason(launch(PARENT))


@as_root
def test_server_of_another_user(tmp_path: Path, launch: Launch, environment: dict[str, str]) -> None:
    """It hears neither environment nor arguments."""
    path = Path(environment[SOCKET])
    path.parent.mkdir(0o700)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(str(path))

        def listen() -> None:
            os.setuid(NOBODY)
            listener.listen()
            connection, _ = listener.accept()
            os._exit(3 if connection.recv(100) else 4)

        with forked(listen) as process_id:
            await_true(lambda: refusal(path) == f"{path}: user {NOBODY} listens there")
            status = os.waitid(os.P_PID, process_id, os.WEXITED | os.WNOWAIT)
            assert status is not None
            assert status.si_status == 4


def refusal(path: Path) -> str:
    try:
        connect(str(path), 5).close()
    except ColdStart as error:
        return str(error)
    return ""


@as_root
def test_launcher_of_another_user(template: Template) -> None:
    """Even if it could enter the folder."""
    template.socket.parent.chmod(0o755)
    for folder in list(template.socket.parents)[1:-1]:
        if folder.owner() == "root" and str(folder).startswith("/tmp/"):  # noqa: S108
            folder.chmod(0o755)
    template.socket.chmod(0o666)
    program = (
        "import os, socket, sys\n"
        f"os.setuid({NOBODY})\n"
        "with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as connection:\n"
        "    connection.connect(sys.argv[1])\n"
        "    sys.stdout.write(repr(connection.recv(100)))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, str(template.socket)], capture_output=True, text=True, check=True, timeout=60
    )
    assert result.stdout == "b''"
