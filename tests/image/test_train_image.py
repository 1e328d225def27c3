"""The training environment as an image."""

from __future__ import annotations

import subprocess

import pytest

from headrace.settings import settings
from headrace.testing.container.__main__ import image_build
from headrace.testing.container.build import Image
from headrace.testing.container.mounts import overlay, temporary_file_system


@pytest.fixture(scope="module")
def train_image() -> Image:
    return image_build().image("train")


def test_training_has_what_it_needs_as_the_images_user(train_image: Image) -> None:
    """On a read-only root: the reviews are there, and PaddleNLP can be imported."""
    text = "import paddle, paddlenlp; from train.sentiment.reviews import read_reviews; print(len(read_reviews()))"
    folder = settings().home / "image" / "containers"
    folder.mkdir(exist_ok=True)
    with overlay(train_image.layers, folder / "train") as root, temporary_file_system(root / "tmp"):
        command = train_image.inside(root).command([train_image.entry_point[2], "-c", text])
        asked = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert asked.returncode == 0, asked.stderr
    assert int(asked.stdout.splitlines()[-1]) > 10_000
    assert train_image.user == "10001:10001"
