"""Containers that run: each a read-only root of an image's layers, as the image's user, in this process' network."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from headrace.testing.container.build import Image
from headrace.testing.container.mounts import Inside, bound, overlay, temporary_file_system

END_SECONDS = 60


@dataclass(frozen=True)
class Container:
    """One container: its root, and how a process runs in it."""

    name: str
    inside: Inside
    log: Path

    @contextlib.contextmanager
    def running(self, image: Image, arguments: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
        """Runs the image's entry point with these arguments, in the background; ends it."""
        with self.log.open("wb") as out:
            command = self.inside.command([*image.entry_point, *arguments])
            process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
            try:
                yield process
            finally:
                stop(process)

    def run(self, words: Sequence[str], seconds: float = 300) -> subprocess.CompletedProcess[str]:
        """Runs a command to its end, as `docker exec` does."""
        command = self.inside.command(words)
        return subprocess.run(
            command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, timeout=seconds
        )


@contextlib.contextmanager
def container(
    name: str, image: Image, home: Path, state: Path, secrets: Path, neighbours: Sequence[str], **environment: str
) -> Iterator[Container]:
    """Makes a container's root: read-only, but for /tmp (in memory) and the volume of the stack's state.

    Args:
        name: of the container.
        image: what it is made of.
        home: folder for its root and log.
        state: folder of the volume, shared by all containers.
        secrets: folder shown as /run/secrets.
        neighbours: names of the other containers, all of them on loopback.
        environment: further variables, as `docker run --env`.
    """
    user = int(image.user.partition(":")[0])
    (home / "containers").mkdir(parents=True, exist_ok=True)
    with ExitStack() as mounted:
        root = mounted.enter_context(overlay(image.layers, home / "containers" / name))
        mounted.enter_context(temporary_file_system(root / "tmp"))
        mounted.enter_context(temporary_file_system(root / "dev" / "shm"))
        # /run/secrets is a folder of the engine's own.
        mounted.enter_context(temporary_file_system(root / "run", mode="755"))
        (root / "run" / "secrets").mkdir()
        mounted.enter_context(bound(secrets, root / "run" / "secrets"))
        mounted.enter_context(bound(state, root / image.volumes[0].lstrip("/"), is_writable=True))
        hosts = home / "containers" / f"{name}.hosts"
        hosts.write_text(f"127.0.0.1 localhost {' '.join(neighbours)} {name}\n")
        mounted.enter_context(bound(hosts, root / "etc" / "hosts"))
        os.chown(state, user, user)
        inside = replace(image.inside(root, **environment), host=name)
        yield Container(name, inside, home / "containers" / f"{name}.log")


def stop(process: subprocess.Popen[bytes]) -> int:
    """Ends a container as an engine does: SIGTERM to its first process, SIGKILL to all when it takes too long.

    Returns:
        Its exit status.
    """
    for child in first_processes(process.pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGTERM)
    try:
        return process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise


def first_processes(pid: int) -> list[int]:
    """The children of the process that has made a container's namespaces: the container's first process."""
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []
