"""The image's tag and labels, and the file that says what it was built with."""

from __future__ import annotations

from pathlib import Path

import pytest

from headrace.errors import ContainerImageError
from headrace.image.description import IMAGE_FILE, ImageDescription, built_with, describe


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.3.0"\n')
    for name, route in {"sentiment": "weights: {3: 10, 4: 90, 2: 0}", "ocr": "weights: {1: 100}"}.items():
        (tmp_path / "models" / name).mkdir(parents=True)
        (tmp_path / "models" / name / "route.yaml").write_text(route)
    return tmp_path


def test_the_tag_has_the_version_and_the_models_that_serve(project: Path) -> None:
    assert describe(project).tag == "v1.3.0-ocr-1-sentiment-4.3"
    assert describe(project, device="gpu").tag == "v1.3.0-ocr-1-sentiment-4.3-gpu"
    assert ImageDescription(version="1.3", models={"sentiment": (4,)}).tag == "v1.3-sentiment-4"


def test_a_tag_that_registries_refuse(project: Path) -> None:
    for name in ("情感", "x" * 128):
        with pytest.raises(ContainerImageError, match="at most 128 characters"):
            _ = ImageDescription(version="1", models={name: (1,)}).tag


def test_labels(project: Path) -> None:
    labels = describe(project, revision="abc", created="2026-01-01T00:00:00Z").labels
    assert labels == {
        "org.opencontainers.image.version": "1.3.0",
        "org.opencontainers.image.revision": "abc",
        "org.opencontainers.image.created": "2026-01-01T00:00:00Z",
        "io.headrace.models": "ocr=1 sentiment=4,3",
        "io.headrace.device": "cpu",
    }


def test_what_a_build_records_is_read(project: Path) -> None:
    assert built_with(project) is None
    recorded = describe(project, revision="abc")
    (project / IMAGE_FILE).write_text(recorded.model_dump_json())
    assert built_with(project) == recorded
    (project / IMAGE_FILE).write_text("{}")
    with pytest.raises(ContainerImageError, match="Build the image anew"):
        built_with(project)


def test_a_folder_that_is_no_project(tmp_path: Path, project: Path) -> None:
    with pytest.raises(ContainerImageError, match="--project"):
        describe(tmp_path / "elsewhere")
    (project / "models" / "ocr" / "route.yaml").unlink()
    (project / "models" / "sentiment" / "route.yaml").unlink()
    with pytest.raises(ContainerImageError, match="no model"):
        describe(project)
