"""Documents through Kafka, the deployed jobs and Redis: each verdict, orders before and after, images of every kind."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from headrace.demo.dead_letters import newest_event_time, read_dead_letters
from headrace.demo.invoices.awaiting import end_of
from headrace.demo.invoices.timeline import BAD_FILE_REASONS
from headrace.demo.replay import Outgoing, Sender
from headrace.documents.images import ImageStatus
from headrace.features import read_features
from headrace.rendering.bad_files import BAD_FILES, large_photo
from headrace.rendering.files import write
from headrace.rendering.layout import layout_named
from headrace.rendering.render import render
from headrace.stack.redis import connect
from headrace.stack.stack import Stack
from headrace.testing.waiting import await_true

MINUTE = 60_000
HOUR = 60 * MINUTE


class Office:
    """Hands documents in, places orders, and looks what becomes of them."""

    def __init__(self, stack: Stack) -> None:
        self._servers = stack.addresses.kafka_bootstrap_servers
        self._client = connect(stack.settings, stack.addresses)
        self._sender = Sender(self._servers)
        self.run = f"office{time.time_ns():x}"
        newest = max(newest_event_time(self._servers, topic) for topic in ("invoices", "orders"))
        # Behind all that other tests have sent: its watermark stays.
        self.start = max(int(time.time() * 1000) - 24 * HOUR, newest + 2 * HOUR)

    def hand_in(self, name: str, image: bytes, at: int = 0, order: str = "") -> bytes:
        """A document, so long after the start, for an order; gives the message."""
        uri = f"data:application/octet-stream;base64,{base64.b64encode(image).decode()}"
        return self._send("invoices", document_id=self.id(name), order_id=self.id(order or name), image=uri, at=at)

    def order(self, name: str, amount: Decimal, at: int = 0) -> None:
        """An order, placed so long after the start."""
        self._send("orders", order_id=self.id(name), user_id="u1", amount=str(amount), at=at)

    def id(self, name: str) -> str:
        return f"{self.run}-{name}"

    def row(self, name: str) -> Mapping[str, str]:
        """What stands in Redis, {} if nothing does."""
        key = f"invoice_check:{self.id(name)}"
        return read_features(self._client, [key]).get(key, {})

    def await_row(self, name: str) -> Mapping[str, str]:
        await_true(lambda: self.row(name))
        return self.row(name)

    @cached_property
    def letters_begin(self) -> dict[int, int]:
        return end_of(self._servers, "invoices_dead_letters")

    def letters(self) -> dict[bytes | None, str | None]:
        """The reason of each dead letter since `letters_begin`, by its payload."""
        found = read_dead_letters(self._servers, "invoices_dead_letters", self.letters_begin)
        return {letter.payload: letter.reason for letter in found}

    def _send(self, topic: str, at: int, **fields: str) -> bytes:
        payload = json.dumps({**fields, "ts": self.start + at}).encode()
        self._sender.run([Outgoing(0, topic, payload)], 1, lambda _: None)
        return payload


class Ticket:
    """A railway ticket that no other test has: little text, so it is read fast, and a number of its own."""

    def __init__(self, seed: str, folder: Path) -> None:
        rendered = render(layout_named("railway_e_ticket"), seed)
        assert rendered.truth.invoice
        assert rendered.truth.invoice.total
        self.total: Decimal = rendered.truth.invoice.total
        write(rendered, folder / "ticket.jpg", "jpeg")
        self.image = (folder / "ticket.jpg").read_bytes()


def test_verdicts(deployed: Stack, tmp_path: Path) -> None:
    office = Office(deployed)
    names = ("early", "right", "differs", "nowhere", "far")
    tickets = {name: Ticket(f"{office.run}/{name}", tmp_path) for name in names}
    office.order("right", tickets["right"].total)
    office.order("differs", tickets["differs"].total - Decimal("10.50"), at=-30 * MINUTE)
    # Placed more than an hour after its invoice was handed in.
    office.order("far", tickets["far"].total, at=100 * MINUTE)
    for name in names:
        office.hand_in(name, tickets[name].image)
    office.hand_in("again", tickets["right"].image, at=MINUTE, order="right")

    assert office.await_row("again")["verdict"] == "duplicate"
    assert office.row("again")["duplicate_of"] == office.id("right")
    right = office.await_row("right")
    assert (right["verdict"], right["status"], right["kind"]) == ("matched", "ok", "train_ticket")
    assert Decimal(right["total"]) == Decimal(right["order_amount"]) == tickets["right"].total
    differs = office.await_row("differs")
    assert (differs["verdict"], Decimal(differs["difference"])) == ("amount_differs", Decimal("10.50"))
    # They were handed in before the second picture that has its verdict, and wait for their orders.
    assert [office.row(name) for name in ("early", "nowhere", "far")] == [{}, {}, {}]

    office.order("early", tickets["early"].total, at=30 * MINUTE)
    assert office.await_row("early")["verdict"] == "matched"
    # Now the hour is over in both topics.
    office.order("later", Decimal(1), at=3 * HOUR)
    office.hand_in("later", b"", at=3 * HOUR)
    assert office.await_row("nowhere")["verdict"] == "unknown_order"
    assert office.await_row("far")["verdict"] == "unknown_order"


def test_images(deployed: Stack) -> None:
    office = Office(deployed)
    assert office.letters_begin is not None
    messages = {name: office.hand_in(name, BAD_FILES[name]()) for name in BAD_FILE_REASONS}
    usable = {name: BAD_FILES[name]() for name in ("animated.gif", "animated.webp")} | {"large.jpg": large_photo()}
    for name, image in usable.items():
        office.order(name, Decimal(1))
        office.hand_in(name, image)

    # What cannot be used is a dead letter with its reason, byte for byte, and a row without a verdict.
    for name, reason in BAD_FILE_REASONS.items():
        row = office.await_row(name)
        assert (row["status"], "verdict" in row) == (reason, False), name
    wanted = {messages[name]: reason for name, reason in BAD_FILE_REASONS.items()}
    await_true(lambda: wanted.items() <= office.letters().items())
    # A photograph of 20 megapixels is read, and of an animation the first picture.
    large = office.await_row("large.jpg")
    assert (large["kind"], large["verdict"]) == ("special_vat_invoice", "amount_differs")
    for name in ("animated.gif", "animated.webp"):
        assert office.await_row(name)["status"] not in set(ImageStatus), name
