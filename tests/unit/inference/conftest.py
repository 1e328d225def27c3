"""A copy of the published models that a test may change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from headrace.settings import PROJECT


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A folder of models with the published `sentiment`."""
    return Path(shutil.copytree(PROJECT / "models", tmp_path / "models"))
