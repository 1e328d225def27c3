"""A case: what comes in, and what the features then hold, as files.

    tests/sql/<job>/<case>/case.yaml                  description, and what is set apart from the defaults
    tests/sql/<job>/<case>/input/<source>.jsonl       a line is a message, as it stands in the topic; it may be no JSON
                                                      of a table in which rows are looked up, a line is a row as JSON
    tests/sql/<job>/<case>/expected/<feature>.jsonl   a line is a row, as a reader of the table finds it at the end
    tests/sql/<job>/<case>/arrival.jsonl              in which order the messages of several sources come, and when;
                                                      without it, one source after the other (arrival.py)

A field that an expected row does not name is not compared, nor is a feature without a file. An empty file says that
the feature has no rows.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from headrace.testing.problems import CaseError, meant, shown, validation_text

Row = dict[str, Any]

START = datetime.datetime(2026, 11, 1, 8, tzinfo=datetime.UTC)
CASE_FILE = "case.yaml"
ARRIVAL_FILE = "arrival.jsonl"


class CaseSettings(BaseModel):
    """The content of case.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    description: str = Field(description="What the case shows")
    start: AwareDatetime = Field(
        START, description="When Kafka took each message whose time arrival.jsonl does not say"
    )
    now: AwareDatetime | None = Field(
        None, description="What CURRENT_TIMESTAMP and the other time functions say; by default `start`"
    )
    scores: dict[str, float | None] | None = Field(
        None, description="Each text's score, instead of the model's own; for null the model fails"
    )


@dataclass(frozen=True)
class Case:
    """One case.

    Attributes:
        job: the folder in `sql/` whose features it runs.
        folder: its files.
        settings: the content of case.yaml.
        inputs: lines of each source.
        expected: rows of each feature that is compared.
        arrival: lines of arrival.jsonl; None without the file.
    """

    job: str
    folder: Path
    settings: CaseSettings
    inputs: dict[str, list[str]]
    expected: dict[str, list[Row]]
    arrival: list[str] | None = None

    @property
    def name(self) -> str:
        """`<job>/<case>`."""
        return f"{self.job}/{self.folder.name}"


def read_cases(root: Path, names: Sequence[str] = ()) -> list[Case]:
    """The cases below a folder, in the order of their names.

    Args:
        root: the folder.
        names: `<job>` or `<job>/<case>` of those that are meant; without any, all of them.

    Raises:
        CaseError: a folder that is meant is no case, or a name fits none.
    """
    folders = {
        f"{path.parent.name}/{path.name}": path for path in sorted(root.glob("*/*/")) if path.name != "__pycache__"
    }
    known = {*folders, *(folder.parent.name for folder in folders.values())}
    for name in names:
        if name not in known:
            raise CaseError(f"{shown(root / name)}: there is no such job or case. {meant(name, sorted(known))}")
    return [
        read_case(folder)
        for name, folder in folders.items()
        if not names or name in names or folder.parent.name in names
    ]


def read_case(folder: Path) -> Case:
    """The case in a folder.

    Raises:
        CaseError: a file is missing or cannot be read.
    """
    inputs = {file.stem: read_lines(file) for file in sorted(folder.glob("input/*.jsonl"))}
    expected = {file.stem: _rows(file) for file in sorted(folder.glob("expected/*.jsonl"))}
    for name, found in (("input/<source>", inputs), ("expected/<feature>", expected)):
        if not found:
            raise CaseError(f"{shown(folder)}: there is no {name}.jsonl. Add one, or remove the folder.")
    arrival = folder / ARRIVAL_FILE
    return Case(
        folder.parent.name,
        folder,
        _settings(folder / CASE_FILE),
        inputs,
        expected,
        read_lines(arrival) if arrival.exists() else None,
    )


def read_lines(file: Path) -> list[str]:
    """The lines of a file that ends with a line break, or does not.

    Raises:
        CaseError: the file is not UTF-8.
    """
    try:
        # Neither splitlines() nor universal newlines: a message may hold U+2028, a form feed or a carriage return.
        text = file.read_bytes().decode("utf-8").removesuffix("\n")
    except UnicodeDecodeError as error:
        raise CaseError(
            f"{shown(file)}: byte {error.start} is not UTF-8. Write the message in Base64, and say so in "
            f'{ARRIVAL_FILE}: "encoding": "base64".'
        ) from error
    return text.split("\n") if text else []


def write_lines(file: Path, lines: Sequence[str]) -> None:
    """Writes what `read_lines` reads."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes("".join(f"{line}\n" for line in lines).encode())


def _settings(file: Path) -> CaseSettings:
    try:
        return CaseSettings.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise CaseError(f"{shown(file)}: there is no such file. Write what the case shows: description: …") from error
    except yaml.YAMLError as error:
        raise CaseError(f"{shown(file)}: {error}. Put text that holds a colon in quotes.") from error
    except ValidationError as error:
        raise CaseError(f"{shown(file)}: {validation_text(error, CaseSettings.model_fields)}") from error


def _rows(file: Path) -> list[Row]:
    rows = []
    for number, line in enumerate(read_lines(file), start=1):
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise CaseError(f"{shown(file)}:{number}: it is not JSON: {error}. A line is one row.") from error
        if not isinstance(row, dict):
            raise CaseError(f"{shown(file)}:{number}: it is {line!r}, and a row is a JSON object: column to value.")
        rows.append(row)
    return rows
