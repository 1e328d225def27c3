"""The demo's messages: documents, orders and cards with their times, in the order in which they arrive, and what each
must come to."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

from headrace.demo.invoices.documents import DemoDocument
from headrace.demo.invoices.expected import HOUR, Expected, OrderEvent, expected_verdicts
from headrace.demo.replay import Outgoing
from headrace.rendering.bad_files import BAD_FILES

INVOICES, ORDERS, CARDS = "invoices", "orders", "cards"
MINUTE = 60_000
# Event time between two documents; the replay is faster.
STEP = MINUTE // 3
# The last documents come so much later that the watermark passes the hour in which an invoice waits for its order.
LAST = 3
NEXT_SHIFT = 2 * HOUR
CARD_HOURS = 3
MEDIA = {".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".tif": "image/tiff",
         ".pdf": "application/pdf"}  # fmt: skip
# What stands in the dead letter of a file that is no usable document (headrace.rendering.bad_files).
BAD_FILE_REASONS = {
    "empty.jpg": "empty",
    "truncated.jpg": "truncated",
    "truncated.png": "truncated",
    "text.jpg": "not_an_image",
    "page.jpg": "not_an_image",
    "bomb.png": "too_many_pixels",
    "one_pixel.png": "no_text",
    "blank.png": "no_text",
}


@dataclass(frozen=True)
class Message(Outgoing):
    """One message; its position is counted in documents: 4.5 is half-way between the fifth and the sixth.

    Attributes:
        document: the name of the document in it, if it is one of the set.
        reason: why a dead letter is expected, if one is.
    """

    document: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Timeline:
    """All messages in the order in which they are sent, with what must come of them.

    Attributes:
        messages: by position.
        expected: each invoice's verdict, by its name.
        at_once: names of the documents whose order is there before them, so that their verdict waits for nothing.
        card_hours: the names of the cards of each hour that ends in the replay, by its start in milliseconds.
        statuses: of documents that cannot be used, the status that their row in Redis has, by its key.
    """

    messages: Sequence[Message]
    expected: Mapping[str, Expected]
    at_once: frozenset[str]
    card_hours: Mapping[int, Sequence[str]]
    statuses: Mapping[str, str]


def make_timeline(
    documents: Sequence[DemoDocument], run: str, start: int, card_start: int, folder: Path | None, seed: int
) -> Timeline:
    """Messages of these documents, with orders for the invoices.

    Args:
        documents: as `make_documents` gives them.
        run: tells the ids of this run from those of others.
        start: time of the first document, in milliseconds since 1970.
        card_start: the hour of the first card, in milliseconds since 1970.
        folder: where `file:` URIs may lie; None: every image stands in its message.
        seed: the same seed makes the same messages.
    """
    random = Random(f"demo orders {seed}")  # noqa: S311  (a demo, not a secret)
    invoices = [document for document in documents if document.group]
    cards = [document for document in documents if document.group is None]
    times = [
        start + place * STEP + (NEXT_SHIFT if place >= len(invoices) - LAST else 0) for place in range(len(invoices))
    ]
    order_ids = {document.name: f"o-{run}-{document.copy_of or document.name}" for document in invoices}
    messages: list[Message] = []
    orders, at_once = _orders(invoices, times, order_ids, messages, random)
    for place, (document, time) in enumerate(zip(invoices, times, strict=True)):
        document_id = f"{run}-{document.name}"
        payload = _invoice(document_id, order_ids[document.name], uri_of(document.path, folder), time)
        messages.append(Message(place, INVOICES, payload, f"invoice_check:{document_id}", document.name))
    bad, statuses = _bad_invoices(cards[-1], run, times, random)
    messages += bad
    card_messages, card_hours = _cards(cards, run, card_start, len(invoices), folder)
    messages += card_messages
    handed_in = [(document, order_ids[document.name], time) for document, time in zip(invoices, times, strict=True)]
    return Timeline(
        sorted(messages, key=lambda message: message.position),
        expected_verdicts(handed_in, orders),
        frozenset(at_once),
        card_hours,
        statuses,
    )


def uri_of(path: Path, folder: Path | None) -> str:
    """A file as the URI that stands in a message: PDF and TIFF by `file:` where they may lie in the folder."""
    if folder and path.is_relative_to(folder) and path.suffix in (".pdf", ".tif"):
        return path.resolve().as_uri()
    return _data_uri(path.suffix, path.read_bytes())


def _data_uri(suffix: str, content: bytes) -> str:
    return f"data:{MEDIA[suffix]};base64,{base64.b64encode(content).decode()}"


@cache
def _bad_file(name: str) -> bytes:
    """Kept: it takes seconds to pack a decompression bomb."""
    return BAD_FILES[name]()


def _orders(
    invoices: Sequence[DemoDocument],
    times: Sequence[int],
    order_ids: Mapping[str, str],
    messages: list[Message],
    random: Random,
) -> tuple[list[OrderEvent], set[str]]:
    """An order for nearly each invoice; says which stand before their invoice."""
    originals = [place for place, document in enumerate(invoices) if document.copy_of is None]
    # Not the last ones: the watermark does not pass what they wait for.
    special = random.sample(originals[2 : len(originals) - 2 * LAST - 10], len(originals) * 3 // 10)
    kinds = dict(zip(special, ("differs", "early", "differs", "unknown", "late order") * len(special), strict=False))
    if special:
        kinds[special[-1]] = "far order"
    orders: list[OrderEvent] = []
    at_once: set[str] = set()
    for place in originals:
        kind = kinds.get(place, "usual")
        truth = invoices[place].truth.invoice
        total = truth.total if truth else None
        if kind == "unknown" or total is None:
            continue
        amount = total + (
            random.choice((Decimal("-0.01"), Decimal(100), Decimal("-20.50"))) if kind == "differs" else 0
        )
        # When it was made, against its invoice; and how many documents later it arrives.
        shift, behind = {
            "early": (30 * MINUTE, 8.5),
            "late order": (-10 * MINUTE, 6.5),
            "far order": (100 * MINUTE, len(invoices) - place + 0.5),
        }.get(kind, (-random.randint(2, 30) * MINUTE, -0.5))
        order = OrderEvent(order_ids[invoices[place].name], amount, times[place] + shift)
        orders.append(order)
        fields = {"order_id": order.order_id, "user_id": f"u{place:03d}", "amount": str(amount), "ts": order.time}
        messages.append(Message(place + behind, ORDERS, _json(fields)))
        if behind < 0:
            at_once.add(invoices[place].name)
    return orders, at_once


def _invoice(document_id: str, order_id: str, image: str, time: int) -> bytes:
    return _json({"document_id": document_id, "order_id": order_id, "image": image, "ts": time})


def _bad_invoices(
    card: DemoDocument, run: str, times: Sequence[int], random: Random
) -> tuple[list[Message], dict[str, str]]:
    """Everything that can be wrong with a document: kept as a dead letter, and the job goes on."""
    images = {
        name: (_data_uri(Path(name).suffix, _bad_file(name)), reason) for name, reason in BAD_FILE_REASONS.items()
    }
    images["card"] = (uri_of(card.path, None), "not_an_invoice")
    images["elsewhere"] = ("https://documents.example/d1.jpg", "uri_not_allowed")
    images["cut"] = ("data:image/jpeg;base64,/9j/4AA?", "bad_uri")
    messages: list[Message] = []
    statuses: dict[str, str] = {}
    for name, (image, reason) in images.items():
        place = random.randrange(4, len(times) - LAST - 1)
        document_id = f"{run}-bad-{name}"
        key = f"invoice_check:{document_id}"
        payload = _invoice(document_id, f"o-{document_id}", image, times[place])
        messages.append(Message(place + random.random(), INVOICES, payload, key, reason=reason))
        statuses[key] = reason
    time = times[len(times) // 2]
    unreadable = (
        (b'{"document_id": "cut', "not_json"),
        (_json({"document_id": f"{run}-bad", "order_id": "o1", "ts": time}), "no_image"),
        (_json({"document_id": f"{run}-bad", "image": "data:,", "ts": time}), "no_order_id"),
    )
    messages += [Message(len(times) / 2, INVOICES, payload, reason=reason) for payload, reason in unreadable]
    return messages, statuses


def _cards(
    cards: Sequence[DemoDocument], run: str, start: int, span: int, folder: Path | None
) -> tuple[list[Message], dict[int, list[str]]]:
    """Cards of some hours, one that opens the next hour, one behind the watermark, one without text."""
    messages: list[Message] = []
    hours: dict[int, list[str]] = {}
    for place, card in enumerate(cards):
        is_last = place == len(cards) - 1
        # The last hour ends with the watermark, which is some seconds behind the newest card.
        time = start + (CARD_HOURS * HOUR + MINUTE if is_last else CARD_HOURS * HOUR * place // (len(cards) - 1))
        payload = _card(f"{run}-{card.name}", uri_of(card.path, folder), time)
        messages.append(Message(span * place / len(cards) + 0.3, CARDS, payload, document=card.name))
        if not is_last:
            hours.setdefault(time - time % HOUR, []).append(card.name)
    blank = _data_uri(".png", _bad_file("blank.png"))
    end = start + CARD_HOURS * HOUR
    messages += [
        Message(span * 0.4, CARDS, _card(f"{run}-blank", blank, start + HOUR), reason="no_text"),
        Message(span + 0.5, CARDS, _card(f"{run}-late", uri_of(cards[0].path, folder), end - HOUR), reason="late"),
    ]
    return messages, hours


def _card(card_id: str, image: str, time: int) -> bytes:
    return _json({"card_id": card_id, "image": image, "ts": time})


def _json(fields: Mapping[str, object]) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()
