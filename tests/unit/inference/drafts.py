"""A version that is not published yet: the published `sentiment` 1 under a number of its own, for a test to change."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from headrace.inference.version_files import sha256_of
from headrace.settings import PROJECT


class Draft:
    """A folder that can be published."""

    def __init__(self, parent: Path, version: int = 7) -> None:
        """Copy version 1 into `<parent>/<version>`."""
        self.folder = Path(shutil.copytree(PROJECT / "models" / "sentiment" / "1", parent / str(version)))
        self.change(version=version)

    @property
    def manifest(self) -> dict[str, Any]:
        """The content of manifest.yaml."""
        content: dict[str, Any] = yaml.safe_load((self.folder / "manifest.yaml").read_text(encoding="utf-8"))
        return content

    def change(self, **fields: object) -> None:
        """Replace fields of the manifest."""
        (self.folder / "manifest.yaml").write_text(yaml.safe_dump(self.manifest | fields), encoding="utf-8")

    def write(self, file: str, content: bytes) -> None:
        """Write a file and enter its hash into the manifest."""
        (self.folder / file).write_bytes(content)
        self.change(files=self.manifest["files"] | {file: sha256_of(self.folder / file)})
