"""The buyer's tax identification number (纳税人识别号, 统一社会信用代码)."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.documents.fields.candidate import Candidate
from headrace.documents.fields.document import Document
from headrace.documents.fields.sides import Party
from headrace.documents.fields.tax_ids import tax_id_candidates


def candidates(document: Document) -> Iterator[Candidate]:
    """Tax ids on the buyer's side."""
    return tax_id_candidates(document, Party.BUYER)
