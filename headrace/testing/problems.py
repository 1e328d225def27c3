"""How errors in the files of a case are told: the place, the fact, the remedy."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from pydantic import ValidationError

from headrace.errors import HeadraceError
from headrace.names import likely_name, listed


class CaseError(HeadraceError):
    """A case cannot be read or run; the message names the file, the fact and the remedy."""


def shown(file: Path) -> str:
    """A file as a person at the terminal names it: below the current folder, or absolute."""
    return os.path.relpath(file) if file.is_relative_to(Path.cwd()) else str(file)


def validation_text(error: ValidationError, known: Collection[str]) -> str:
    """What is wrong with the fields of an object, each with what is probably meant."""
    texts = []
    for each in error.errors():
        name = ".".join(map(str, each["loc"]))
        if each["type"] == "extra_forbidden":
            texts.append(f"there is no field {name}. {meant(name, known)}")
        elif each["type"] == "missing":
            texts.append(f"the field {name} is missing. Add it.")
        else:
            texts.append(f"{name or 'the line'}: {each['msg']}. Its fields are {listed(known)}.")
    return "; ".join(texts)


def meant(name: str, known: Collection[str]) -> str:
    """A remedy for a wrong name: the one that is probably meant, or those that there are."""
    likely = likely_name(name, known)
    return f"Did you mean {likely}?" if likely else f"There are {listed(sorted(known))}."
