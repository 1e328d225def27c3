"""The versions of a repository at a glance."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from headrace.inference.errors import InferenceError, ModelNotFoundError
from headrace.inference.manifest import Manifest
from headrace.inference.manifest_parts import MANIFEST_FILE
from headrace.inference.repository import ModelRepository
from headrace.inference.route import Route


@dataclass(frozen=True)
class VersionSummary:
    """One version; None where its manifest, or the model's route, cannot be read.

    weight: in the route; None where the route does not name the version.
    shadow: whether the route names the version as a shadow.
    size: of all files, in bytes; None also where they are not all here.
    is_fetched: whether the files of the version's origin are here.
    accuracy: on each part of the data that was held out for tests.
    error: why fields are missing.
    """

    model: str
    version: int
    weight: int | None = None
    shadow: bool = False
    task: str | None = None
    size: int | None = None
    is_fetched: bool = True
    date: datetime.date | None = None
    accuracy: dict[str, float] | None = None
    error: str | None = None


def summaries(repository: ModelRepository, models: list[str] | None = None) -> list[VersionSummary]:
    """All versions of some models, by default of all; a broken version is in the list too, with its error.

    Raises:
        ModelNotFoundError: there is no model of a name.
        StorageError: the storage does not answer.
    """
    result = []
    for name in repository.models() if models is None else models:
        versions = repository.versions(name)
        route: Route | None = None
        problem: str | None = None
        try:
            route = repository.route(name)
        except ModelNotFoundError:
            pass  # no route: nothing serves yet
        except InferenceError as error:
            problem = str(error)
        result += [_summary(repository, name, version, route, problem) for version in versions]
    return result


def size_of(repository: ModelRepository, manifest: Manifest) -> int:
    """Bytes of all files of a version, manifest included.

    Raises:
        FileNotFoundError: a file is not there.
        StorageError: the storage does not answer.
    """
    files = [*manifest.files, MANIFEST_FILE]
    return sum(repository.storage.size(f"{manifest.name}/{manifest.version}/{file}") for file in files)


def _summary(
    repository: ModelRepository, name: str, version: int, route: Route | None, problem: str | None
) -> VersionSummary:
    weight = route.weights.get(version) if route else None
    shadow = route is not None and version in route.shadow
    try:
        manifest = repository.description(name, version)
        is_fetched = not repository.missing_files(manifest)
        return VersionSummary(
            model=name,
            version=version,
            weight=weight,
            shadow=shadow,
            task=manifest.task,
            size=size_of(repository, manifest) if is_fetched else None,
            is_fetched=is_fetched,
            date=manifest.date,
            accuracy=manifest.held_out_accuracy,
            error=problem,
        )
    except (InferenceError, FileNotFoundError) as error:
        return VersionSummary(name, version, weight, shadow, error=str(error))
