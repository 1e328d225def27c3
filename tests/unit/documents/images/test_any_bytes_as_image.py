"""Whatever bytes come, there are pages or an ImageError."""

from __future__ import annotations

import random

import numpy as np
import pytest
from image_files import half_red, packed
from PIL import Image

from headrace.documents.images import ImageError, ImageLimits, read_pages

LIMITS = ImageLimits(pixels=1_000_000, side=400)
FRAMES = {"save_all": True, "append_images": [half_red()]}
FILES = {
    "JPEG": packed(half_red(), "JPEG"),
    "progressive JPEG": packed(half_red(), "JPEG", progressive=True),
    "CMYK JPEG": packed(half_red().convert("CMYK"), "JPEG"),
    "PNG": packed(half_red(), "PNG"),
    "palette PNG": packed(half_red().convert("P"), "PNG", transparency=1),
    "animated PNG": packed(half_red(), "PNG", **FRAMES),
    "WebP": packed(half_red(), "WEBP"),
    "lossless WebP": packed(half_red().convert("RGBA"), "WEBP", lossless=True),
    "animated WebP": packed(half_red(), "WEBP", **FRAMES),
    "GIF": packed(half_red(), "GIF", **FRAMES),
    "BMP": packed(half_red(), "BMP"),
    "TIFF": packed(half_red(), "TIFF", **FRAMES),
    "deflated TIFF": packed(half_red(), "TIFF", compression="tiff_adobe_deflate"),
    "LZW TIFF": packed(half_red(), "TIFF", compression="tiff_lzw"),
    "JPEG in TIFF": packed(half_red(), "TIFF", compression="jpeg"),
    "fax TIFF": packed(half_red().convert("1"), "TIFF", compression="group4"),
    "16-bit TIFF": packed(Image.new("I;16", (60, 40), 700), "TIFF"),
    "PDF": packed(half_red(), "PDF", **FRAMES),
}


def changed(content: bytes, chance: random.Random) -> bytes:
    """Some bytes other than they were, most of them near the beginning, where the headers are; or cut, or doubled."""
    bytes_ = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        reach = chance.choice([64, 512, len(bytes_)])
        place = chance.randrange(min(reach, len(bytes_)))
        bytes_[place] = chance.choice([0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256), bytes_[place] ^ 1])
    match chance.randrange(6):
        case 0:
            del bytes_[chance.randrange(len(bytes_)) :]
        case 1:
            start = chance.randrange(len(bytes_))
            bytes_[start:start] = bytes_[start : start + chance.randrange(200)]
        case 2:
            start = chance.randrange(len(bytes_))
            del bytes_[start : start + chance.randrange(50)]
    return bytes(bytes_)


def outcome(content: bytes) -> str:
    """A status, or `pages`; anything else fails."""
    try:
        pages = read_pages(content, LIMITS)
    except ImageError as error:
        return error.status
    assert 1 <= len(pages) <= LIMITS.pages
    for page in pages:
        assert page.dtype == np.uint8
        assert page.ndim == 3
        assert page.shape[2] == 3
        assert min(page.shape[:2]) >= 1
        assert max(page.shape[:2]) <= LIMITS.side
    return "pages"


@pytest.mark.parametrize("form", FILES)
def test_changed_files(form: str) -> None:
    chance = random.Random(form)  # noqa: S311 - the same bytes in each run
    assert outcome(FILES[form]) == "pages"
    seen = {outcome(changed(FILES[form], chance)) for _ in range(200)}
    assert len(seen) > 1


@pytest.mark.parametrize("form", FILES)
def test_every_beginning_of_a_file(form: str) -> None:
    content = FILES[form]
    for length in range(1, len(content), max(1, len(content) // 150)):
        outcome(content[:length])
