"""Steps that Ctrl-C must not tear apart: Flink goes on with them, whether somebody waits or not."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Holds Ctrl-C and SIGTERM back until the block has ended.

    Raises:
        KeyboardInterrupt: after the block, if there was one.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # signals reach the main thread alone
        return
    received: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        received.append(number)

    former = {number: signal.signal(number, note) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
    if received:
        raise KeyboardInterrupt


def end_as_interrupted() -> None:
    """From now on SIGTERM, by which a pipeline ends its steps, is as Ctrl-C: what was begun is taken back."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
