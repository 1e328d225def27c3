"""Changes of a model's route: who changed it when, and the way back."""

from __future__ import annotations

import datetime
import getpass
import math
import socket

import yaml
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from headrace.inference.errors import RouteError
from headrace.inference.repository import ModelRepository
from headrace.inference.route import Route

HISTORY_FILE = "route.history.yaml"
MAX_HISTORY_BYTES = 1 << 20
MAX_CHANGES = 200
HEADER = "# Which versions of the model serve, and what share of the texts each gets. Workers follow within seconds.\n"


class Change(BaseModel):
    """One change of a route by a command."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    time: AwareDatetime
    by: str = Field(description="User and machine")
    command: str = Field(description="canary, promote, shadow or rollback")
    before: Route
    after: Route


class RouteHistory:
    """The route of one model, and its changes, kept in `route.history.yaml` beside it."""

    def __init__(self, repository: ModelRepository, name: str) -> None:
        """Use a model of a repository."""
        self._repository = repository
        self._name = name
        self._path = f"{name}/{HISTORY_FILE}"

    def changes(self) -> list[Change]:
        """The changes by commands, the oldest first.

        Raises:
            RouteError: the file cannot be read as a history.
            StorageError: the storage does not answer.
        """
        try:
            content = self._repository.storage.read(self._path, MAX_HISTORY_BYTES)
        except FileNotFoundError:
            return []
        try:
            return [Change.model_validate(entry) for entry in yaml.safe_load(content) or []]
        except (yaml.YAMLError, UnicodeDecodeError, ValidationError, TypeError) as error:
            place = self._repository.storage.place(self._path)
            raise RouteError(f"{place}: is no history of routes: {error}. Mend it, or remove it.") from error

    def former_routes(self) -> list[Route]:
        """What a rollback goes back to, the last one first; edits by hand count as changes, too."""
        stack: list[Route] = []
        last: Route | None = None
        for change in self.changes():
            if last is not None and change.before != last:
                stack.append(last)
            if change.command != "rollback":
                stack.append(change.before)
            elif stack:
                stack.pop()
            last = change.after
        if last is not None and self._repository.route(self._name) != last:
            stack.append(last)
        return stack[::-1]

    def change(self, command: str, after: Route) -> Change:
        """Write a route, and the change into the history.

        Raises:
            RouteError, StorageError: the route or the history cannot be read or written.
        """
        changes = self.changes()
        change = Change(
            time=datetime.datetime.now(datetime.UTC).replace(microsecond=0),
            by=f"{getpass.getuser()}@{socket.gethostname()}",
            command=command,
            before=self._repository.route(self._name),
            after=after,
        )
        # The history first: a route that took effect without its history would have no way back.
        entries = [entry.model_dump(mode="json") for entry in [*changes, change][-MAX_CHANGES:]]
        self._repository.storage.replace(self._path, yaml.safe_dump(entries, sort_keys=False).encode())
        self._repository.replace_route(self._name, HEADER + yaml.safe_dump(_content(after), sort_keys=False))
        return change


def canary(route: Route, version: int, percent: int) -> Route:
    """The route in which a version gets `percent` (1 to 99) of the texts; the others keep their proportions.

    Raises:
        RouteError: no other version serves.
    """
    others = {other: weight for other, weight in route.weights.items() if other != version and weight > 0}
    if not others:
        raise RouteError(f"route: no version but {version} serves, so there is nothing to share. Use promote.")
    weights = {other: weight * (100 - percent) for other, weight in others.items()}
    weights[version] = percent * sum(others.values())
    return Route(weights=_reduced(weights), shadow=tuple(one for one in route.shadow if one != version))


def promote(route: Route, version: int) -> Route:
    """The route in which a version gets all texts."""
    return Route(weights={version: 100}, shadow=tuple(one for one in route.shadow if one != version))


def with_shadow(route: Route, version: int) -> Route:
    """The route with another shadow.

    Raises:
        RouteError: the version serves.
    """
    if version in route.serving:
        raise RouteError(f"route: version {version} serves; a shadow is a version that does not.")
    return Route(weights=route.weights, shadow=tuple(sorted({*route.shadow, version})))


def without_shadow(route: Route, version: int) -> Route:
    """The route without a shadow."""
    return Route(weights=route.weights, shadow=tuple(one for one in route.shadow if one != version))


def _reduced(weights: dict[int, int]) -> dict[int, int]:
    """The same proportions in small numbers, that add up to 100 if they can."""
    divisor = math.gcd(*weights.values())
    reduced = {version: weight // divisor for version, weight in sorted(weights.items())}
    total = sum(reduced.values())
    factor = 100 // total if 100 % total == 0 else 1
    return {version: weight * factor for version, weight in reduced.items()}


def _content(route: Route) -> dict[str, object]:
    content: dict[str, object] = {"weights": route.weights}
    return content | ({"shadow": list(route.shadow)} if route.shadow else {})
