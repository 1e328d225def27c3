"""Every field of the public forms, as printed and as a reader with faults gives them."""

from __future__ import annotations

import random
from datetime import date

import pytest
from forms import FORMS

from headrace.documents.fields.candidate import Field
from headrace.documents.fields.invoice_fields import FieldsStatus, InvoiceFields
from headrace.documents.fields.read import read_fields
from headrace.testing.simulated_reader import SimulatedReader

TODAY = date(2026, 1, 1)
DOCUMENTS = 25


def read(kind: str, seed: int, reader: SimulatedReader | None) -> tuple[InvoiceFields, list[Field]]:
    """The fields that were read, and which of them are wrong."""
    source = random.Random(seed)  # noqa: S311
    said, lines = FORMS[kind](source)
    fields = read_fields(reader.read(lines, source) if reader else lines, TODAY)
    return fields, [name for name in Field if getattr(fields, name) != getattr(said, name)]


@pytest.mark.parametrize("kind", FORMS)
def test_as_printed(kind: str) -> None:
    for seed in range(DOCUMENTS):
        fields, wrong = read(kind, seed, None)
        assert (fields.kind, wrong, fields.status) == (kind, [], FieldsStatus.OK)
        assert fields.findings == ()
        assert fields.confidence > 0.6


@pytest.mark.parametrize("kind", FORMS)
def test_split_merged_skewed_and_shuffled(kind: str) -> None:
    wrong = [name for seed in range(DOCUMENTS) for name in read(kind, seed, SimulatedReader())[1]]
    assert len(wrong) <= 0.01 * DOCUMENTS * len(Field), wrong


@pytest.mark.parametrize("kind", FORMS)
def test_misread_characters_are_repaired_or_lower_the_confidence(kind: str) -> None:
    reader = SimulatedReader(confused=0.01)
    results = [read(kind, seed, reader) for seed in range(DOCUMENTS)]
    right = [name for _, wrong in results for name in Field if name not in wrong]
    assert len(right) >= 0.95 * DOCUMENTS * len(Field)
    sure = [fields.confidences[name] for fields, wrong in results for name in fields.confidences if name not in wrong]
    unsure = [fields.confidences.get(name, 0.0) for fields, wrong in results for name in wrong]
    assert not unsure or sum(unsure) / len(unsure) < sum(sure) / len(sure) - 0.1


def test_the_order_of_lines_does_not_matter() -> None:
    _, lines = FORMS["digital_invoice"](random.Random(1))  # noqa: S311
    shuffled = random.Random(2).sample(lines, len(lines))  # noqa: S311
    assert read_fields(shuffled, TODAY) == read_fields(lines, TODAY)
