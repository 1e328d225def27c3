"""The Java of this machine, and what each of the stack's Java processes is started with."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from headrace.errors import StackError
from headrace.settings import Settings


def java_home() -> Path:
    """The folder of the Java installation: JAVA_HOME where it is set, else the one on the PATH."""
    named = os.environ.get("JAVA_HOME")
    if named:
        return Path(named)
    found = shutil.which("java")
    if not found:
        raise StackError("PATH: there is no `java`. Install Java 17: run `make setup`.")
    return Path(found).resolve().parent.parent


def java() -> str:
    """The `java` program."""
    return str(java_home() / "bin" / "java")


def java_options(settings: Settings) -> tuple[str, ...]:
    """Options of each Java process here: it writes into our own folder only, and is soon warm.

    One compiler instead of two: on a laptop's few cores the second one takes, for a minute after each start, the time
    that the job needs, and what it wins later is small beside the model.
    """
    return (f"-Djava.io.tmpdir={settings.stack / 'tmp'}", "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1")
