"""Models that serve from a folder which a test may change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tenacity import Retrying, retry_if_not_result, stop_after_delay, wait_fixed

from headrace.inference.repository import ModelRepository
from headrace.inference.served_model import ServedModel

LABELS = {"model": "sentiment"}


def await_true(condition: Callable[[], object], seconds: float = 60) -> None:
    retrying = Retrying(
        retry=retry_if_not_result(bool),
        stop=stop_after_delay(seconds),
        wait=wait_fixed(0.01),
        retry_error_callback=lambda _: False,
    )
    assert retrying(condition), f"not true within {seconds} s"


def write_route(models: Path, content: str) -> None:
    file = models / "sentiment" / "new"
    file.write_text(content)
    file.replace(models / "sentiment" / "route.yaml")


@contextmanager
def serve(models: Path, load_seconds: float = 60, retry_seconds: float = 60) -> Iterator[ServedModel]:
    served = ServedModel(ModelRepository(models), "sentiment", load_seconds, 0.02, retry_seconds)
    try:
        yield served
    finally:
        served.close()
