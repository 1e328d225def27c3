"""Files that cannot be used, each with its status."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

import pytest
from image_files import half_red, jpeg, packed
from PIL import Image

from headrace.documents.images import ImageError, ImageLimits, ImageStatus, read_pages
from headrace.documents.images.content import jpeg_scans
from headrace.rendering.bad_files import BAD_FILES


def status_of(content: bytes, limits: ImageLimits) -> ImageStatus | None:
    try:
        read_pages(content, limits)
    except ImageError as error:
        return error.status
    return None


USABLE = {"animated.gif", "animated.webp", "one_pixel.png", "blank.png"}
STATUSES = {
    "empty.jpg": ImageStatus.EMPTY,
    "truncated.jpg": ImageStatus.TRUNCATED,
    "truncated.png": ImageStatus.TRUNCATED,
    "text.jpg": ImageStatus.NOT_AN_IMAGE,
    "page.jpg": ImageStatus.NOT_AN_IMAGE,
    "bomb.png": ImageStatus.TOO_MANY_PIXELS,
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_files_as_they_come_in_practice(name: str) -> None:
    assert status_of(BAD_FILES[name](), ImageLimits()) is (None if name in USABLE else STATUSES[name])


def webp_header(kind: bytes, data: bytes) -> bytes:
    """The first chunk of a WebP that says 16,384 x 16,384."""
    return b"RIFF" + struct.pack("<I", 4 + 8 + len(data)) + b"WEBP" + kind + struct.pack("<I", len(data)) + data


def pdf(objects: str) -> bytes:
    """A PDF whose page is object 3, without a table of objects: PDFium makes it."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        + objects.encode("latin-1")
        + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )


def pdf_with_large_image() -> bytes:
    zeros = zlib.compress(bytes(1 << 20)).decode("latin-1")
    return pdf(
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R"
        "/Resources<</XObject<</I 5 0 R>>>>>>endobj\n"
        "4 0 obj<</Length 23>>stream\n300 0 0 200 0 0 cm /I Do\nendstream endobj\n"
        "5 0 obj<</Type/XObject/Subtype/Image/Width 50000/Height 50000/BitsPerComponent 8/ColorSpace/DeviceGray"
        f"/Filter/FlateDecode/Length {len(zeros)}>>stream\n{zeros}\nendstream endobj"
    )


def pdf_page(box: str) -> bytes:
    return pdf(
        f"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[{box}]>>endobj"
    )


def tiff(width: int, height: int) -> bytes:
    """A TIFF of one grey strip, by its header."""
    entries = [(256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, height), (279, 4)]
    directory = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", tag, 4, 1, v) for tag, v in entries)
    return b"II*\0" + struct.pack("<I", 8) + directory + bytes(4)


@pytest.mark.parametrize(
    "content",
    [
        lambda: tiff(1_000_000, 1_000_000),
        lambda: tiff(8000, 8000),
        lambda: webp_header(b"VP8X", bytes(4) + b"\xff\x3f\0\xff\x3f\0"),
        lambda: webp_header(b"VP8L", b"\x2f" + struct.pack("<I", 0x3FFF | 0x3FFF << 14) + bytes(8)),
        lambda: webp_header(b"VP8 ", b"\0\0\0\x9d\x01\x2a\xff\x3f\xff\x3f" + bytes(8)),
        lambda: jpeg().replace(struct.pack(">HH", 40, 60), b"\xff\xf0\xff\xf0"),
        lambda: packed(half_red(), "GIF").replace(struct.pack("<HH", 60, 40), b"\xff\xff\xff\xff"),
        lambda: packed(half_red(), "BMP").replace(struct.pack("<ii", 60, 40), struct.pack("<ii", 60_000, 40_000)),
        lambda: packed(Image.new("1", (8000, 8000)), "PNG"),
        pdf_with_large_image,
    ],
)
def test_too_many_pixels_are_not_decoded(content: Callable[[], bytes]) -> None:
    with pytest.raises(ImageError, match=r"\d\d,\d{3},\d{3} are allowed|exceeds limit") as caught:
        read_pages(content(), ImageLimits())
    assert caught.value.status is ImageStatus.TOO_MANY_PIXELS


