"""Files that are no usable documents, as they come in practice: for tests of whoever reads images."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image

from headrace.rendering.layout import layout_named
from headrace.rendering.render import render


def _invoice() -> Image.Image:
    return Image.fromarray(render(layout_named("digital_invoice"), "bad files", "usual").pages[0].pixels)


def _jpeg() -> bytes:
    packed = io.BytesIO()
    _invoice().save(packed, "JPEG", quality=85)
    return packed.getvalue()


def empty() -> bytes:
    return b""


def truncated_jpeg() -> bytes:
    """The first third of a JPEG, as a broken upload leaves it."""
    whole = _jpeg()
    return whole[: len(whole) // 3]


def truncated_png() -> bytes:
    packed = io.BytesIO()
    _invoice().save(packed, "PNG")
    return packed.getvalue()[:4000]


def text() -> bytes:
    return "发票号码：12345678\n这不是图像。\n".encode()


def html_named_jpeg() -> bytes:
    """What a web server answers instead of an image."""
    return b"<!DOCTYPE html><html><head><title>404 Not Found</title></head><body>Not Found</body></html>"


def bomb_png() -> bytes:
    """A decompression bomb: a valid PNG of 2.4 MB that unpacks to 50,000 x 50,000 grey pixels (2.5 GB)."""
    side = 50_000
    rows = 100
    packer = zlib.compressobj(9, wbits=-15)
    # A full flush makes the block stand for itself, so that it can be repeated instead of packed anew.
    block = packer.compress(b"\0" * (1 + side) * rows) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = (1 + side) * side % 65_521 << 16 | 1  # Adler-32 of zeros (RFC 1950, section 2.2)
    data = b"\x78\xda" + block * (side // rows) + b"\x03\0" + struct.pack(">I", checksum)
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def animated_gif() -> bytes:
    return _animation("GIF")


def animated_webp() -> bytes:
    return _animation("WEBP")


def one_pixel() -> bytes:
    packed = io.BytesIO()
    Image.new("RGB", (1, 1), (255, 255, 255)).save(packed, "PNG")
    return packed.getvalue()


def blank_page() -> bytes:
    """A white page: an image in order, without a letter on it."""
    packed = io.BytesIO()
    Image.new("RGB", (1240, 877), (255, 255, 255)).save(packed, "PNG")
    return packed.getvalue()


# By the names that the files get.
BAD_FILES: dict[str, Callable[[], bytes]] = {
    "empty.jpg": empty,
    "truncated.jpg": truncated_jpeg,
    "truncated.png": truncated_png,
    "text.jpg": text,
    "page.jpg": html_named_jpeg,
    "bomb.png": bomb_png,
    "animated.gif": animated_gif,
    "animated.webp": animated_webp,
    "one_pixel.png": one_pixel,
    "blank.png": blank_page,
}


def large_photo() -> bytes:
    """A usable one, but large: a photograph of an invoice with 20 megapixels."""
    document = render(layout_named("special_vat_invoice"), "large photo", "usual", scale=20.0)
    page = Image.fromarray(document.pages[0].pixels).resize((5472, 3648), Image.Resampling.BILINEAR)
    packed = io.BytesIO()
    page.save(packed, "JPEG", quality=88)
    return packed.getvalue()


def _animation(form: str) -> bytes:
    frames = [_invoice().resize((420, 280)), Image.new("RGB", (420, 280), (200, 30, 30))]
    packed = io.BytesIO()
    frames[0].save(packed, form, save_all=True, append_images=frames[1:], duration=200, loop=0)
    return packed.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
