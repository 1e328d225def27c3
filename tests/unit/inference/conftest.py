"""A copy of the published models that a test may change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from headrace.settings import PROJECT


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A folder of models with version 1 of `sentiment`, which serves alone; other versions a test makes itself."""
    folder = tmp_path / "models"
    shutil.copytree(PROJECT / "models" / "sentiment" / "1", folder / "sentiment" / "1")
    (folder / "sentiment" / "route.yaml").write_text("weights: {1: 100}\n", encoding="utf-8")
    return folder
