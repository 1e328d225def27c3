"""The files of one version: that they are all there, and as they were published."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath

from headrace.inference.errors import (
    FileChangedError,
    ManifestError,
    ModelNotFoundError,
    NotFetchedError,
    UnlistedFileError,
)
from headrace.inference.manifest import MAX_MANIFEST_BYTES, Manifest, missing_manifest, parse_manifest
from headrace.inference.manifest_parts import MANIFEST_FILE
from headrace.inference.storage import Storage

MAX_FILE_BYTES = 4 << 30


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's content, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_stored_manifest(storage: Storage, name: str, version: int) -> tuple[Manifest, bytes]:
    """The manifest of a version in a storage, and its content.

    Raises:
        ModelNotFoundError: there is no such version.
        ManifestError: the manifest cannot be read, or is another version's.
        StorageError: the storage does not answer.
    """
    path = f"{name}/{version}/{MANIFEST_FILE}"
    place = storage.place(path)
    try:
        content = storage.read(path, MAX_MANIFEST_BYTES + 1)
    except FileNotFoundError as error:
        raise missing_manifest(place) from error
    manifest = parse_manifest(content, place)
    check_identity(manifest, name, version, place)
    return manifest, content


def check_identity(manifest: Manifest, name: str, version: int, place: str) -> None:
    """A manifest is that of the version in whose folder it is.

    Raises:
        ManifestError: it is not.
    """
    if (manifest.name, manifest.version) != (name, version):
        raise ManifestError(
            f"{place}: is of {manifest.name} version {manifest.version}. "
            "A version's folder is named after it: move the folder, or restore the manifest."
        )


def check_file(path: Path, expected: str) -> None:
    """A file has the hash that its manifest says.

    Raises:
        ModelNotFoundError: it is not there.
        FileChangedError: it has another content, or is larger than MAX_FILE_BYTES.
    """
    if not path.is_file():
        raise ModelNotFoundError(f"{path}: there is no such file. Restore it, or publish the version again.")
    check_content(path, expected, str(path))


def check_content(path: Path, expected: str, place: str) -> None:
    """The content of a file has the hash that its manifest says.

    Args:
        path: of the file, which exists.
        expected: SHA-256 in hexadecimal.
        place: what the error message calls the file.

    Raises:
        FileChangedError: it has another content, or is larger than MAX_FILE_BYTES.
    """
    if path.stat().st_size > MAX_FILE_BYTES:
        raise FileChangedError(f"{place}: has more than {MAX_FILE_BYTES} bytes. Publish a smaller model.")
    actual = sha256_of(path)
    if actual != expected:
        raise FileChangedError(
            f"{place}: has sha256 {actual}, the manifest says {expected}. A published version never changes: "
            "restore the file, or publish the change as a new version."
        )


def missing_files(folder: Path, manifest: Manifest) -> list[str]:
    """The files of a version's origin that are not in its folder, in the manifest's order; their content aside."""
    return [file for file in manifest.files if file in manifest.origin_files and not (folder / file).is_file()]


def check_files(folder: Path, manifest: Manifest) -> None:
    """A folder holds the manifest's files, unchanged.

    Raises:
        NotFetchedError: files of the version's origin are not there.
        ModelNotFoundError: another file is not there.
        FileChangedError: a file has another content.
    """
    missing = missing_files(folder, manifest)
    if missing:
        raise NotFetchedError(
            f"{folder}: {', '.join(missing)} of {manifest.name} version {manifest.version} are not here: the "
            f"repository does not hold them. Fetch them: headrace model fetch {manifest.name}"
        )
    for file, expected in manifest.files.items():
        check_file(folder / file, expected)


def check_folder(folder: Path, manifest: Manifest) -> None:
    """A folder holds the manifest's files, unchanged, and nothing else.

    Raises:
        NotFetchedError: files of the version's origin are not there.
        ModelNotFoundError: another file is not there.
        FileChangedError: a file has another content.
        UnlistedFileError: there is something else, or a link in place of a file.
    """
    folders = {parent for file in manifest.files for parent in PurePosixPath(file).parents}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_dir() and not path.is_symlink() and PurePosixPath(name) in folders:
            continue
        if path.is_symlink() or not path.is_file():
            raise UnlistedFileError(
                f"{path}: is no regular file, nor the folder of one that {MANIFEST_FILE} lists. Move or copy it."
            )
        if name.as_posix() not in manifest.files and name.as_posix() != MANIFEST_FILE:
            raise UnlistedFileError(
                f"{path}: is not listed in {MANIFEST_FILE}. Remove it, or list it under `files` with its sha256."
            )
    check_files(folder, manifest)
