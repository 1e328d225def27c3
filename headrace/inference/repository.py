"""The model repository: `<models>/<name>/<version>/`, immutable folders, and `<models>/<name>/route.yaml`."""

from __future__ import annotations

import re
from pathlib import Path

from headrace.inference.errors import ModelNotFoundError
from headrace.inference.manifest import Manifest
from headrace.inference.manifest_parts import MANIFEST_FILE
from headrace.inference.route import ROUTE_FILE, Route, parse_route
from headrace.inference.storage import RemoteStorage, open_storage
from headrace.inference.version_cache import VersionCache
from headrace.inference.version_files import check_files, read_stored_manifest

MAX_ROUTE_BYTES = 1 << 16
_MODEL_NAME = re.compile(r"[a-z][a-z0-9_]*")
_VERSION = re.compile(r"[1-9][0-9]*")


class ModelRepository:
    """Finds versions and makes sure that they are what was published.

    A repository is a folder, or object storage by its URL; versions of the latter are kept in a local cache
    (`VersionCache`), its routes are read anew each time.
    """

    def __init__(self, location: str | Path | None = None, cache: Path | None = None) -> None:
        """Use a repository.

        Args:
            location: a folder or a URL; by default the setting HEADRACE_MODELS.
            cache: where versions of a URL are kept; by default the setting HEADRACE_MODEL_CACHE.

        Raises:
            StorageError: there is no file system for the URL.
        """
        # Not at the top: Flink's client, which imports this module for each query, has no use for it.
        from headrace.settings import ModelSettings

        settings = ModelSettings()
        self.storage = open_storage(location or settings.models)
        self._cache: VersionCache | None = None
        if isinstance(self.storage, RemoteStorage):
            self._cache = VersionCache(self.storage, cache or settings.model_cache)
            self._folder = self._cache.folder
        else:
            self._folder = self.storage.folder

    def with_cache(self, cache: Path) -> ModelRepository:
        """The same repository with another cache."""
        return ModelRepository(str(self), cache)

    def __str__(self) -> str:
        """The folder or URL."""
        return self.storage.place("").rstrip("/")

    def models(self) -> list[str]:
        """Names of the models, in their order.

        Raises:
            StorageError: the storage does not answer.
        """
        return [name for name in self.storage.names("") if _MODEL_NAME.fullmatch(name) and self._is_model(name)]

    def versions(self, name: str) -> list[int]:
        """Numbers of a model's versions, ascending; a folder without a manifest is none.

        Raises:
            ModelNotFoundError: there is no such model.
            StorageError: the storage does not answer.
        """
        names = self.storage.names(name) if _MODEL_NAME.fullmatch(name) else []
        if not names:
            raise self._no_model(name)
        found = sorted(int(child) for child in names if _VERSION.fullmatch(child))
        return [version for version in found if self.has(name, version)]

    def has(self, name: str, version: int) -> bool:
        """Whether a version is published.

        Raises:
            StorageError: the storage does not answer.
        """
        return MANIFEST_FILE in self.storage.names(f"{name}/{version}")

    def route(self, name: str) -> Route:
        """The route of a model, read anew.

        Raises:
            ModelNotFoundError: there is no such model, or it has no route.
            RouteError: its route does not say which version serves.
            StorageError: the storage does not answer.
        """
        if not _MODEL_NAME.fullmatch(name):
            raise self._no_model(name)
        path = f"{name}/{ROUTE_FILE}"
        place = self.storage.place(path)
        try:
            return parse_route(self.storage.read(path, MAX_ROUTE_BYTES), place)
        except FileNotFoundError as error:
            if not self.storage.names(name):
                raise self._no_model(name) from error
            raise ModelNotFoundError(
                f"{place}: there is no such file. Write one that says `weights: {{1: 100}}` for version 1."
            ) from error

    def replace_route(self, name: str, content: str) -> None:
        """Write the route of a model; readers see the old or the new one.

        Raises:
            RouteError: the content is no route; nothing is written.
            StorageError: the storage does not answer, or refuses.
        """
        path = f"{name}/{ROUTE_FILE}"
        parse_route(content.encode("utf-8"), self.storage.place(path))
        self.storage.replace(path, content.encode("utf-8"))

    def version_folder(self, name: str, version: int) -> Path:
        """Where a version's files are on this machine; those of a URL are downloaded if they are not there yet.

        Raises:
            InferenceError: of a URL, as `VersionCache.fetch` says. A folder's version need not exist.
        """
        if self._cache is not None:
            self._cache.fetch(name, version, compare_hashes=False)
        return self.local_folder(name, version)

    def local_folder(self, name: str, version: int) -> Path:
        """Where a version's files are on this machine, once they are there; nothing is downloaded."""
        return self._folder / name / str(version)

    def description(self, name: str, version: int) -> Manifest:
        """The manifest of a version as the repository has it; the files are neither downloaded nor compared.

        Raises:
            ModelNotFoundError: there is no such version.
            ManifestError: the manifest cannot be read, or is another version's.
            StorageError: the storage does not answer.
        """
        return read_stored_manifest(self.storage, name, version)[0]

    def manifest(self, name: str, version: int) -> Manifest:
        """The manifest of a version, after every file of the version was compared with its hash.

        Raises:
            NotFetchedError: files of the version's origin are not here.
            ModelNotFoundError: the version or another of its files is not there.
            ManifestError: the manifest cannot be read, or is another version's.
            FileChangedError: a file is not the one that was published.
            StorageError: the storage does not answer.
        """
        if self._cache is not None:
            return self._cache.fetch(name, version, compare_hashes=True)
        manifest = self.description(name, version)
        check_files(self.local_folder(name, version), manifest)
        return manifest

    def missing_files(self, manifest: Manifest) -> list[str]:
        """The files of a version's origin that the repository does not hold (yet); their content aside.

        Raises:
            StorageError: the storage does not answer.
        """
        folder = f"{manifest.name}/{manifest.version}"
        held = {
            parent: set(self.storage.names(f"{folder}/{parent}"))
            for parent in {file.rpartition("/")[0] for file in manifest.origin_files}
        }
        parts = {file: file.rpartition("/") for file in manifest.files if file in manifest.origin_files}
        return [file for file, (parent, _, child) in parts.items() if child not in held[parent]]

    def _is_model(self, name: str) -> bool:
        children = self.storage.names(name)
        return ROUTE_FILE in children or any(_VERSION.fullmatch(child) for child in children)

    def _no_model(self, name: str) -> ModelNotFoundError:
        return ModelNotFoundError(
            f"{self}: has no model {name!r}. Set HEADRACE_MODELS to the repository that has it, or publish it."
        )
