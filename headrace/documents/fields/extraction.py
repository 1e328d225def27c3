"""The extractors by field: a file in extractors/ is a field."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from headrace.documents.fields import extractors as package
from headrace.documents.fields.candidate import Candidate, Field
from headrace.documents.fields.document import Document

Extractor = Callable[[Document], Iterator[Candidate]]


@cache
def extractors() -> Mapping[Field, Extractor]:
    """The function `candidates` of each field's file.

    Raises:
        ModuleNotFoundError: a field has no file.
    """
    return {name: importlib.import_module(f"{package.__name__}.{name}").candidates for name in Field}
