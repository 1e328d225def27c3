"""The demo of documents: what is drawn."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from headrace.demo.invoices.documents import MIN_COPY_DISTANCE, DemoDocument, Group, make_documents
from headrace.rendering.layout import layout_named


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[DemoDocument]:
    told: list[DemoDocument] = []
    made = make_documents(tmp_path_factory.mktemp("drawn"), 20, copies=1, cards=2, seed=5, made=told.append)
    assert told == made
    return made


def test_groups(documents: list[DemoDocument]) -> None:
    originals = [document for document in documents if document.copy_of is None]
    sizes = Counter(document.group for document in originals)
    assert sizes == {Group.CLEAN: 8, Group.PHOTO: 6, Group.HELD_OUT: 6, None: 2}
    assert all(document.path.stat().st_size for document in documents)
    assert {document.effects for document in documents if document.group is Group.PHOTO} == {"photo"}
    assert {document.effects for document in documents if document.group is Group.CLEAN} == {"clean", "scan"}


def test_held_out_layouts_stand_in_their_group_alone(documents: list[DemoDocument]) -> None:
    for document in documents:
        assert layout_named(document.truth.layout).is_held_out is (document.group is Group.HELD_OUT)


def test_a_copy_is_another_picture_of_an_earlier_invoice(documents: list[DemoDocument]) -> None:
    places = {document.name: place for place, document in enumerate(documents)}
    (copy,) = [document for document in documents if document.copy_of]
    first = documents[places[copy.copy_of or ""]]
    assert copy.truth.invoice == first.truth.invoice
    assert copy.truth.kind != "other"
    assert copy.effects != first.effects
    assert places[copy.name] - places[first.name] >= MIN_COPY_DISTANCE


def test_cards_come_last_and_have_no_group(documents: list[DemoDocument]) -> None:
    assert [document.truth.kind == "greeting_card" for document in documents] == [False] * 21 + [True] * 2


def test_files_are_the_same_again(documents: list[DemoDocument], tmp_path: Path) -> None:
    again = make_documents(tmp_path, 20, copies=1, cards=2, seed=5)
    assert [(one.path.name, one.path.read_bytes()) for one in again] == [
        (one.path.name, one.path.read_bytes()) for one in documents
    ]
