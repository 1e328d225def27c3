"""`data:` URIs (RFC 2397)."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import unquote_to_bytes

from headrace.documents.images.errors import ImageError
from headrace.documents.images.limits import ImageLimits
from headrace.documents.images.status import ImageStatus
from headrace.documents.images.uri.reading import shown

_WHITESPACE = b"\t\n\f\r "


def read(uri: str, limits: ImageLimits) -> bytes:
    """The bytes in a URI `data:[<type>][;base64],<data>`; the type is not looked at.

    Base64 may have whitespace in it and lack its padding, as browsers allow (WHATWG Infra, forgiving-base64 decode).

    Raises:
        ImageError: no comma, damaged base64, or too many bytes.
    """
    head, comma, data = uri.partition(",")
    if not comma:
        raise _bad(uri, "a data URI without a comma")
    is_base64 = head.lower().rstrip().endswith(";base64")
    if len(data) > limits.bytes * 4:  # base64 in which each character is escaped has 4 characters a byte
        raise _too_large(uri, len(data), limits)
    try:
        encoded = data.encode("ascii")
    except UnicodeEncodeError as error:
        raise _bad(uri, f"a character outside ASCII at {error.start}") from error
    content = unquote_to_bytes(encoded) if b"%" in encoded else encoded
    return _decoded(content, uri) if is_base64 else content


def _decoded(content: bytes, uri: str) -> bytes:
    text = content.translate(None, _WHITESPACE)
    if len(text) % 4:
        text += b"=" * (-len(text) % 4)
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise _bad(uri, f"damaged base64 ({error})") from error


def _bad(uri: str, fact: str) -> ImageError:
    remedy = "Write data:<type>;base64,<data> with standard base64 (RFC 4648, section 4)."
    return ImageError(ImageStatus.BAD_URI, shown(uri), fact, remedy)


def _too_large(uri: str, characters: int, limits: ImageLimits) -> ImageError:
    fact = f"{characters:,} characters of data, where {limits.bytes:,} bytes are allowed"
    return ImageError(ImageStatus.TOO_LARGE, shown(uri), fact, "Send a smaller file, or raise HEADRACE_IMAGE_BYTES.")
