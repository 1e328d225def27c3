"""Models that serve from a folder which a test may change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from headrace.inference.repository import ModelRepository
from headrace.inference.served_model import ServedModel
from headrace.testing import waiting

LABELS = {"model": "sentiment"}

await_true = partial(waiting.await_true, seconds=60, every=0.01)


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
