"""From bytes or a URI to upright pages."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from headrace.documents.images.content import Format, format_of, other_format
from headrace.documents.images.errors import ImageError
from headrace.documents.images.limits import ImageLimits
from headrace.documents.images.status import ImageStatus
from headrace.documents.images.uri.reading import read_uri, shown


def read_pages(image: bytes | str, limits: ImageLimits) -> list[NDArray[np.uint8]]:
    """The pages of an image.

    Args:
        image: the bytes of a file (JPEG, PNG, WebP, TIFF, GIF, BMP or PDF; the content decides), or a URI of one
            (`data:`, `file:`, `s3:`, `http:`, `https:`).
        limits: what it may cost and where it may come from.

    Returns:
        At least one page and at most `limits.pages`, each [height, width, 3], RGB, uint8, C-contiguous, upright as
        Exif says; transparent parts are white; the longer side is at most `limits.side`, larger ones are reduced.

    Raises:
        ImageError: why it cannot be used.
    """
    if isinstance(image, str):
        return _pages(read_uri(image, limits), shown(image), limits)
    return _pages(image, "image", limits)


def _pages(content: bytes, place: str, limits: ImageLimits) -> list[NDArray[np.uint8]]:
    if not content:
        raise ImageError(ImageStatus.EMPTY, place, "no bytes", "Look why the sender had nothing to send.")
    if len(content) > limits.bytes:
        fact = f"{len(content):,} bytes, where {limits.bytes:,} are allowed"
        raise ImageError(ImageStatus.TOO_LARGE, place, fact, "Send a smaller file, or raise HEADRACE_IMAGE_BYTES.")
    form = format_of(content)
    if form is None:
        raise _no_image(content, place)
    # Imported when needed: a worker that reads no PDF does not need PDFium in memory.
    if form is Format.PDF:
        from headrace.documents.images.pdf import read_pdf

        return read_pdf(content, place, limits)
    from headrace.documents.images.raster import read_raster

    return read_raster(content, form, place, limits)


def _no_image(content: bytes, place: str) -> ImageError:
    if other := other_format(content):
        fact = f"the content is {other}, which is not read"
        return ImageError(ImageStatus.UNSUPPORTED, place, fact, "Send JPEG, PNG, WebP, TIFF, GIF, BMP or PDF.")
    fact = f"no image: it begins with {content[:16]!r}"
    return ImageError(ImageStatus.NOT_AN_IMAGE, place, fact, "Send JPEG, PNG, WebP, TIFF, GIF, BMP or PDF.")
