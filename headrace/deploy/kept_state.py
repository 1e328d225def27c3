"""The checkpoints and savepoints that Flink keeps: in the stack's folder, or in object storage."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from headrace.errors import DeployError
from headrace.settings import Settings

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem


@dataclass(frozen=True)
class KeptState:
    """Where Flink keeps state.

    Attributes:
        checkpoints: URL of the folder that has one of each job's.
        savepoints: URL of the folder of savepoints.
    """

    checkpoints: str
    savepoints: str

    @classmethod
    def of(cls, settings: Settings) -> KeptState:
        """The folders that the settings name; by default those in the stack's folder."""
        return cls(
            (settings.checkpoints_url or (settings.stack / "checkpoints").as_uri()).rstrip("/"),
            (settings.savepoints_url or (settings.stack / "savepoints").as_uri()).rstrip("/"),
        )

    def latest(self, job_id: str) -> str | None:
        """The URL of the checkpoint or savepoint of a job that was written last; None: it has none.

        Raises:
            DeployError: object storage does not answer.
        """
        # Flink writes _metadata last: without it the rest is not whole.
        found = [
            *_written(f"{self.checkpoints}/{job_id}", "chk-*/_metadata"),
            *_written(self.savepoints, f"savepoint-{job_id[:6]}-*/_metadata"),
        ]
        return max(found)[2] if found else None

    def remove_savepoint(self, savepoint: str | None) -> bool:
        """Removes a savepoint, if it is one of this folder.

        Returns:
            Whether it is one of this folder.
        """
        if not savepoint:
            return False
        files, ours = _file_system(self.savepoints)
        # Flink writes a file's URL with one slash or with three.
        path = _file_system(savepoint)[1] if "://" in savepoint else unquote(urlsplit(savepoint).path)
        if path.rpartition("/")[0] != ours:
            return False
        if files.exists(path):
            files.rm(path, recursive=True)
        return True


def _written(folder: str, pattern: str) -> list[tuple[float, int, str]]:
    """When the folders of a pattern's files were written, a checkpoint's number (0: a savepoint), and their URL."""
    try:
        files, path = _file_system(folder)
        # Else the listing of an earlier question is the answer.
        files.invalidate_cache()
        found = []
        for file in files.glob(f"{path}/{pattern}"):
            kept = file.rpartition("/")[0]
            kind, _, number = kept.rpartition("/")[2].partition("-")
            order = int(number) if kind == "chk" else 0
            found.append((files.modified(file).timestamp(), order, _url(files, kept)))
    except Exception as error:  # of whichever client the object storage has
        raise DeployError(
            f"{folder}: what Flink keeps there cannot be listed: {error}. "
            "Name a folder that is there, and give this process the keys that Flink has."
        ) from error
    return found


def _url(files: AbstractFileSystem, path: str) -> str:
    return Path(path).as_uri() if "file" in files.protocol else str(files.unstrip_protocol(path))


def _file_system(url: str) -> tuple[AbstractFileSystem, str]:
    from fsspec.core import url_to_fs

    # A file's URL may have escaped characters in it; fsspec takes them as they are.
    files, path = url_to_fs(unquote(url) if url.startswith("file:") else url)
    return files, str(path)
