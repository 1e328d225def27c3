"""What Python functions have said of themselves, kept between commands: to import PyFlink takes a second."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from headrace.atomic_file import atomic_file
from headrace.settings import settings


@dataclass(frozen=True)
class FunctionDescription:
    """What a Python function says: kind, result type as text, pandas, deterministic; or why it could not be read.

    `model` is the name of the model that it runs: the attribute `model` of the function, or of the object or function
    that was given to udf(…); empty if there is none.
    """

    kind: str = "scalar"
    result: str = ""
    pandas: bool = False
    deterministic: bool = True
    model: str = ""
    error: str = ""


def read(home: Path, name: str) -> FunctionDescription | None:
    """What is kept of a function; None if there is nothing, or a file that its import read is another now.

    Args:
        home: the folder that holds its module.
        name: `module.function`.
    """
    try:
        kept = json.loads(_file(home, name).read_text(encoding="utf-8"))
        if any(_state(Path(file)) != state for file, state in kept["files"].items()):
            return None
        return FunctionDescription(**kept["function"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(home: Path, name: str, description: FunctionDescription, files: Iterable[Path]) -> None:
    """Keeps what a function said.

    Args:
        home, name: as `read` is given them.
        description: what it said.
        files: the files of Python that its import read.
    """
    states = {str(file): _state(file) for file in files}
    file = _file(home, name)
    file.parent.mkdir(parents=True, exist_ok=True)
    with atomic_file(file) as partial:
        partial.write_text(json.dumps({"function": asdict(description), "files": states}), encoding="utf-8")


def _file(home: Path, name: str) -> Path:
    digest = hashlib.sha256("\n".join([str(home), name, sys.prefix]).encode()).hexdigest()
    return settings().home / "cache" / "functions" / f"{digest[:32]}.json"


def _state(file: Path) -> list[int]:
    status = file.stat()
    return [status.st_mtime_ns, status.st_size]
