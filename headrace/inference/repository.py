"""The model repository: `<models>/<name>/<version>/`, immutable folders, and `<models>/<name>/route.yaml`."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from headrace.inference.errors import FileChangedError, ManifestError, ModelNotFoundError
from headrace.inference.manifest import MANIFEST_FILE, Manifest, read_manifest
from headrace.inference.route import ROUTE_FILE, Route, read_route

PROJECT = Path(__file__).resolve().parents[2]


def models_folder() -> Path:
    """The folder of all models: environment variable HEADRACE_MODELS, or `models` in the project."""
    return Path(os.environ.get("HEADRACE_MODELS") or PROJECT / "models")


class ModelRepository:
    """Finds versions and makes sure that they are what was published."""

    def __init__(self, folder: Path | None = None) -> None:
        """Use a folder of models, by default `models_folder()`."""
        self.folder = folder or models_folder()

    def route(self, name: str) -> Route:
        """The route of a model.

        Raises:
            ModelNotFoundError: there is no such model.
            RouteError: its route does not say which version serves.
        """
        if not (self.folder / name).is_dir():
            raise ModelNotFoundError(
                f"{self.folder}: has no model {name!r}. Set HEADRACE_MODELS to the folder that has it, or publish it."
            )
        return read_route(self.folder / name / ROUTE_FILE)

    def version_folder(self, name: str, version: int) -> Path:
        """Where a version's files are."""
        return self.folder / name / str(version)

    def manifest(self, name: str, version: int) -> Manifest:
        """The manifest of a version, after every file of the version was compared with its hash.

        Raises:
            ModelNotFoundError: the version or one of its files is not there.
            ManifestError: the manifest cannot be read, or is another version's.
            FileChangedError: a file is not the one that was published.
        """
        folder = self.version_folder(name, version)
        manifest = read_manifest(folder / MANIFEST_FILE)
        if (manifest.name, manifest.version) != (name, version):
            raise ManifestError(
                f"{folder / MANIFEST_FILE}: is of {manifest.name} version {manifest.version}. "
                "A version's folder is named after it: move the folder, or restore the manifest."
            )
        for file, expected in manifest.files.items():
            path = folder / file
            if not path.is_file():
                raise ModelNotFoundError(f"{path}: there is no such file. Restore it, or publish the version again.")
            actual = sha256_of(path)
            if actual != expected:
                raise FileChangedError(
                    f"{path}: has sha256 {actual}, the manifest says {expected}. A published version never changes: "
                    "restore the file, or publish the change as a new version."
                )
        return manifest


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's content, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
