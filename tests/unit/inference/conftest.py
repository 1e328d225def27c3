"""A copy of the published models that a test may change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from headrace.inference.repository import models_folder


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A folder of models with the published `sentiment`."""
    return Path(shutil.copytree(models_folder(), tmp_path / "models"))
