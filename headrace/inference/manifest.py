"""manifest.yaml: what one published version of a model is; which fields it has depends on its task."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field, TypeAdapter

from headrace.inference.errors import ManifestError, ModelNotFoundError
from headrace.inference.ocr_manifest import OcrManifest
from headrace.inference.text_manifest import TextManifest

MAX_MANIFEST_BYTES = 1 << 20

Manifest = Annotated[TextManifest | OcrManifest, Field(discriminator="task")]
"""One published version: `models/<name>/<version>/manifest.yaml`."""

_MANIFEST: TypeAdapter[TextManifest | OcrManifest] = TypeAdapter(Manifest)


def read_manifest(path: Path) -> Manifest:
    """Read and check a manifest.

    Raises:
        ModelNotFoundError: there is no such file.
        ManifestError: the file does not describe a model.
    """
    try:
        with path.open("rb") as stream:
            return parse_manifest(stream.read(MAX_MANIFEST_BYTES + 1), str(path))
    except FileNotFoundError as error:
        raise missing_manifest(str(path)) from error


def text_manifest(manifest: Manifest) -> TextManifest:
    """The manifest of a version that classifies texts.

    Raises:
        ManifestError: it is for another task.
    """
    if not isinstance(manifest, TextManifest):
        raise ManifestError(
            f"{manifest.name} version {manifest.version}: is for {manifest.task}, not for text_classification. "
            "Name a model that classifies texts."
        )
    return manifest


def ocr_manifest(manifest: Manifest) -> OcrManifest:
    """The manifest of a version that reads text on images.

    Raises:
        ManifestError: it is for another task.
    """
    if not isinstance(manifest, OcrManifest):
        raise ManifestError(
            f"{manifest.name} version {manifest.version}: is for {manifest.task}, not for ocr. "
            "Name a model that reads text on images."
        )
    return manifest


def missing_manifest(place: str) -> ModelNotFoundError:
    """The error of a version without a manifest: it does not exist."""
    return ModelNotFoundError(
        f"{place}: there is no such file. Publish the version, or take it out of the model's route.yaml."
    )


def parse_manifest(content: bytes, place: str) -> Manifest:
    """Check the content of a manifest.

    Args:
        content: YAML in UTF-8, at most MAX_MANIFEST_BYTES.
        place: what error messages call it, usually its path or URL.

    Raises:
        ManifestError: the content does not describe a model.
    """
    try:
        if len(content) > MAX_MANIFEST_BYTES:
            raise ValueError(f"it has more than {MAX_MANIFEST_BYTES} bytes")
        return _MANIFEST.validate_python(yaml.safe_load(content.decode("utf-8")))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ManifestError(
            f"{place}: does not describe a model: {error}. Restore the file, or publish the version again."
        ) from error


def write_manifest(manifest: Manifest, path: Path) -> None:
    """Write a manifest in the order of its fields."""
    content = yaml.safe_dump(manifest.model_dump(mode="json"), allow_unicode=True, sort_keys=False, width=110)
    path.write_text(content, encoding="utf-8")
