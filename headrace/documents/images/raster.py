"""Pages of files that Pillow decodes."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from headrace.documents.images.content import Format, has_end, jpeg_scans, webp_pixels
from headrace.documents.images.errors import ImageError
from headrace.documents.images.limits import ImageLimits
from headrace.documents.images.status import ImageStatus

# What Pillow's decoders raise for bytes that are not as their format says.
_DECODING_ERRORS = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, AttributeError, OverflowError,
    ZeroDivisionError, NotImplementedError, RuntimeError, MemoryError, struct.error,
)  # fmt: skip
_NEW_SUBFILE_TYPE = 254  # TIFF 6.0, section 8
_REDUCED = 1  # bit of it: a smaller copy of another page
_EXIF_ORIENTATION = 0x0112
# What turns each orientation upright (Exif 2.32, section 4.6.4 A); 1 lies as it should.
_TURNS: dict[object, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_FEWER_PIXELS = "Scan with fewer dots per inch, or raise HEADRACE_IMAGE_PIXELS."
_BAND = 256  # rows
_MOST_FRAMES = 100  # of a TIFF that are looked at for pages
_MOST_SCANS = 100  # of a progressive JPEG, each of which goes over the whole image; encoders write about ten
_WEBP_COPIES = 3  # that Pillow's decoder holds of the whole image at once: its own two, and what it gives back


def read_raster(content: bytes, form: Format, place: str, limits: ImageLimits) -> list[NDArray[np.uint8]]:
    """The pages of a file; of an animation, the first frame.

    Raises:
        ImageError: too many pixels or scans, truncated, damaged, a variant that Pillow does not decode, no page.
    """
    if form is Format.WEBP:
        _check_pixels(webp_pixels(content), limits.pixels // _WEBP_COPIES, place)
    if form is Format.JPEG and (scans := jpeg_scans(content)) > _MOST_SCANS:
        fact = f"a JPEG of {scans:,} scans, where {_MOST_SCANS} are allowed"
        raise ImageError(ImageStatus.TOO_SLOW, place, fact, "Save the image anew.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own limit decides, not Pillow's; damaged metadata is no matter
            with Image.open(io.BytesIO(content), formats=[form]) as image:
                pages = [_page(image, place, limits) for _ in _frames(image, form, limits.pages)]
    except Image.DecompressionBombError as error:
        raise ImageError(ImageStatus.TOO_MANY_PIXELS, place, str(error), _FEWER_PIXELS) from error
    except _DECODING_ERRORS as error:
        raise _unreadable(error, content, form, place) from error
    if not pages:
        raise ImageError(ImageStatus.NO_PAGES, place, f"the {form} has no page", "Send a file with an image in it.")
    return pages


def _check_pixels(pixels: int, allowed: int, place: str) -> None:
    if pixels > allowed:
        fact = f"{pixels:,} pixels, where {allowed:,} are allowed"
        raise ImageError(ImageStatus.TOO_MANY_PIXELS, place, fact, _FEWER_PIXELS)


def _frames(image: Image.Image, form: Format, pages: int) -> Iterator[None]:
    """Turn to one frame after the other: each page of a TIFF that is no smaller copy, the first frame of others."""
    if form is not Format.TIFF:
        yield
        return
    found = 0
    for position in range(_MOST_FRAMES):
        try:
            image.seek(position)
        except EOFError:
            return
        if not _is_reduced(image):
            found += 1
            yield
        if found == pages:
            return


def _is_reduced(image: Image.Image) -> bool:
    kind = image.tag_v2.get(_NEW_SUBFILE_TYPE, 0)  # type: ignore[attr-defined]
    return isinstance(kind, int) and bool(kind & _REDUCED)


def _page(image: Image.Image, place: str, limits: ImageLimits) -> NDArray[np.uint8]:
    """The frame that an image is turned to: reduced, upright, RGB."""
    width, height = image.size
    _check_pixels(width * height, limits.pixels, place)
    share = min(1.0, limits.side / max(width, height))
    size = (max(1, round(width * share)), max(1, round(height * share)))
    image.draft(None, size)  # a JPEG is decoded at 1/2, 1/4 or 1/8; other formats do nothing here
    image.load()
    orientation = image.getexif().get(_EXIF_ORIENTATION, 1)
    page = _simple(image)
    if page.size != size:
        page = page.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    if page.mode in ("RGBA", "LA"):
        page = Image.alpha_composite(Image.new("RGBA", page.size, "white"), page.convert("RGBA"))
    if page.mode != "RGB":
        page = page.convert("RGB")
    turn = _TURNS.get(orientation)
    return _array(page if turn is None else page.transpose(turn))


def _array(page: Image.Image) -> NDArray[np.uint8]:
    """The same pixels, copied by bands: at once, Pillow would need their memory twice more."""
    width, height = page.size
    array = np.empty((height, width, 3), np.uint8)
    for top in range(0, height, _BAND):
        array[top : top + _BAND] = np.asarray(page.crop((0, top, width, min(top + _BAND, height))))
    return array


def _simple(image: Image.Image) -> Image.Image:
    """The same in L, LA, RGB, RGBA or CMYK, which can be reduced without a loss."""
    if image.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode in ("I", "F"):
        return _stretched(np.asarray(image, np.float64))
    if image.mode == "1":
        return image.convert("L")
    if image.mode not in ("LA", "RGBA") and image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK") else image.convert("RGB")


def _stretched(values: NDArray[np.float64]) -> Image.Image:
    """Grey of unknown range (32-bit or floating point TIFF): from the least value to the greatest."""
    values = np.nan_to_num(values, posinf=0, neginf=0)
    values -= values.min()
    greatest = float(values.max())
    return Image.fromarray((values * (255 / greatest if greatest else 0)).astype(np.uint8))


def _unreadable(error: Exception, content: bytes, form: Format, place: str) -> ImageError:
    words = f"{type(error).__name__}: {error}"
    if not has_end(form, content) or "truncated" in str(error).lower():
        fact = f"the {form} ends too early, after {len(content):,} bytes ({words})"
        return ImageError(ImageStatus.TRUNCATED, place, fact, "Send the whole file again.")
    if isinstance(error, NotImplementedError) or "unsupported" in str(error).lower():
        fact = f"a kind of {form} that cannot be decoded ({words})"
        return ImageError(ImageStatus.UNSUPPORTED, place, fact, "Save it as plain JPEG or PNG.")
    fact = f"the {form} is damaged ({words})"
    return ImageError(ImageStatus.DAMAGED, place, fact, "Save the image anew, or send the original.")
