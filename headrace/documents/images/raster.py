"""Pages of files that Pillow decodes."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from headrace.documents.images.content import Format, has_end, webp_pixels
from headrace.documents.images.errors import ImageError
from headrace.documents.images.limits import ImageLimits
from headrace.documents.images.status import ImageStatus

# What Pillow's decoders raise for bytes that are not as their format says.
_DECODING_ERRORS = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, AttributeError, OverflowError,
    ZeroDivisionError, NotImplementedError, RuntimeError, struct.error,
)  # fmt: skip
_NEW_SUBFILE_TYPE = 254  # TIFF 6.0, section 8
_REDUCED = 1  # bit of it: a smaller copy of another page
_EXIF_ORIENTATION = 0x0112


def read_raster(content: bytes, form: Format, place: str, limits: ImageLimits) -> list[NDArray[np.uint8]]:
    """The pages of a file; of an animation, the first frame.

    Raises:
        ImageError: too many pixels, a truncated or damaged file, a variant that Pillow does not decode, no page.
    """
    if form is Format.WEBP:
        _check_pixels(webp_pixels(content), place, limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own limit decides, not Pillow's; damaged metadata is no matter
            with Image.open(io.BytesIO(content), formats=[form]) as image:
                pages = [_page(image, place, limits) for _ in _frames(image, form, limits.pages)]
    except Image.DecompressionBombError as error:
        raise ImageError(ImageStatus.TOO_MANY_PIXELS, place, str(error), _FEWER_PIXELS) from error
    except ImageError:
        raise
    except _DECODING_ERRORS as error:
        raise _unreadable(error, content, form, place) from error
    if not pages:
        raise ImageError(ImageStatus.NO_PAGES, place, f"the {form} has no page", "Send a file with an image in it.")
    return pages


_FEWER_PIXELS = "Scan with fewer dots per inch, or raise HEADRACE_IMAGE_PIXELS."


def _check_pixels(pixels: int, place: str, limits: ImageLimits) -> None:
    if pixels > limits.pixels:
        fact = f"{pixels:,} pixels, where {limits.pixels:,} are allowed"
        raise ImageError(ImageStatus.TOO_MANY_PIXELS, place, fact, _FEWER_PIXELS)


def _frames(image: Image.Image, form: Format, pages: int) -> Iterator[None]:
    """Turn to one frame after the other: each page of a TIFF that is no smaller copy, the first frame of others."""
    if form is not Format.TIFF:
        yield
        return
    found, position = 0, 0
    while found < pages:
        try:
            image.seek(position)
        except EOFError:
            return
        if not _is_reduced(image):
            found += 1
            yield
        position += 1


def _is_reduced(image: Image.Image) -> bool:
    kind = image.tag_v2.get(_NEW_SUBFILE_TYPE, 0)  # type: ignore[attr-defined]
    return isinstance(kind, int) and bool(kind & _REDUCED)


def _page(image: Image.Image, place: str, limits: ImageLimits) -> NDArray[np.uint8]:
    """The frame that an image is turned to: reduced, upright, RGB."""
    width, height = image.size
    _check_pixels(width * height, place, limits)
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
    return np.array(_upright(page.convert("RGB"), orientation))


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


def _upright(page: Image.Image, orientation: object) -> Image.Image:
    """Turned and mirrored as Exif says (Exif 2.32, 4.6.4 A)."""
    tagged = Image.Exif()
    tagged[_EXIF_ORIENTATION] = orientation
    page.info = {"exif": tagged.tobytes()}
    return ImageOps.exif_transpose(page)


def _unreadable(error: Exception, content: bytes, form: Format, place: str) -> ImageError:
    words = f"{type(error).__name__}: {error}"
    if not has_end(form, content) or "truncated" in str(error).lower():
        fact = f"the {form} ends too early, after {len(content):,} bytes ({words})"
        return ImageError(ImageStatus.TRUNCATED, place, fact, "Send the whole file again.")
    if isinstance(error, NotImplementedError | UnidentifiedImageError) or "unsupported" in str(error).lower():
        fact = f"a kind of {form} that cannot be decoded ({words})"
        return ImageError(ImageStatus.UNSUPPORTED, place, fact, "Save it as plain JPEG or PNG.")
    fact = f"the {form} is damaged ({words})"
    return ImageError(ImageStatus.DAMAGED, place, fact, "Save the image anew, or send the original.")
