"""The limits come from the environment, and the page about images names them all."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from headrace.documents.images import ImageLimits, ImageStatus
from headrace.settings import PROJECT, ModelSettings

PAGE = (PROJECT / "docs" / "images.md").read_text(encoding="utf-8")


def test_limits_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ImageLimits.of(ModelSettings()) == ImageLimits()
    monkeypatch.setenv("HEADRACE_IMAGE_FOLDERS", "/srv/scans, /mnt/a b,")
    monkeypatch.setenv("HEADRACE_IMAGE_BUCKETS", "scans/2026")
    monkeypatch.setenv("HEADRACE_IMAGE_HOSTS", "*.example.com,images.local:8080")
    monkeypatch.setenv("HEADRACE_IMAGE_NETWORKS", "10.1.0.0/16,fd00::/8")
    monkeypatch.setenv("HEADRACE_IMAGE_SECONDS", "2.5")
    limits = ImageLimits.of(ModelSettings())
    assert limits.folders == (Path("/srv/scans"), Path("/mnt/a b"))
    assert limits.buckets == ("scans/2026",)
    assert limits.hosts == ("*.example.com", "images.local:8080")
    assert limits.networks == ("10.1.0.0/16", "fd00::/8")
    assert limits.seconds == 2.5


def test_a_network_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADRACE_IMAGE_NETWORKS", "10.1.0.0/33")
    with pytest.raises(ValidationError, match="image_networks"):
        ModelSettings()


@pytest.mark.parametrize("status", ImageStatus)
def test_the_page_has_each_status(status: ImageStatus) -> None:
    assert f"| `{status}` |" in PAGE


@pytest.mark.parametrize("name", [name for name in ModelSettings.model_fields if name.startswith("image_")])
def test_the_page_has_each_setting(name: str) -> None:
    assert f"| `HEADRACE_{name.upper()}` |" in PAGE