def test_a_jpeg_of_many_scans() -> None:
    content = packed(half_red(), "JPEG", progressive=True)
    last = content.rindex(b"\xff\xda")
    assert jpeg_scans(content) == 10
    assert status_of(content[:-2] + content[last:-2] * 90 + b"\xff\xd9", ImageLimits()) is None
    assert status_of(content[:-2] + content[last:-2] * 91 + b"\xff\xd9", ImageLimits()) is ImageStatus.TOO_SLOW
    film_behind_it = content + b"\xff\xda\0\2" * 500
    assert status_of(film_behind_it, ImageLimits()) is None


def test_a_pdf_page_that_takes_too_long() -> None:
    strokes = "0 0 m 300 200 l S\n" * 20_000
    content = pdf(
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R>>endobj\n"
        f"4 0 obj<</Length {len(strokes)}>>stream\n{strokes}\nendstream endobj"
    )
    assert status_of(content, ImageLimits(seconds=1e-9)) is ImageStatus.TOO_SLOW
    assert status_of(content, ImageLimits(seconds=600)) is None


@pytest.mark.parametrize("box", ["0 0 1000000 1000000", "0 0 0 0", "0 0 1e30 1", "5 5 5 900000", "-9e9 -9e9 9e9 9e9"])
def test_pdf_pages_of_any_box_are_small(box: str) -> None:
    (page,) = read_pages(pdf_page(box), ImageLimits(side=300))
    assert 1 <= max(page.shape[:2]) <= 1701  # PDFium takes a page without an area for US Letter


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"PK\x03\x04" + bytes(100), ImageStatus.UNSUPPORTED),
        (b"\0\0\0\x18ftypheic" + bytes(100), ImageStatus.UNSUPPORTED),
        (b"\0\0\0\x18ftypisom" + bytes(100), ImageStatus.UNSUPPORTED),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', ImageStatus.UNSUPPORTED),
        (b"\xff\xd8\xff", ImageStatus.TRUNCATED),
        (b"\xff\xd8\xff" + bytes(900) + b"\xff\xd9", ImageStatus.DAMAGED),
        (b"\x89PNG\r\n\x1a\n" + bytes(900) + b"IEND", ImageStatus.DAMAGED),
        (b"RIFF\x10\0\0\0WEBPVP8 " + bytes(100), ImageStatus.DAMAGED),
        (b"%PDF-1.7\n" + bytes(900), ImageStatus.TRUNCATED),
        (b"%PDF-1.7\n" + bytes(900) + b"%%EOF", ImageStatus.DAMAGED),
        (pdf("2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj"), ImageStatus.NO_PAGES),
        (bytes(4000), ImageStatus.NOT_AN_IMAGE),
    ],
)
def test_other_contents(content: bytes, status: ImageStatus) -> None:
    assert status_of(content, ImageLimits()) is status


def test_a_pdf_with_a_password() -> None:
    content = pdf("2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj")
    words = "41" * 32
    encrypt = f"/Encrypt<</Filter/Standard/V 1/R 2/O<{words}>/U<{words}>/P -4>>/ID[<{words}><{words}>]>>\n%%EOF"
    assert status_of(content.replace(b">>\n%%EOF", encrypt.encode()), ImageLimits()) is ImageStatus.ENCRYPTED


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_file_that_ends_too_early_is_found(form: str, share: float) -> None:
    content = packed(Image.effect_noise((300, 200), 80).convert("RGB"), form)
    status = status_of(content[: int(len(content) * share)], ImageLimits())
    assert status is ImageStatus.TRUNCATED or (form == "TIFF" and status is ImageStatus.DAMAGED)


def test_size_limit() -> None:
    content = jpeg()
    assert status_of(content, ImageLimits(bytes=len(content))) is None
    assert status_of(content, ImageLimits(bytes=len(content) - 1)) is ImageStatus.TOO_LARGE


def test_messages_have_place_fact_and_remedy() -> None:
    with pytest.raises(ImageError, match=r"^image: 800 pixels, where 700 are allowed\. .*HEADRACE_IMAGE_PIXELS\.$"):
        read_pages(packed(Image.new("L", (40, 20)), "PNG"), ImageLimits(pixels=700))
