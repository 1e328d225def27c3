"""Brings a version from one repository into another."""

from __future__ import annotations

import tempfile
from pathlib import Path

from headrace.inference.publish import publish_version
from headrace.inference.repository import ModelRepository
from headrace.inference.version_checks import OnStep


def copy_version(
    source: ModelRepository, target: ModelRepository, name: str, version: int, on_step: OnStep = lambda _: None
) -> None:
    """Publish a version of one repository in another, after all checks that publishing makes.

    Raises:
        InferenceError: see `publish_version`; or the source does not have the version, or not as it was published.
    """
    with tempfile.TemporaryDirectory() as cache:
        fresh = source.with_cache(Path(cache))
        on_step("files")
        fresh.manifest(name, version)
        publish_version(fresh.version_folder(name, version), target, on_step)
