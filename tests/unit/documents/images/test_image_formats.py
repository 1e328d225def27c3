"""Each format and kind of pixels comes out as upright RGB on white, by its content."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from image_files import BLUE, RED, WHITE, half_red, packed
from numpy.typing import NDArray
from PIL import Image

from headrace.documents.images import ImageLimits, read_pages

LIMITS = ImageLimits()


def colours(page: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """In the middle of the left half and of the right half."""
    height, width = page.shape[:2]
    return page[height // 2, width // 4].astype(np.int64), page[height // 2, width * 3 // 4].astype(np.int64)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP"])
def test_each_format(form: str) -> None:
    (page,) = read_pages(packed(half_red(), form), LIMITS)
    assert page.shape == (40, 60, 3)
    assert page.dtype == np.uint8
    assert page.flags.c_contiguous
    left, right = colours(page)
    assert np.abs(left - RED).max() < 12
    assert np.abs(right - BLUE).max() < 12


def test_pdf_pages_at_200_dots_per_inch() -> None:
    content = packed(half_red(), "PDF", resolution=60, save_all=True, append_images=[half_red()] * 4)  # an inch wide
    pages = read_pages(content, ImageLimits(pages=2))
    assert [page.shape for page in pages] == [(134, 200, 3)] * 2
    left, right = colours(pages[1])
    assert np.abs(left - RED).max() < 12
    assert np.abs(right - BLUE).max() < 12


def test_tiff_pages_without_smaller_copies() -> None:
    first, copy, last = half_red(), Image.new("RGB", (6, 4), BLUE), Image.new("L", (50, 30), 7)
    copy.encoderinfo = {"tiffinfo": {254: 1}}
    content = packed(first, "TIFF", save_all=True, append_images=[copy, last])
    assert [page.shape for page in read_pages(content, LIMITS)] == [(40, 60, 3), (30, 50, 3)]
    assert [page.shape for page in read_pages(content, ImageLimits(pages=1))] == [(40, 60, 3)]


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_first_frame_of_an_animation(form: str) -> None:
    frames = [half_red(), Image.new("RGB", (60, 40), BLUE)]
    (page,) = read_pages(packed(frames[0], form, save_all=True, append_images=frames[1:], duration=100), LIMITS)
    assert np.abs(colours(page)[0] - RED).max() < 12


def rgba() -> Image.Image:
    image = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    image.paste((*RED, 255), (0, 0, 30, 40))
    return image


def palette_with_transparency() -> bytes:
    image = Image.new("P", (60, 40), 1)
    image.putpalette([*RED, 0, 0, 0])
    image.paste(0, (0, 0, 30, 40))
    return packed(image, "PNG", transparency=1)


@pytest.mark.parametrize(
    "content",
    [
        lambda: packed(rgba(), "PNG"),
        lambda: packed(rgba(), "WEBP", lossless=True),
        lambda: packed(rgba(), "TIFF"),
        lambda: packed(rgba(), "GIF"),
        palette_with_transparency,
    ],
)
def test_transparency_is_white(content: Callable[[], bytes]) -> None:
    (page,) = read_pages(content(), LIMITS)
    left, right = colours(page)
    assert np.abs(left - RED).max() < 12
    assert tuple(right) == WHITE


def test_other_pixels() -> None:
    grey = half_red().convert("L")
    deep = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
    expected = np.asarray(grey.convert("RGB"))
    for content in (packed(grey, "PNG"), packed(deep, "PNG"), packed(deep, "TIFF"), packed(grey.convert("LA"), "PNG")):
        assert np.array_equal(read_pages(content, LIMITS)[0], expected)
    (page,) = read_pages(packed(half_red().convert("1"), "TIFF", compression="group4"), LIMITS)
    assert set(np.unique(page)) <= {0, 255}
    for content in (packed(half_red().convert("P"), "PNG"), packed(half_red().convert("CMYK"), "JPEG")):
        left, right = colours(read_pages(content, LIMITS)[0])
        assert np.abs(left - RED).max() < 60  # a palette of 216 colours; inks
        assert np.abs(right - BLUE).max() < 60
    values = np.asarray(grey).astype(np.float32) / 1000
    left, right = colours(read_pages(packed(Image.fromarray(values), "TIFF"), LIMITS)[0])
    assert {int(left[0]), int(right[0])} == {0, 255}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_upright_as_exif_says(form: str, orientation: int) -> None:
    turns = {
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }
    upright = Image.new("RGB", (60, 40), WHITE)
    upright.paste(RED, (0, 0, 30, 20))  # the top left tells all eight apart
    lying = upright
    for turn in turns.get(orientation, []):
        lying = lying.transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    (page,) = read_pages(packed(lying, form, exif=exif), LIMITS)
    assert page.shape == (40, 60, 3)
    assert np.abs(page.astype(np.int64) - np.asarray(upright)).mean() < 3


def test_large_ones_are_reduced() -> None:
    limits = ImageLimits(side=200)
    for form in ("JPEG", "PNG", "PDF", "TIFF"):
        (page,) = read_pages(packed(half_red().resize((1200, 800)), form), limits)
        assert page.shape in ((133, 200, 3), (134, 200, 3)), form  # a PDF's page ends within its last row
    (page,) = read_pages(packed(Image.new("L", (3000, 2)), "PNG"), limits)
    assert page.shape == (1, 200, 3)
