"""What a model of each task needs to be loaded, checked and compared: a module a task, found by the task's name."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol, cast

OnStep = Callable[[str], None]
"""Is told each step before it is taken."""

# By dotted name, imported when a version of the task is loaded: a worker that classifies texts has no use for what
# reads images, and this package knows nothing of documents.
MODULES = {
    "text_classification": "headrace.inference.text_task",
    "ocr": "headrace.documents.ocr.task",
}


class Answer(NamedTuple):
    """What a model says to one question: its label, or the text it reads; and its score or confidence, 0 to 1."""

    said: str
    score: float


class Task(Protocol):
    """The functions of a task's module. Manifest and model are those of the task."""

    def load(self, folder: Path, manifest: Any) -> Any:
        """A version in memory, warm; it has answered its golden rows.

        Raises InferenceError: it cannot be loaded, or gives other results than it was published with.
        """

    def check(self, folder: Path, manifest: Any, on_step: OnStep) -> None:
        """All that must be true of a version's content before it may be published.

        Raises InferenceError: a program is not as the manifest says, a golden row does not come out, or a result
        depends on what else is in the batch.
        """

    def golden_questions(self, folder: Path) -> list[str]:
        """What the golden rows ask: texts, or paths of images."""

    def answers(self, model: Any, questions: Sequence[str]) -> list[Answer]:
        """What a loaded version says to questions."""


def task_of(name: str) -> Task:
    """The task of this name, one of MODULES."""
    return cast(Task, importlib.import_module(MODULES[name]))
