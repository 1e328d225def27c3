"""Waits for what processes do in their own time."""

from __future__ import annotations

from collections.abc import Callable

from tenacity import Retrying, retry_if_not_result, stop_after_delay, wait_fixed

RECOVERY_SECONDS = 180  # of a job, on a machine that does other things too


def await_true(condition: Callable[[], object], seconds: float = RECOVERY_SECONDS, every: float = 0.5) -> None:
    """Asks again and again, until a condition is true.

    Args:
        condition: is asked.
        seconds: how long.
        every: pause between two questions, in seconds.

    Raises:
        AssertionError: it has not become true.
    """
    retrying = Retrying(
        retry=retry_if_not_result(bool),
        stop=stop_after_delay(seconds),
        wait=wait_fixed(every),
        retry_error_callback=lambda _: False,
    )
    if not retrying(condition):
        raise AssertionError(f"not true within {seconds} s")
