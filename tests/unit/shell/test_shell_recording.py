"""A feature's test case where none can be recorded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from headrace.settings import Settings
from headrace.shell.recording import RecordingError, record_case


def test_reason_is_told_in_a_sentence(
    own_settings: Settings, monkeypatch: pytest.MonkeyPatch, write_project: Callable[[dict[str, str]], Path]
) -> None:
    monkeypatch.setenv("HEADRACE_HOME", str(own_settings.home))  # where no stack is
    with pytest.raises(RecordingError) as raised:
        record_case(write_project({}), "scores")
    assert "make up" in str(raised.value)
    assert "\n" not in str(raised.value)
