"""`s3:` URIs, in the buckets that the settings list; with the worker's own credentials, so none are allowed unasked."""

from __future__ import annotations

import time
from urllib.parse import unquote

from headrace.documents.images.errors import ImageError
from headrace.documents.images.limits import ImageLimits
from headrace.documents.images.status import ImageStatus
from headrace.documents.images.uri.reading import shown, split
from headrace.inference.errors import StorageError
from headrace.inference.storage import RemoteStorage

_REMEDY = "Check the endpoint, the credentials and that the storage is up; send it again then."


def read(uri: str, limits: ImageLimits) -> bytes:
    """The bytes of an object.

    Raises:
        ImageError: in no allowed bucket, not there, too large, refused, or no answer in time.
    """
    bucket, key = _allowed(uri, limits)
    deadline = time.monotonic() + limits.seconds
    try:
        size = RemoteStorage(f"s3://{bucket}", limits.seconds).size(key)
        if size > limits.bytes:
            fact = f"{size:,} bytes, where {limits.bytes:,} are allowed"
            remedy = "Send a smaller file, or raise HEADRACE_IMAGE_BYTES."
            raise ImageError(ImageStatus.TOO_LARGE, shown(uri), fact, remedy)
        left = max(deadline - time.monotonic(), 0.001)
        return RemoteStorage(f"s3://{bucket}", left).read(key, limits.bytes + 1)
    except FileNotFoundError as error:
        fact = "there is no such object"
        raise ImageError(ImageStatus.NOT_FOUND, shown(uri), fact, "Correct the bucket or key.") from error
    except StorageError as error:
        raise _failed(error, uri, limits) from error


def _allowed(uri: str, limits: ImageLimits) -> tuple[str, str]:
    """Bucket and key, which one of the allowed buckets, or bucket/prefix, is a prefix of."""
    parts = split(uri)
    bucket, key = parts.netloc, unquote(parts.path.lstrip("/"))
    if not bucket or not key or "@" in bucket or key.endswith("/"):
        raise ImageError(ImageStatus.BAD_URI, shown(uri), "no bucket and key", "Write s3://<bucket>/<key>.")
    path = f"{bucket}/{key}"
    if ".." in path.split("/") or not any(path.startswith(f"{entry.rstrip('/')}/") for entry in limits.buckets):
        fact = f"outside the buckets that images may come from ({', '.join(limits.buckets) or 'none'})"
        raise ImageError(ImageStatus.URI_NOT_ALLOWED, shown(uri), fact, "Add its bucket to HEADRACE_IMAGE_BUCKETS.")
    return bucket, key


def _failed(error: StorageError, uri: str, limits: ImageLimits) -> ImageError:
    cause = error.__cause__
    if isinstance(cause, TimeoutError):
        return ImageError(ImageStatus.TIMED_OUT, shown(uri), f"no answer within {limits.seconds:g} s", _REMEDY)
    if isinstance(cause, PermissionError):
        fact = f"the storage refuses: {cause}"
        return ImageError(ImageStatus.REFUSED, shown(uri), fact, "Let the worker's credentials read it.")
    if isinstance(cause, ImportError):
        fact = "there is no client for S3 here"
        return ImageError(ImageStatus.URI_NOT_ALLOWED, shown(uri), fact, "Install the extra `s3` of headrace.")
    return ImageError(ImageStatus.UNREACHABLE, shown(uri), f"the storage fails: {cause or error}", _REMEDY)
