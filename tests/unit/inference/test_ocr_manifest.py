"""manifest.yaml of each task: what is published stays readable as it is, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from origins import write_manifest, write_version, write_wheel

from headrace.inference.errors import ManifestError
from headrace.inference.manifest import ocr_manifest, read_manifest, text_manifest
from headrace.settings import PROJECT

MANIFESTS = sorted((PROJECT / "models").glob("*/*/manifest.yaml"))


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: "-".join(path.parts[-3:-1]))
def test_a_published_manifest_is_read_whole(path: Path) -> None:
    read = read_manifest(path).model_dump(mode="json", exclude_unset=True)
    assert read == yaml.safe_load(path.read_text(encoding="utf-8"))


def test_both_tasks_are_there() -> None:
    assert {read_manifest(path).task for path in MANIFESTS} == {"ocr", "text_classification"}


def test_a_manifest_of_the_other_task() -> None:
    ocr = read_manifest(PROJECT / "models" / "ocr" / "1" / "manifest.yaml")
    sentiment = read_manifest(PROJECT / "models" / "sentiment" / "3" / "manifest.yaml")
    assert (ocr_manifest(ocr), text_manifest(sentiment)) == (ocr, sentiment)
    with pytest.raises(ManifestError, match=r"ocr version 1: is for ocr, not for text_classification\. Name"):
        text_manifest(ocr)
    with pytest.raises(ManifestError, match=r"sentiment version 3: is for text_classification, not for ocr\. Name"):
        ocr_manifest(sentiment)


@pytest.fixture
def manifest(tmp_path: Path) -> dict[str, Any]:
    return write_version(tmp_path / "1", write_wheel(tmp_path / "wheels"))


def refused(folder: Path, manifest: dict[str, Any], match: str) -> None:
    write_manifest(folder, manifest)
    with pytest.raises(ManifestError, match=match):
        read_manifest(folder / "manifest.yaml")


@pytest.mark.parametrize("member", ["../outside", "/etc/passwd", "a/../../b", "a\\..\\b", ""])
def test_a_member_outside_of_its_archive(tmp_path: Path, manifest: dict[str, Any], member: str) -> None:
    manifest["origin"]["members"]["detection/inference.pdmodel"] = member
    refused(tmp_path / "1", manifest, "points outside of its archive or folder")


@pytest.mark.parametrize("file", ["../weights", "/weights", "a/b/weights", ".hidden", "detection/.hidden"])
def test_a_file_outside_of_its_version(tmp_path: Path, manifest: dict[str, Any], file: str) -> None:
    manifest["files"][file] = "0" * 64
    refused(tmp_path / "1", manifest, "String should match pattern")


@pytest.mark.parametrize("file", ["detection/inference.yml", "recognition/inference.pdiparams", "golden.jsonl"])
def test_a_file_without_a_hash(tmp_path: Path, manifest: dict[str, Any], file: str) -> None:
    del manifest["files"][file]
    refused(tmp_path / "1", manifest, f"{file} is not listed under files")


def test_a_requirement_that_is_not_pinned(tmp_path: Path, manifest: dict[str, Any]) -> None:
    manifest["origin"]["requirement"] = "small-ocr>=1.0"
    refused(tmp_path / "1", manifest, "origin.wheel.requirement")


def test_a_task_that_nobody_knows(tmp_path: Path, manifest: dict[str, Any]) -> None:
    refused(tmp_path / "1", manifest | {"task": "translation"}, "'text_classification', 'ocr'")


def test_the_notice_names_licence_and_owner() -> None:
    found = yaml.safe_load((PROJECT / "models" / "ocr" / "1" / "manifest.yaml").read_text(encoding="utf-8"))
    assert found["licence"] == "Apache-2.0"
    assert "PaddlePaddle Authors" in found["notice"]
