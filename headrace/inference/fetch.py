"""Brings versions here: what is missing of one, or one of another repository."""

from __future__ import annotations

import tempfile
from pathlib import Path

from headrace.inference.origin import fetch_files
from headrace.inference.publish import publish_version
from headrace.inference.repository import ModelRepository
from headrace.inference.storage import LocalStorage
from headrace.inference.tasks import OnStep


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


def complete_version(
    repository: ModelRepository, name: str, version: int, on_step: OnStep = lambda _: None
) -> list[str]:
    """Make all files of a version be on this machine, and compare them with their hashes.

    Those of a URL go into the cache. Of a folder, files that it does not hold come from where the manifest says.

    Returns:
        The files that were brought from the version's origin; none if all was there.

    Raises:
        FetchError: the origin cannot be reached, or has other files than the manifest says.
        InferenceError: there is no such version, or it is not as it was published.
    """
    brought: list[str] = []
    if isinstance(repository.storage, LocalStorage):
        manifest = repository.description(name, version)
        brought = fetch_files(repository.local_folder(name, version), manifest, on_step)
    on_step("download what is not in the cache, compare hashes")
    repository.manifest(name, version)
    return brought
