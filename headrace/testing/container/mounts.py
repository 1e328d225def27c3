"""Roots made of layers, and processes in them: overlay mounts, chroot, namespaces. Needs root; no container engine."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from headrace.errors import StackError


@contextlib.contextmanager
def overlay(
    layers: Sequence[Path], target: Path, upper: Path | None = None, work: Path | None = None
) -> Iterator[Path]:
    """Mounts layers one above the other, the first one lowest.

    Args:
        layers: all in one folder, whose path is not part of the mount's options: those may have 4,096 characters.
        target: where; made and removed.
        upper: takes what is written; without one nothing can be.
        work: an empty folder on the same file system as `upper`.
    """
    target.mkdir(parents=True, exist_ok=True)
    options = f"lowerdir={':'.join(layer.name for layer in reversed(layers))}"
    if upper is None and len(layers) == 1:
        _run("mount", "--bind", "--options", "ro", str(layers[0]), str(target))
    else:
        if upper is not None:
            options += f",upperdir={upper},workdir={work}"
        _run("mount", "--types", "overlay", "headrace", "--options", options, str(target), cwd=layers[0].parent)
    try:
        yield target
    finally:
        _run("umount", "--recursive", str(target))
        target.rmdir()


@contextlib.contextmanager
def bound(source: Path, target: Path, is_writable: bool = False) -> Iterator[None]:
    """Shows a file or folder at another place."""
    _run("mount", "--bind", str(source), str(target))
    try:
        if not is_writable:
            _run("mount", "--options", "remount,bind,ro", str(target))
        yield
    finally:
        _run("umount", str(target))


@contextlib.contextmanager
def temporary_file_system(target: Path, mode: str = "1777", owner: int = 0) -> Iterator[None]:
    """Mounts an empty one, in memory."""
    options = f"mode={mode},uid={owner},gid={owner},nosuid,nodev"
    _run("mount", "--types", "tmpfs", "headrace", "--options", options, str(target))
    try:
        yield
    finally:
        _run("umount", str(target))


@dataclass(frozen=True)
class Inside:
    """How a process runs in a root.

    Attributes:
        root: folder of the root.
        environment: all its variables.
        user: number and group, `10001:10001`; empty: root.
        folder: its working directory.
        host: name of the host that it believes to be on; empty: this machine's.
    """

    root: Path
    environment: Mapping[str, str]
    user: str = ""
    folder: str = "/"
    host: str = ""

    def command(self, words: Sequence[str]) -> list[str]:
        """The whole command: namespaces of its own for processes and mounts, then the root, then the words.

        Whatever it leaves running ends with its first process.
        """
        namespaces = ["unshare", "--pid", "--fork", "--kill-child", f"--mount-proc={self.root / 'proc'}", "--ipc"]
        user = [f"--userspec={self.user}"] if self.user else []
        # env(1) gives it exactly these variables, and its working directory inside the root.
        variables = [f"{name}={value}" for name, value in self.environment.items()]
        env = ["/usr/bin/env", "-i", f"--chdir={self.folder}", *variables]
        named = ["--uts", "sh", "-c", 'hostname "$0" && exec "$@"', self.host] if self.host else []
        return [*namespaces, *named, "chroot", *user, str(self.root), *env, *words]


def _run(*command: str, cwd: Path | None = None) -> None:
    result = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if result.returncode:
        raise StackError(
            f"`{' '.join(command)}`: {result.stderr.strip()} "
            f"This test mounts file systems: run it as root{'' if os.geteuid() else ', where that is allowed'}."
        )
