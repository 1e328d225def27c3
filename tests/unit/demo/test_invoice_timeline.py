"""The demo of documents: its messages, and what is expected of them; drawn documents are not needed for that."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from headrace.demo.invoices.documents import DemoDocument, Group
from headrace.demo.invoices.expected import BEFORE_ORDER, HOUR, Verdict
from headrace.demo.invoices.timeline import CARDS, INVOICES, ORDERS, Timeline, make_timeline
from headrace.documents.images import ImageError, ImageLimits, read_pages
from headrace.rendering.truth import CardText, InvoiceFields, Truth

START = 1_795_000_000_000
CARD_START = START - START % HOUR


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[DemoDocument]:
    folder = tmp_path_factory.mktemp("documents")
    found = []
    for number in range(60):
        path = folder / f"d{number:03d}{'.pdf' if number % 10 == 9 else '.jpg'}"
        path.write_bytes(b"image")
        if number < 50:
            # the last picture but five shows what the sixth showed
            invoice = 5 if number == 45 else number
            fields = InvoiceFields(
                invoice_number=f"{invoice:020d}", issue_date=date(2026, 3, 1), total=Decimal(f"{100 + invoice}.50")
            )
            truth = Truth(layout="any", kind="digital_invoice", case="usual", invoice=fields, pages=())
            copy_of = "d005" if number == 45 else None
            found.append(DemoDocument(f"d{number:03d}", Group.CLEAN, "clean", path, truth, copy_of))
        else:
            card = CardText(occasion="birthday", message="生日快乐", sentiment="positive")
            truth = Truth(layout="card", kind="greeting_card", case="usual", card=card, pages=())
            found.append(DemoDocument(f"d{number:03d}", None, "clean", path, truth))
    return found


@pytest.fixture(scope="module")
def timeline(documents: list[DemoDocument]) -> Timeline:
    return make_timeline(documents, "run", START, CARD_START, documents[0].path.parent, seed=3)


def test_each_verdict_happens(timeline: Timeline) -> None:
    counts = Counter(one.verdict for one in timeline.expected.values())
    assert counts.keys() == set(Verdict)
    assert counts.total() == 50
    assert timeline.expected["d045"].duplicate_of == "d005"


def times(timeline: Timeline, topic: str, name: str) -> dict[str, tuple[int, float]]:
    """Of each usable message of a topic by its id: its time, and when it is sent."""
    found = {}
    for message in timeline.messages:
        if message.topic == topic and message.reason is None:
            assert message.payload is not None
            fields = json.loads(message.payload)
            found[fields[name].rsplit("-", 1)[-1]] = (fields["ts"], message.position)
    return found


def test_orders_come_before_their_invoice_after_it_and_late(timeline: Timeline) -> None:
    orders, invoices = times(timeline, ORDERS, "order_id"), times(timeline, INVOICES, "document_id")
    kinds = Counter(
        (order_time > invoices[name][0], sent > invoices[name][1]) for name, (order_time, sent) in orders.items()
    )
    # made and sent before; made and sent after; made before and sent after
    assert kinds.keys() == {(False, False), (True, True), (False, True)}
    assert all(orders[name][1] < invoices[name][1] for name in timeline.at_once)


def test_time_passes_the_hour_in_which_invoices_wait(timeline: Timeline) -> None:
    invoices, orders = times(timeline, INVOICES, "document_id"), times(timeline, ORDERS, "order_id")
    waiting = [name for name, one in timeline.expected.items() if one.verdict is Verdict.UNKNOWN_ORDER]
    end = min(max(time for time, _ in topic.values()) for topic in (invoices, orders)) - 5_000
    assert waiting
    assert all(invoices[name][0] + BEFORE_ORDER < end for name in waiting)


def test_pdf_is_sent_by_its_place_and_others_in_the_message(timeline: Timeline, documents: list[DemoDocument]) -> None:
    images = {
        message.document: json.loads(message.payload)["image"]
        for message in timeline.messages
        if message.document and message.payload
    }
    assert images["d009"] == documents[9].path.as_uri()
    assert images["d008"] == "data:image/jpeg;base64,aW1hZ2U="
    inside = make_timeline(documents, "run", START, CARD_START, None, seed=3)
    assert not any(b"file:" in (message.payload or b"") for message in inside.messages)


def test_bad_images_are_what_their_reason_says(timeline: Timeline) -> None:
    found = {}
    for message in timeline.messages:
        if message.key and message.reason not in (None, "no_text", "not_an_invoice"):
            assert message.payload is not None
            with pytest.raises(ImageError) as error:
                read_pages(json.loads(message.payload)["image"], ImageLimits())
            found[message.reason] = str(error.value.status)
            assert timeline.statuses[message.key] == message.reason
    assert found == {reason: reason for reason in found}
    assert found.keys() >= {"empty", "truncated", "not_an_image", "too_many_pixels", "uri_not_allowed", "bad_uri"}


def test_cards_fill_their_hours_and_one_opens_the_next(timeline: Timeline) -> None:
    cards = times(timeline, CARDS, "card_id")
    assert sorted(timeline.card_hours) == [CARD_START + hour * HOUR for hour in range(3)]
    assert sum(map(len, timeline.card_hours.values())) == len(cards) - 1
    for start, names in timeline.card_hours.items():
        assert all(start <= cards[name][0] < start + HOUR for name in names)
    assert max(time for time, _ in cards.values()) > CARD_START + 3 * HOUR + 5_000  # the watermark's delay


def test_seed_decides(documents: list[DemoDocument], timeline: Timeline) -> None:
    folder = documents[0].path.parent
    assert make_timeline(documents, "run", START, CARD_START, folder, seed=3) == timeline
    assert make_timeline(documents, "run", START, CARD_START, folder, seed=4) != timeline
