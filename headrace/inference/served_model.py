"""The versions of a model that serve in this process: follows route.yaml, loads beside what serves, then swaps."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic

from headrace.inference.errors import InferenceError
from headrace.inference.loading import LoadedVersion, Model, load_version
from headrace.inference.metrics import MemoryMetrics
from headrace.inference.repository import ModelRepository
from headrace.inference.route import Route
from headrace.inference.shares import Shares
from headrace.inference.version_load import Files, VersionLoad, files_of
from headrace.logs.labels import about

logger = logging.getLogger(__name__)

POLL_SECONDS = 1.0
# A file that somebody writes in place may be read when only its beginning is there: a change counts when the same
# content is read twice.
SETTLE_SECONDS = 0.2
# Between two looks while a version loads: what is loaded is to serve at once.
LOADING_SECONDS = 0.1
RETRY_SECONDS = 60.0


@dataclass(frozen=True)
class Serving(Generic[Model]):
    """What answers a batch, from its beginning to its end. A swap exchanges it as a whole.

    Attributes:
        name: the model's name.
        route: weights and shadows; each of its versions is in `versions`.
        versions: the versions in memory.
    """

    name: str
    route: Route
    versions: Mapping[int, LoadedVersion[Model]]

    @cached_property
    def shares(self) -> Shares:
        """Which version answers which key."""
        return Shares(self.name, self.route)


class ServedModel(Generic[Model]):
    """One model in this process, shared by all functions that use it.

    Events are counted in `events`, each with the label `model`:
        model_swaps_total                            routes that have taken effect after the first
        model_swap_failures_total{version, error}    versions that did not load, by class of exception
        model_route_errors_total{error}              contents of route.yaml that could not be used
    """

    def __init__(
        self,
        repository: ModelRepository,
        name: str,
        load_seconds: float | None = None,
        poll_seconds: float = POLL_SECONDS,
        retry_seconds: float = RETRY_SECONDS,
    ) -> None:
        """Load what the route says, and follow it from now on, on a daemon thread.

        A version that does not load is left out, as long as another one can serve in its place.

        Args:
            repository: has the model.
            name: the model's name.
            load_seconds: how long a version may take to load; by default the setting HEADRACE_MODEL_LOAD_SECONDS.
            poll_seconds: pause between two looks at the route.
            retry_seconds: when a version that failed is tried again, if neither its files nor the route change.

        Raises:
            InferenceError: there is no such model or no readable route, or none of its versions loads.
        """
        self.name = name
        self.events = MemoryMetrics()
        self._repository = repository
        # Not at the top: Flink's client, which imports this module for each query, has no use for it.
        from headrace.settings import ModelSettings

        self._load_seconds = load_seconds or ModelSettings().model_load_seconds
        self._poll_seconds = poll_seconds
        self._retry_seconds = retry_seconds
        self._loads: dict[int, tuple[Files, VersionLoad]] = {}
        self._ends = threading.Event()
        self._wanted = repository.route(name)
        self._route_error = ""
        self.serving = self._first_serving()
        self._thread = threading.Thread(target=self._follow, daemon=True, name=f"route-{name}")
        self._thread.start()

    def close(self) -> None:
        """Follow the route no longer."""
        self._ends.set()
        self._thread.join()

    def _first_serving(self) -> Serving[Model]:
        failures: dict[int, Exception] = {}
        versions: dict[int, LoadedVersion[Model]] = {}
        for version in self._wanted.versions:
            load = self._load(version)
            load.wait()
            if load.loaded:
                versions[version] = load.loaded
            else:
                failures[version] = self._report(load)
        route = self._wanted.without(failures)
        if route is None:
            self._ends.set()
            raise failures[self._wanted.version]
        if failures:
            logger.warning("model %s: serves %s instead of %s", self.name, route, self._wanted, extra=about(self.name))
        else:
            logger.info("model %s: serves %s", self.name, route, extra=about(self.name))
        return Serving(self.name, route, versions)

    @property
    def _is_loading(self) -> bool:
        return any(load.is_going_on for _, load in self._loads.values())

    def _follow(self) -> None:
        while not self._ends.wait(LOADING_SECONDS if self._is_loading else self._poll_seconds):
            try:
                self._look()
            except Exception:  # this thread has to outlive whatever a repository may raise
                logger.exception(
                    "model %s: cannot follow its route; %s goes on",
                    self.name,
                    self.serving.route,
                    extra=about(self.name),
                )

    def _look(self) -> None:
        """One look at the route; starts a load, or swaps when all is loaded, or does nothing."""
        wanted = self._read_route()
        if wanted is None:
            return
        if wanted != self._wanted:
            self._wanted = wanted
            # What failed under the route before is tried again, if its thread has ended.
            for _, load in self._loads.values():
                load.is_reported = False
            self._forget(version for version, (_, load) in self._loads.items() if load.error)
        self._forget(version for version in self._loads if version not in wanted.versions)
        if wanted == self.serving.route:
            return
        versions = {version: loaded for version, loaded in self.serving.versions.items() if version in wanted.versions}
        failed = set()
        for version in wanted.versions:
            if version in versions:
                continue
            load = self._load(version)
            if load.is_going_on:
                return  # one at a time; the next look goes on from here
            if load.loaded:
                versions[version] = load.loaded
            else:
                self._report(load)
                failed.add(version)
        # A shadow that fails does no harm. A version that should serve does: the route before goes on whole.
        route = wanted.without(failed)
        if failed.isdisjoint(wanted.serving) and route and route != self.serving.route:
            self._swap(Serving(self.name, route, versions))

    def _swap(self, serving: Serving[Model]) -> None:
        logger.info(
            "model %s: serves %s, before %s", self.name, serving.route, self.serving.route, extra=about(self.name)
        )
        self.serving = serving
        self._forget(version for version in self._loads if version in serving.versions)
        self.events.counter("model_swaps_total", model=self.name).inc()

    def _load(self, version: int) -> VersionLoad:
        """The load of a version that goes on or has ended; another one where a new attempt is due."""
        files = files_of(self._repository.local_folder(self.name, version))
        if version in self._loads:
            files_before, before = self._loads[version]
            is_due = files != files_before or (not before.is_stuck and before.seconds_since_end > self._retry_seconds)
            if not before.error or not is_due:
                return before
        place = f"model {self.name} version {version}"
        load = VersionLoad(
            place, version, lambda: load_version(self._repository, self.name, version), self._load_seconds
        )
        self._loads[version] = files, load
        return load

    def _forget(self, versions: Iterable[int]) -> None:
        """Forget loads, and with them what they have loaded; but not a thread that still runs, lest it gets company."""
        for version in list(versions):
            if not self._loads[version][1].is_stuck:
                del self._loads[version]

    def _report(self, load: VersionLoad) -> Exception:
        """Count and log, once, that a version does not load."""
        error = load.error
        assert error is not None  # noqa: S101  (asked for only after a load has failed)
        if not load.is_reported:
            load.is_reported = True
            self.events.counter(
                "model_swap_failures_total", model=self.name, version=str(load.version), error=type(error).__name__
            ).inc()
            logger.error(
                "model %s version %s: does not load and does not serve: %s",
                self.name,
                load.version,
                error,
                exc_info=None if isinstance(error, InferenceError) else error,
                extra=about(self.name, load.version),
            )
        return error

    def _read_route(self) -> Route | None:
        """The route as it stands; None where it cannot be used, or is being written at this moment."""
        try:
            route = self._repository.route(self.name)
            if route != self._wanted:
                self._ends.wait(SETTLE_SECONDS)
                if self._repository.route(self.name) != route:
                    return None
        except Exception as error:
            self._report_route(error)
            return None
        self._route_error = ""
        return route

    def _report_route(self, error: Exception) -> None:
        """Count and log, once, that a route cannot be used."""
        if str(error) == self._route_error:
            return
        self._route_error = str(error)
        self.events.counter("model_route_errors_total", model=self.name, error=type(error).__name__).inc()
        logger.error(
            "model %s: the route before goes on, %s: %s",
            self.name,
            self.serving.route,
            error,
            extra=about(self.name),
        )


_served: dict[tuple[str, str], ServedModel[Any]] = {}
_lock = threading.Lock()


def served_model(name: str, repository: ModelRepository | None = None) -> ServedModel[Any]:
    """The model of this name in this process; loaded when it is first asked for.

    What `serving.versions[…].model` is, the task of the model's manifests says: a `TextModel`, say.

    Raises:
        InferenceError: see `ServedModel`.
    """
    own = repository or ModelRepository()
    with _lock:
        key = str(own), name
        if key not in _served:
            _served[key] = ServedModel(own, name)
        return _served[key]
