"""What tests of several subjects share."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import hypothesis
import pytest

from headrace.settings import Settings

# How long an example takes says more about the machine's load than about the code.
hypothesis.settings.register_profile("headrace", deadline=None)
hypothesis.settings.load_profile("headrace")

# Who starts the tests in the background may have Ctrl-C ignored, and commands under test would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The default settings, in a home folder that is this test's alone."""
    for name in [name for name in os.environ if name.startswith("HEADRACE_")]:
        monkeypatch.delenv(name)
    return Settings(home=tmp_path / "home")
