"""What the manifests of all tasks are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

MANIFEST_FILE = "manifest.yaml"
GOLDEN_FILE = "golden.jsonl"
MAX_FILES = 100

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
# A plain name: no manifest can point at a file outside of its folder, or at one that hides.
FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
# A plain name, or one in a folder with a plain name.
FilePath = Annotated[str, Field(pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]{0,99}/)?[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
Share = Annotated[float, Field(ge=0, le=1)]
ModelName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Part(BaseModel):
    """A part of a manifest, or a manifest."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def check_listed(files: Mapping[str, str], needed: Iterable[str]) -> None:
    """Each file that a version needs has a hash.

    Raises:
        ValueError: one has none, or the manifest lists itself.
    """
    for file in needed:
        if file not in files:
            raise ValueError(f"{file} is not listed under files")
    if MANIFEST_FILE in files:
        raise ValueError(f"{MANIFEST_FILE} is listed under files: it cannot hold its own hash")
