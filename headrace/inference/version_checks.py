"""All that must be true of a version before it may serve, or be published."""

from __future__ import annotations

from pathlib import Path

from headrace.inference.errors import ManifestError
from headrace.inference.manifest import Manifest, read_manifest
from headrace.inference.manifest_parts import GOLDEN_FILE, MANIFEST_FILE
from headrace.inference.signatures import check_signature
from headrace.inference.tasks import OnStep, task_of
from headrace.inference.version_files import check_folder


def check_version(folder: Path, on_step: OnStep = lambda _: None) -> Manifest:
    """Check everything about a version in a folder: manifest, files, signature, program, golden rows.

    Args:
        folder: named after the version.
        on_step: for a display of progress.

    Returns:
        Its manifest.

    Raises:
        NotFetchedError: files of its origin are not there.
        ModelNotFoundError: the manifest or one of its files is not there.
        ManifestError: the manifest does not describe a model, is of another version than the folder's name says, or
            lists no golden rows.
        UnlistedFileError: the folder holds something else.
        FileChangedError: a file is not what the manifest says.
        SignatureError: the SQL functions of the model cannot serve it.
        InferenceError: what its task checks, see `check` of its module (tasks.py).
    """
    on_step("manifest")
    place = folder / MANIFEST_FILE
    manifest = read_manifest(place)
    if folder.name != str(manifest.version):
        raise ManifestError(
            f"{place}: is of version {manifest.version}, and its folder is called {folder.name!r}. Rename the folder, "
            "or correct the manifest."
        )
    if GOLDEN_FILE not in manifest.files:
        raise ManifestError(
            f"{place}: does not list {GOLDEN_FILE} under files. Add the file: texts with the results that the version "
            "gives, so that each worker can check what it loaded."
        )
    on_step("files and their hashes")
    check_folder(folder, manifest)
    on_step("signature")
    check_signature(manifest, str(place))
    task_of(manifest.task).check(folder, manifest, on_step)
    return manifest
