"""The command `headrace` on the stack of these tests, and a copy of the project for it to deploy."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from headrace.deploy.records import Records
from headrace.settings import PROJECT
from headrace.stack.stack import Stack
from headrace.testing.waiting import await_true


def say(message: str) -> None:
    print(message)  # noqa: T201  (pytest shows it with a failure)


@dataclass(frozen=True)
class Commands:
    """Runs `headrace` on the stack, as a user does."""

    stack: Stack

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        with self.begin(*arguments) as process:
            out, err = process.communicate()
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        """Without waiting for its end."""
        return subprocess.Popen(
            [self.stack.settings.environment / "bin" / "headrace", *arguments],
            cwd=PROJECT,
            env={**os.environ, "HEADRACE_STACK_NAME": self.stack.settings.stack_name},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ok(self, *arguments: str) -> str:
        """One that must succeed: what it says."""
        result = self(*arguments)
        assert result.returncode == 0, result.stdout + result.stderr
        say(result.stdout)
        return result.stdout


@dataclass
class Line:
    """A line that a command has said."""

    text: str = ""


@contextmanager
def kill_at(headrace: Commands, begin_of_line: str, *options: str) -> Iterator[Line]:
    """Runs a deployment, the block while it holds its lock, and kills it when it says a line."""
    line = Line()
    holder = Records(headrace.stack.settings).folder / ".lock.holder.json"
    with headrace.begin("deploy", *options) as process:
        await_true(lambda: holder.exists() and json.loads(holder.read_text())["process"] == process.pid, every=0.1)
        yield line
        line.text = read_until(process, begin_of_line)
        process.kill()


def read_until(process: subprocess.Popen[str], begin_of_line: str) -> str:
    """Reads what a command says up to a line that begins so, and gives that line."""
    assert process.stdout
    for line in process.stdout:
        say(line.rstrip())
        if line.startswith(begin_of_line):
            return line
    assert process.stderr
    raise AssertionError(f"it never said {begin_of_line!r}: {process.stderr.read()}")


class Project:
    """A copy of the SQL files, to be changed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("catalog", "sql"):
            shutil.copytree(PROJECT / folder, root / folder)

    def write(self, file: str, text: str) -> None:
        (self.root / file).write_text(text)

    def replace(self, file: str, old: str, new: str) -> None:
        text = (self.root / file).read_text()
        assert old in text
        self.write(file, text.replace(old, new, 1))

    def remove(self, file: str) -> None:
        (self.root / file).unlink()

    def rename(self, file: str, name: str) -> None:
        (self.root / file).rename(self.root / file.replace(Path(file).name, name))
