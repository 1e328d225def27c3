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
    size: of all files, in bytes.
    accuracy: on each part of the data that was held out for tests.
    error: why fields are missing.
    """

    model: str
    version: int
    weight: int | None = None
    shadow: bool = False
    task: str | None = None
    size: int | None = None
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


def held_out_accuracy(manifest: Manifest) -> dict[str, float]:
    """Accuracy on each part of the data whose name ends in `test`."""
    return {part: metric.accuracy for part, metric in manifest.metrics.parts.items() if part.split()[-1] == "test"}


def _summary(
    repository: ModelRepository, name: str, version: int, route: Route | None, problem: str | None
) -> VersionSummary:
    weight = route.weights.get(version) if route else None
    shadow = route is not None and version in route.shadow
    try:
        manifest = repository.description(name, version)
        return VersionSummary(
            model=name,
            version=version,
            weight=weight,
            shadow=shadow,
            task=manifest.task,
            size=size_of(repository, manifest),
            date=manifest.created_with.date,
            accuracy=held_out_accuracy(manifest),
            error=problem,
        )
    except (InferenceError, FileNotFoundError) as error:
        return VersionSummary(name, version, weight, shadow, error=str(error))
