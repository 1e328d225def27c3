"""Checks what is published: that it is still what was published, and still serves."""

from __future__ import annotations

import tempfile
from pathlib import Path

from headrace.inference.repository import ModelRepository
from headrace.inference.tasks import OnStep
from headrace.inference.version_checks import check_version


def verify_version(repository: ModelRepository, name: str, version: int, on_step: OnStep = lambda _: None) -> None:
    """Check a published version as if it were published now.

    A version of a URL is downloaded for it: the cache would say nothing about what is in the storage.

    Raises:
        InferenceError: see `check_version`; or the version is not there, or the storage does not answer.
    """
    with tempfile.TemporaryDirectory() as cache:
        fresh = repository.with_cache(Path(cache))
        on_step("files")
        fresh.manifest(name, version)
        check_version(fresh.version_folder(name, version), on_step)
