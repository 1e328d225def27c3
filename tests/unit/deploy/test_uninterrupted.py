"""A signal waits until a step is done."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from headrace.deploy.uninterrupted import SIGNALS, end_as_interrupted, uninterrupted


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """Those of the process are as they were, after each test."""
    former = {number: signal.getsignal(number) for number in SIGNALS}
    yield
    for number, handler in former.items():
        signal.signal(number, handler)


def step(number: signal.Signals, steps: list[str]) -> None:
    with uninterrupted():
        os.kill(os.getpid(), number)
        steps.append("done")


def failing_step() -> None:
    with uninterrupted():
        os.kill(os.getpid(), signal.SIGINT)
        raise ValueError("it fails")


@pytest.mark.parametrize("number", SIGNALS)
def test_a_step_comes_to_its_end(number: signal.Signals) -> None:
    handler, steps = signal.getsignal(number), list[str]()
    with pytest.raises(KeyboardInterrupt):
        step(number, steps)
    assert steps == ["done"]
    assert signal.getsignal(number) is handler


def test_an_error_of_the_step_is_what_is_told() -> None:
    with pytest.raises(ValueError, match="it fails"):
        failing_step()


def test_the_end_of_a_pipeline_is_an_interruption() -> None:
    end_as_interrupted()
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGTERM)
