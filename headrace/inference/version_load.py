"""Loads one version on a thread of its own, so that nobody waits: not for its files, not for one that never ends."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from headrace.inference.errors import LoadTimeoutError
from headrace.inference.loading import LoadedVersion

# A load is Python for the most part, and a thread that wants the interpreter's lock waits so long (by default 5 ms)
# until it is handed over. Rows want it several times a batch. (A lower priority of the thread was measured beside it,
# and helped rows no further.)
SWITCH_SECONDS = 0.0005

Files = tuple[tuple[str, int, int], ...]


def files_of(folder: Path) -> Files:
    """Name, size and time of change (nanoseconds) of each file in a folder: whether somebody has touched one."""
    try:
        stats = [(str(file.relative_to(folder)), file.stat()) for file in sorted(folder.rglob("*")) if file.is_file()]
    except OSError:
        return ()
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)


class VersionLoad:
    """One attempt to load a version."""

    def __init__(self, place: str, version: int, load: Callable[[], LoadedVersion[Any]], seconds: float) -> None:
        """Start to load.

        Args:
            place: what messages call the version: model and version, or its folder.
            version: its number.
            load: loads it, on a daemon thread.
            seconds: how long it may take; afterwards it has failed, whatever it gives later.
        """
        self.version = version
        self.is_reported = False
        self.loaded: LoadedVersion[Any] | None = None
        self._place = place
        self._load = load
        self._seconds = seconds
        self._error: Exception | None = None
        self._started = time.monotonic()
        self._ended: float | None = None
        self._thread = threading.Thread(target=self._run, daemon=True, name=f"load-{place}")
        self._thread.start()

    @property
    def error(self) -> Exception | None:
        """Why it failed; None while it may still succeed, or when it has."""
        if self._error is None and self.loaded is None and self._age() > self._seconds:
            self._error = LoadTimeoutError(
                f"{self._place}: is not loaded after {self._seconds:.0f} s. "
                "Look for a file that is a pipe or on a disk that hangs; or raise HEADRACE_MODEL_LOAD_SECONDS."
            )
        return self._error

    @property
    def is_going_on(self) -> bool:
        """Whether it has neither succeeded nor failed."""
        return self.loaded is None and self.error is None

    @property
    def is_stuck(self) -> bool:
        """Whether its thread still runs, in time or not."""
        return self._thread.is_alive()

    @property
    def seconds_since_end(self) -> float:
        """How long ago it succeeded or failed."""
        return time.monotonic() - (self._ended or self._started + self._seconds)

    def wait(self) -> None:
        """Return when it has succeeded or failed."""
        self._thread.join(max(0.0, self._seconds - self._age()))
        # Not in time: from this moment on it counts as failed.
        while self.is_going_on:
            self._thread.join(0.01)

    def _age(self) -> float:
        return time.monotonic() - self._started

    def _run(self) -> None:
        try:
            with _short_turns():
                loaded = self._load()
        except Exception as error:
            self._error = self._error or error
        else:
            if self.error is None:
                self.loaded = loaded
        finally:
            self._ended = time.monotonic()


_lock = threading.Lock()
_loads = 0
_usual_seconds = 0.0


@contextmanager
def _short_turns() -> Iterator[None]:
    """Threads hand the interpreter over more often, for as long as one of them is in here."""
    global _loads, _usual_seconds  # as the interpreter's own setting is
    with _lock:
        if _loads == 0:
            _usual_seconds = sys.getswitchinterval()
            sys.setswitchinterval(SWITCH_SECONDS)
        _loads += 1
    try:
        yield
    finally:
        with _lock:
            _loads -= 1
            if _loads == 0:
                sys.setswitchinterval(_usual_seconds)
