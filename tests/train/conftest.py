"""A small training that takes seconds: a few texts, a tiny network."""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before NumPy and Paddle load: the same sums in the same order on each run

import numpy as np
import pytest

from train.ernie.settings import Settings, Shape
from train.ernie.texts import Part, Sources
from train.sentiment.reviews import Split


@pytest.fixture(scope="session")
def sources() -> Sources:
    """Texts whose first word says the label."""
    words = ("很差", "请问", "很好")
    tails = ("这家店", "酒店", "手机", "这本书", "wifi信号", "外卖，价格￥9", "客服＋物流", "孩子～")
    texts = [f"{word}{tail}{number}" for word in words for tail in tails for number in range(4)]
    labels = np.repeat(np.arange(3), len(tails) * 4)
    part = Part(texts, labels)
    return {"reviews": dict.fromkeys(Split, part), "supplement": dict.fromkeys(Split, part)}


@pytest.fixture
def settings() -> Settings:
    """Of a tiny model from scratch, with both phases."""
    return Settings(
        start=None,
        shape=Shape(layers=1, hidden=16, heads=2, min_frequency=1),
        max_tokens=16,
        batch_rows=16,
        pretraining_epochs=1,
        epochs=3,
        learning_rate=5e-3,
        checkpoint_steps=5,
    )
