"""Puts a version into a repository: completely and once, or not at all."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from headrace.atomic_file import sync
from headrace.inference.errors import FileChangedError, StorageError, VersionExistsError
from headrace.inference.manifest import Manifest
from headrace.inference.manifest_parts import MANIFEST_FILE
from headrace.inference.repository import ModelRepository
from headrace.inference.storage import LocalStorage, RemoteStorage
from headrace.inference.tasks import OnStep
from headrace.inference.version_checks import check_version
from headrace.inference.version_files import check_content, check_folder


def publish_version(folder: Path, repository: ModelRepository, on_step: OnStep = lambda _: None) -> Manifest:
    """Check a version and publish it. The route stays as it is: nothing serves the version yet.

    A version of a folder appears by one rename, that of object storage with its manifest, which is uploaded last. Of
    several publishers of one version exactly one wins, on object storage as far as `RemoteStorage.create` says.

    Args:
        folder: manifest, program, tokenizer and golden rows; named after the version.
        repository: where to publish.
        on_step: for a display of progress.

    Returns:
        The manifest.

    Raises:
        VersionExistsError: there is such a version; it stays as it is.
        StorageError: the repository cannot be written.
        InferenceError: the version is not fit, see `check_version`.
    """
    manifest = check_version(folder, on_step)
    on_step("copy")
    if isinstance(repository.storage, RemoteStorage):
        _upload(folder, manifest, repository.storage)
    else:
        _copy(folder, manifest, repository.storage)
    return manifest


def _copy(folder: Path, manifest: Manifest, storage: LocalStorage) -> None:
    """Copy to a hidden folder beside the target, then rename: a folder never takes the place of one that has files."""
    target = storage.folder / manifest.name / str(manifest.version)
    if target.exists():
        raise _exists(str(target), manifest)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as temporary:
            copy = Path(temporary) / target.name
            copy.mkdir()
            for file in [*manifest.files, MANIFEST_FILE]:
                (copy / file).parent.mkdir(exist_ok=True)
                shutil.copyfile(folder / file, copy / file)
                sync(copy / file)
            check_folder(copy, manifest)
            sync(copy)
            try:
                copy.rename(target)
            except OSError as error:
                if target.exists():
                    raise _exists(str(target), manifest) from error
                raise
        sync(target.parent)
    except OSError as error:
        raise StorageError(
            f"{target}: cannot be written: {error}. Make room, or check who may write there; nothing was published."
        ) from error


def _upload(folder: Path, manifest: Manifest, storage: RemoteStorage) -> None:
    """Create the files one after the other, in the order of their names, and the manifest last.

    A file that is there already is kept if it is the same: a publisher was broken off, and this one goes on. Otherwise
    another publisher has come first. As all take the same order, the first file in which two differ decides.
    """
    place = storage.place(f"{manifest.name}/{manifest.version}")
    if MANIFEST_FILE in storage.names(f"{manifest.name}/{manifest.version}"):
        raise _exists(place, manifest)
    for file in [*sorted(manifest.files), MANIFEST_FILE]:
        path = f"{manifest.name}/{manifest.version}/{file}"
        try:
            storage.create(path, folder / file)
        except FileExistsError as error:
            if file == MANIFEST_FILE:
                raise _exists(place, manifest) from error
            _check_same(storage, path, manifest.files[file])


def _check_same(storage: RemoteStorage, path: str, expected: str) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        stored = Path(temporary) / "stored"
        storage.download(path, stored)
        try:
            check_content(stored, expected, storage.place(path))
        except FileChangedError as error:
            raise VersionExistsError(
                f"{storage.place(path)}: another publisher of this version has written another file. Publish this one "
                "under another number; or, if nobody is publishing and there is no manifest.yaml beside the file, "
                "remove what a broken publisher left, and publish again."
            ) from error


def _exists(place: str, manifest: Manifest) -> VersionExistsError:
    return VersionExistsError(
        f"{place}: is there already, and a published version never changes. "
        f"Publish this one under another number than {manifest.version}."
    )
