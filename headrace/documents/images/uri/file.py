"""`file:` URIs (RFC 8089), below the folders that the settings list."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from urllib.parse import unquote

from headrace.documents.images.errors import ImageError
from headrace.documents.images.limits import ImageLimits
from headrace.documents.images.status import ImageStatus
from headrace.documents.images.uri.reading import shown, split


def read(uri: str, limits: ImageLimits) -> bytes:
    """The bytes of a local file.

    Raises:
        ImageError: outside the folders (links are followed first), not there, no plain file, or too large.
    """
    path = _allowed(uri, limits)
    try:
        # A link put there since is not followed; a pipe does not make a worker wait.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise ImageError(ImageStatus.NOT_FOUND, shown(uri), "not a plain file", "Name a file.")
            return stream.read(limits.bytes + 1)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        raise ImageError(ImageStatus.NOT_FOUND, shown(uri), "there is no such file", "Correct the path.") from error
    except OSError as error:
        fact = f"the file cannot be read: {error.strerror}"
        raise ImageError(ImageStatus.REFUSED, shown(uri), fact, "Let the worker's user read it.") from error


def _allowed(uri: str, limits: ImageLimits) -> Path:
    """The path without links, inside an allowed folder; that is said before whether the file is there."""
    parts = split(uri)
    path = unquote(parts.path)
    if parts.netloc.lower() not in ("", "localhost") or not path.startswith("/") or "\0" in path:
        remedy = "Write file:///<path from the root>."
        raise ImageError(ImageStatus.BAD_URI, shown(uri), "no path from the root of this machine", remedy)
    try:
        found = Path(path).resolve()
        folders = [folder.resolve() for folder in limits.folders]
    except (OSError, RuntimeError) as error:  # a name too long, links in a circle
        raise ImageError(ImageStatus.NOT_FOUND, shown(uri), f"no such file: {error}", "Correct the path.") from error
    if not any(found.is_relative_to(folder) for folder in folders):
        listed = ", ".join(map(str, limits.folders)) or "none"
        fact = f"outside the folders that images may come from ({listed})"
        raise ImageError(ImageStatus.URI_NOT_ALLOWED, shown(uri), fact, "Add its folder to HEADRACE_IMAGE_FOLDERS.")
    return found
