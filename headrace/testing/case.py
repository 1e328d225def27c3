"""A case: what comes in, and what the features then hold, as files.

    tests/sql/<job>/<case>/case.yaml                  description, and what is set apart from the defaults
    tests/sql/<job>/<case>/input/<source>.jsonl       a line is a message, as it stands in the topic; it may be no JSON
                                                      of a table in which rows are looked up, a line is a row as JSON
    tests/sql/<job>/<case>/expected/<feature>.jsonl   a line is a row, as a reader of the table finds it at the end

A field that an expected row does not name is not compared, nor is a feature without a file. An empty file says that
the feature has no rows.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from headrace.errors import HeadraceError

Row = dict[str, Any]

START = datetime.datetime(2026, 11, 1, 8, tzinfo=datetime.UTC)


class CaseError(HeadraceError):
    """A case cannot be read or run; the message names the file, the fact and the remedy."""


class CaseSettings(BaseModel):
    """The content of case.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    description: str = Field(description="What the case shows")
    start: AwareDatetime = Field(START, description="When Kafka took each of the messages")
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
    """

    job: str
    folder: Path
    settings: CaseSettings
    inputs: dict[str, list[str]]
    expected: dict[str, list[Row]]

    @property
    def name(self) -> str:
        """`<job>/<case>`."""
        return f"{self.job}/{self.folder.name}"


def read_cases(root: Path) -> list[Case]:
    """Every case below a folder, in the order of their names.

    Raises:
        CaseError: a folder is no case.
    """
    folders = sorted(path for path in root.glob("*/*/") if path.name != "__pycache__")
    return [read_case(folder) for folder in folders]


def read_case(folder: Path) -> Case:
    """The case in a folder.

    Raises:
        CaseError: a file is missing or cannot be read.
    """
    inputs = {file.stem: _lines(file) for file in sorted(folder.glob("input/*.jsonl"))}
    expected = {file.stem: _rows(file) for file in sorted(folder.glob("expected/*.jsonl"))}
    for name, found in (("input/<source>", inputs), ("expected/<feature>", expected)):
        if not found:
            raise CaseError(f"{folder}: there is no {name}.jsonl. Add one, or remove the folder.")
    return Case(folder.parent.name, folder, _settings(folder / "case.yaml"), inputs, expected)


def _settings(file: Path) -> CaseSettings:
    try:
        return CaseSettings.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise CaseError(f"{file}: there is no such file. Write what the case shows: description: …") from error
    except (yaml.YAMLError, ValidationError) as error:
        raise CaseError(f"{file}: {error}. Its fields are {', '.join(CaseSettings.model_fields)}.") from error


def _lines(file: Path) -> list[str]:
    # Not splitlines(): a message may hold U+2028 or a form feed.
    text = file.read_text(encoding="utf-8").removesuffix("\n")
    return text.split("\n") if text else []


def _rows(file: Path) -> list[Row]:
    rows = []
    for number, line in enumerate(_lines(file), start=1):
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise CaseError(f"{file}:{number}: it is not JSON: {error}. A line is one row.") from error
        if not isinstance(row, dict):
            raise CaseError(f"{file}:{number}: it is {line!r}, and a row is a JSON object: column to value.")
        rows.append(row)
    return rows
