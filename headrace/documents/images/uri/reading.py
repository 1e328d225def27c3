"""The bytes behind a URI, by its scheme."""

from __future__ import annotations

import importlib
from urllib.parse import SplitResult, urlsplit

from headrace.documents.images.errors import ImageError
from headrace.documents.images.limits import ImageLimits
from headrace.documents.images.status import ImageStatus

_MODULES = {"data": "data", "file": "file", "s3": "object_storage", "http": "web", "https": "web"}
_SHOWN_CHARACTERS = 200


def read_uri(uri: str, limits: ImageLimits) -> bytes:
    """The bytes that a URI names, at most `limits.bytes`.

    Raises:
        ImageError: no URI, one that is not allowed, or one that cannot be read.
    """
    if not uri.strip():
        raise ImageError(ImageStatus.EMPTY, "URI", "an empty text", "Look why the sender had nothing to send.")
    scheme = uri.partition(":")[0].lower()
    if scheme not in _MODULES:
        fact = "not a URI that is read"
        remedy = "Begin with data:, file:, s3:, http: or https:, or send the bytes of the image."
        raise ImageError(ImageStatus.BAD_URI, shown(uri), fact, remedy)
    # The scheme's own module, when it is needed: each has a library of its own behind it.
    module = importlib.import_module(f"headrace.documents.images.uri.{_MODULES[scheme]}")
    content: bytes = module.read(uri, limits)
    return content


def split(uri: str) -> SplitResult:
    """The parts of a URI.

    Raises:
        ImageError: it has spaces or control characters, a backslash, or a host or port that is none.
    """
    try:
        if any(character <= " " or character in "\x7f\\" for character in uri):
            raise ValueError("a space, a control character or a backslash in it")
        parts = urlsplit(uri)
        parts.port  # noqa: B018 - raises where it is none
    except ValueError as error:
        raise ImageError(ImageStatus.BAD_URI, shown(uri), f"not a URI: {error}", "Encode it (RFC 3986).") from error
    return parts


def shown(uri: str) -> str:
    """What messages call a URI: without user, query and data, which may be secret or long."""
    if uri[:5].lower() == "data:":
        return uri.partition(",")[0][:_SHOWN_CHARACTERS] + ",…"
    visible = uri.partition("?")[0].partition("#")[0]
    scheme, separator, rest = visible.partition("://")
    authority, slash, path = rest.partition("/")
    visible = f"{scheme}{separator}{authority.rpartition('@')[2]}{slash}{path}"
    return visible if len(visible) <= _SHOWN_CHARACTERS else visible[:_SHOWN_CHARACTERS] + "…"
