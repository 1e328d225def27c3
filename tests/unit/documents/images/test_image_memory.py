"""Memory stays within bounds, whatever comes; each case in a process of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from image_files import jpeg, packed
from PIL import Image

from headrace.rendering.bad_files import bomb_png, truncated_jpeg
from headrace.settings import PROJECT


def grown(times: int, *files: Path) -> tuple[float, float]:
    """Megabytes that the peak of a process rises by, with one round of reading files and with several."""
    script = Path(__file__).with_name("peak_memory.py")
    run = subprocess.run(
        [sys.executable, str(script), str(times), *map(str, files)],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    first, all_ = map(float, run.stdout.split())
    return first, all_


@pytest.fixture(scope="module")
def photograph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """20 megapixels as a camera has them; unpacked whole they take 60 MB, and 80 in Pillow."""
    small = np.random.default_rng(7).integers(0, 256, (228, 342, 3), np.uint8)
    image = Image.fromarray(small).resize((5472, 3648), Image.Resampling.BICUBIC)
    file = tmp_path_factory.mktemp("photograph") / "photograph.jpg"
    image.save(file, "JPEG", quality=90)
    return file


def test_a_large_photograph(photograph: Path) -> None:
    first, _ = grown(1, photograph)
    assert first < 60


def test_a_bomb_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "bomb.png").write_bytes(bomb_png())
    first, _ = grown(1, tmp_path / "bomb.png")
    assert first < 5


def test_many_images_of_mixed_sizes(photograph: Path, tmp_path: Path) -> None:
    page = Image.open(io.BytesIO(photograph.read_bytes())).resize((1200, 800))
    contents = {
        "bomb.png": bomb_png(),
        "truncated.jpg": truncated_jpeg(),
        "small.jpg": jpeg(),
        "page.jpg": packed(page, "JPEG"),
        "page.png": packed(page, "PNG"),
        "page.pdf": packed(page, "PDF", save_all=True, append_images=[page, page]),
        "page.tiff": packed(page, "TIFF", save_all=True, append_images=[page, page]),
        "page.webp": packed(page, "WEBP"),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    first, all_ = grown(6, photograph, *(tmp_path / name for name in contents))
    assert all_ - first < 15
