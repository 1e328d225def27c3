"""Where a repository's files are: a local or shared folder, or object storage by URL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from headrace.atomic_file import atomic_file
from headrace.inference.errors import StorageError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

SMALL_FILE_SECONDS = 5.0  # manifests, routes, listings: a worker that looks for a new route must not hang
LARGE_FILE_SECONDS = 900.0


class Storage(Protocol):
    """Files by their path below one place. Paths have `/` between their parts."""

    def place(self, path: str) -> str:
        """What error messages call a file."""

    def names(self, path: str) -> list[str]:
        """The names in a folder; none if it is not there. Raises StorageError."""

    def size(self, path: str) -> int:
        """A file's size in bytes. Raises FileNotFoundError or StorageError."""

    def read(self, path: str, max_bytes: int) -> bytes:
        """At most `max_bytes` of a small file. Raises FileNotFoundError or StorageError."""

    def replace(self, path: str, content: bytes) -> None:
        """Write a small file; readers see the old or the new content. Raises StorageError."""


class LocalStorage:
    """A folder of this machine, or one that several machines share."""

    def __init__(self, folder: Path) -> None:
        """Use a folder."""
        self.folder = folder

    def place(self, path: str) -> str:
        """The path of a file."""
        return str(self.folder / path)

    def names(self, path: str) -> list[str]:
        """The names in a folder; none if it is not there."""
        try:
            return sorted(child.name for child in (self.folder / path).iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise _unreadable(self.place(path), error) from error

    def size(self, path: str) -> int:
        """A file's size in bytes."""
        return (self.folder / path).stat().st_size

    def read(self, path: str, max_bytes: int) -> bytes:
        """At most `max_bytes` of a file."""
        try:
            with (self.folder / path).open("rb") as stream:
                return stream.read(max_bytes)
        except FileNotFoundError:
            raise
        except OSError as error:
            raise _unreadable(self.place(path), error) from error

    def replace(self, path: str, content: bytes) -> None:
        """Write a file and rename it to its place."""
        try:
            with atomic_file(self.folder / path) as temporary:
                temporary.write_bytes(content)
        except OSError as error:
            raise StorageError(f"{self.place(path)}: cannot be written: {error}. Check who may write there.") from error


class RemoteStorage:
    """Object storage, through the fsspec file system of its URL.

    Credentials and endpoints are found as each file system's own library does (for S3: AWS_ACCESS_KEY_ID,
    AWS_PROFILE, AWS_ENDPOINT_URL, …).
    """

    def __init__(self, url: str, seconds: float = SMALL_FILE_SECONDS) -> None:
        """Use a URL.

        Args:
            url: `<protocol>://…`, of any protocol that fsspec knows.
            seconds: how long a small request may take. It holds for file systems that fsspec calls asynchronous
                (S3, Google Cloud Storage, Azure, HTTP); others have time limits of their own, or none.

        Raises:
            StorageError: the protocol is not known, or its file system is not installed.
        """
        from fsspec.core import url_to_fs  # not at the top: most repositories are folders

        self.url = url.rstrip("/")
        self._seconds = seconds
        try:
            # A cached listing would hide what other machines publish.
            found: tuple[AbstractFileSystem, str] = url_to_fs(self.url, use_listings_cache=False)
        except (ImportError, ValueError) as error:
            raise StorageError(
                f"{url}: there is no file system for this URL: {error}. Correct HEADRACE_MODELS, or install what it "
                "needs (for s3:// the extra `s3` of headrace)."
            ) from error
        self._file_system, root = found
        self._root = root.rstrip("/")

    def place(self, path: str) -> str:
        """The URL of a file."""
        return f"{self.url}/{path}" if path else self.url

    def names(self, path: str) -> list[str]:
        """The names in a folder; none if it is not there."""
        try:
            found = self._call("ls", path, self._seconds, detail=False)
        except FileNotFoundError:
            return []
        return sorted({entry.rstrip("/").rpartition("/")[2] for entry in found})

    def size(self, path: str) -> int:
        """A file's size in bytes; 0 where the storage does not say."""
        return int(self._call("info", path, self._seconds)["size"] or 0)

    def read(self, path: str, max_bytes: int) -> bytes:
        """At most `max_bytes` of a small file."""
        content: bytes = self._call("cat_file", path, self._seconds)
        return content[:max_bytes]

    def replace(self, path: str, content: bytes) -> None:
        """Write a small file in one request."""
        self._call("pipe_file", path, self._seconds, content)

    def download(self, path: str, target: Path) -> None:
        """Copy a file to a local path. Raises FileNotFoundError or StorageError."""
        self._call("get_file", path, LARGE_FILE_SECONDS, str(target))

    def create(self, path: str, source: Path) -> None:
        """Copy a local file to a place where none is.

        One of several writers wins where the storage has conditional writes (S3, Google Cloud Storage). Elsewhere
        fsspec looks first and writes then.

        Raises:
            FileExistsError: a file is there already; it stays as it is.
            StorageError: the storage does not answer, or refuses.
        """
        target = f"{self._root}/{path}"
        self._named("put_file", path, LARGE_FILE_SECONDS, str(source), target, mode="create")

    def _call(self, method: str, path: str, seconds: float, *arguments: Any, **options: Any) -> Any:
        full_path = f"{self._root}/{path}" if path else self._root
        return self._named(method, path, seconds, full_path, *arguments, **options)

    def _named(self, method: str, path: str, seconds: float, *arguments: Any, **options: Any) -> Any:
        """Call a method of the file system; its own errors become StorageError."""
        from fsspec.asyn import AsyncFileSystem, sync

        try:
            if isinstance(self._file_system, AsyncFileSystem):
                function = getattr(self._file_system, f"_{method}")
                return sync(self._file_system.loop, function, *arguments, timeout=seconds, **options)
            return getattr(self._file_system, method)(*arguments, **options)
        except (FileNotFoundError, FileExistsError):
            raise
        except TimeoutError as error:
            raise StorageError(
                f"{self.place(path)}: no answer within {seconds:g} s. Check that the storage can be reached."
            ) from error
        except NotImplementedError as error:
            raise StorageError(
                f"{self.place(path)}: this kind of storage cannot do that ({method}). Publish to a folder or to object "
                "storage."
            ) from error
        except Exception as error:  # each file system has errors of its own
            raise _unreadable(self.place(path), error) from error


def open_storage(location: str | Path) -> LocalStorage | RemoteStorage:
    """The storage of a folder or URL; `file://` is a folder.

    Raises:
        StorageError: the URL's protocol is not known, or its file system is not installed.
    """
    text = str(location)
    if text.startswith("file://"):
        return LocalStorage(Path(text.removeprefix("file://")))
    if "://" in text:
        return RemoteStorage(text)
    return LocalStorage(Path(location))


def _unreadable(place: str, error: Exception) -> StorageError:
    return StorageError(
        f"{place}: the storage cannot be used: {type(error).__name__}: {error}. "
        "Check the address, the credentials and that the storage is up."
    )
