"""Versions of a repository with a URL, as local folders: downloaded once, checked by hash at each use."""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from headrace.atomic_file import atomic_file
from headrace.inference.errors import FileChangedError, ManifestError, ModelNotFoundError, StorageError
from headrace.inference.manifest import Manifest, read_manifest
from headrace.inference.manifest_parts import MANIFEST_FILE
from headrace.inference.storage import RemoteStorage
from headrace.inference.version_files import (
    MAX_FILE_BYTES,
    check_content,
    check_identity,
    read_stored_manifest,
    sha256_of,
)


class VersionCache:
    """`<folder>/<hash of the URL>/<name>/<version>/`, shared by all processes of a machine.

    A file is written under another name, compared with the manifest's hash and renamed, so that no process sees half
    a file; the manifest comes last, so that a version with a manifest is complete. One process downloads, others wait.
    A version that is complete is used without asking the storage.
    """

    def __init__(self, storage: RemoteStorage, folder: Path) -> None:
        """Keep versions of a storage in a folder, which is made when it is needed."""
        self._storage = storage
        self.folder = folder / hashlib.sha256(storage.url.encode()).hexdigest()[:16]

    def fetch(self, name: str, version: int, compare_hashes: bool) -> Manifest:
        """Make sure that a version is there, and download what is missing.

        Args:
            name: of the model.
            version: its number.
            compare_hashes: also compare the files that are there with their hashes; what differs is downloaded again.

        Raises:
            ModelNotFoundError: the repository has no such version, or not all of its files.
            ManifestError: the manifest cannot be read, or is another version's.
            FileChangedError: the repository holds other content than the manifest says; nothing of it is kept.
            StorageError: the storage does not answer, or the cache cannot be written.
        """
        folder = self.folder / name / str(version)
        try:
            with self._lock(folder):
                return self._complete(folder, name, version, compare_hashes)
        except OSError as error:
            raise StorageError(
                f"{folder}: the cache cannot be written: {error}. Make room or set HEADRACE_MODEL_CACHE to a folder "
                "that this user may write."
            ) from error

    def _complete(self, folder: Path, name: str, version: int, compare_hashes: bool) -> Manifest:
        manifest, content = self._manifest(folder, name, version)
        for file, expected in manifest.files.items():
            path = folder / file
            if not path.is_file() or (compare_hashes and sha256_of(path) != expected):
                self._download(f"{name}/{version}/{file}", path, expected)
        if content is not None:
            with atomic_file(folder / MANIFEST_FILE) as temporary:
                temporary.write_bytes(content)
        return manifest

    def _manifest(self, folder: Path, name: str, version: int) -> tuple[Manifest, bytes | None]:
        """The manifest of the cache, or that of the storage with its content, which is yet to be written."""
        try:
            kept = read_manifest(folder / MANIFEST_FILE)
            check_identity(kept, name, version, str(folder / MANIFEST_FILE))
            return kept, None
        except (ModelNotFoundError, ManifestError):
            return read_stored_manifest(self._storage, name, version)

    def _download(self, remote: str, path: Path, expected: str) -> None:
        place = self._storage.place(remote)
        try:
            size = self._storage.size(remote)
            if size > MAX_FILE_BYTES:
                raise FileChangedError(f"{place}: has more than {MAX_FILE_BYTES} bytes. Publish a smaller model.")
            path.parent.mkdir(exist_ok=True)
            with atomic_file(path) as temporary:
                self._storage.download(remote, temporary)
                check_content(temporary, expected, place)
        except FileNotFoundError as error:
            raise ModelNotFoundError(
                f"{place}: there is no such file. Restore it, or publish the version again."
            ) from error

    @contextmanager
    def _lock(self, folder: Path) -> Iterator[None]:
        """One process at a time; the lock ends with its process."""
        folder.mkdir(parents=True, exist_ok=True)
        with folder.with_name(f".{folder.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
