"""Versions of models for tests and benchmarks: copies of published ones, whole or broken on purpose."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from headrace.inference.golden import classify_rows, read_golden_rows, write_golden_rows
from headrace.inference.manifest import text_manifest
from headrace.inference.manifest_parts import GOLDEN_FILE, MANIFEST_FILE
from headrace.inference.metrics import MemoryMetrics
from headrace.inference.repository import ModelRepository
from headrace.inference.text_model import TextModel
from headrace.inference.version_files import sha256_of


def copy_version(models: Path, name: str, source: int, target: int) -> Path:
    """Publishes a copy of a version under another number.

    Returns:
        Its folder.
    """
    folder = models / name / str(target)
    shutil.copytree(models / name / str(source), folder)
    change_manifest(folder, {"version": target})
    return folder


def turn_labels(folder: Path) -> None:
    """Makes a version say the contrary: its labels in the reverse order, its golden rows accordingly."""
    manifest = yaml.safe_load((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
    change_manifest(folder, {"labels": manifest["labels"][::-1]})
    read = text_manifest(ModelRepository(folder.parents[1]).manifest(manifest["name"], manifest["version"]))
    classifier = TextModel(folder, read).classifier(MemoryMetrics())
    golden = folder / GOLDEN_FILE
    write_golden_rows(classify_rows(classifier, read_golden_rows(golden)), golden)
    sign(folder, GOLDEN_FILE)


def sign(folder: Path, file: str) -> None:
    """Enters the hash of a changed file into the manifest."""
    manifest = yaml.safe_load((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
    change_manifest(folder, {"files": manifest["files"] | {file: sha256_of(folder / file)}})


def change_manifest(folder: Path, change: Mapping[str, Any]) -> None:
    """Writes other values into a manifest."""
    path = folder / MANIFEST_FILE
    content = yaml.safe_load(path.read_text(encoding="utf-8")) | change
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
