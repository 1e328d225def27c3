"""The seller's name (名称)."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.documents.fields.candidate import Candidate
from headrace.documents.fields.document import Document
from headrace.documents.fields.names import name_candidates
from headrace.documents.fields.sides import Party


def candidates(document: Document) -> Iterator[Candidate]:
    """Names on the seller's side."""
    return name_candidates(document, Party.SELLER)
