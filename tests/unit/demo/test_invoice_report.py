"""The demo of documents: the HTML report of a right and a wrong document."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest

from headrace.demo.invoices.accuracy import cells, tally
from headrace.demo.invoices.documents import DemoDocument, Group
from headrace.demo.invoices.expected import Expected, Verdict
from headrace.demo.invoices.outcome import Outcome
from headrace.demo.invoices.reading import Reading
from headrace.demo.invoices.report.report import Check, Findings, LetterCount, Mood, write_report
from headrace.demo.replay import Latency
from headrace.documents.fields.candidate import Field
from headrace.documents.fields.invoice_fields import FieldsStatus
from headrace.documents.fields.invoice_fields import InvoiceFields as ReadFields
from headrace.documents.fields.kind import Kind
from headrace.documents.line import Line
from headrace.rendering.truth import InvoiceFields, Truth

EMPTY_ELEMENTS = {"meta", "img", "input", "br"}
BOX = ((1.0, 1.0), (50.0, 1.0), (50.0, 9.0), (1.0, 9.0))


class Page(HTMLParser):
    """Elements by name, with attributes; whether each one that opens is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in EMPTY_ELEMENTS:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def outcome(folder: Path, name: str, seller: str) -> Outcome:
    fields = InvoiceFields(invoice_number="12345678", seller="上海<script>公司", total=Decimal("10.00"))
    truth = Truth(layout="any", kind="special_vat_invoice", case="usual", invoice=fields, pages=())
    document = DemoDocument(name, Group.PHOTO, "photo", folder / "documents" / f"{name}.jpg", truth)
    row = {"seller": seller, "invoice_number": "12345678", "total": "10.00", "verdict": "matched", "difference": "0.00",
           "status": "ok", "confidence": "0.9", "model_version": "1"}  # fmt: skip
    expected = Expected(Verdict.MATCHED, Decimal("0.00"))
    return Outcome(document, row, cells(fields, row), expected, True, 0.7)


@pytest.fixture
def page(tmp_path: Path) -> Page:
    outcomes = [outcome(tmp_path, "d000", "上海<script>公司"), outcome(tmp_path, "d001", "上海公司")]
    outcomes[1] = replace(outcomes[1], row={**outcomes[1].row, "verdict": "unknown_order"})
    read = ReadFields(
        FieldsStatus.OK, Kind.SPECIAL_VAT_INVOICE, confidences={Field.TOTAL: 0.87}, findings=("total: <b>odd</b>",)
    )
    lines = [Line("价税合计 <10>", 0.99, BOX), Line("上海", 0.5, BOX)]
    readings = {
        one.document.name: Reading(100, 80, lines, read, tmp_path / "pictures" / f"{one.document.name}.jpg")
        for one in outcomes
    }
    findings = Findings(
        outcomes=outcomes,
        tallies=tally((Group.PHOTO, one.cells) for one in outcomes),
        latency=Latency.of([0.7, 0.7]),
        latencies=[0.7, 0.7],
        letters=[LetterCount("invoices", "truncated", 2, 2)],
        reviews=0,
        moods=[Mood("2027-02-06T08", 6, 6, 0.9, 0.8, 0.1, 0.8, 0.2)],
        checks=[Check("photos: at least 90%", False), Check("a dead letter for each bad document", True)],
    )
    write_report(tmp_path / "report.html", findings, readings, [], seed=7, per_second=1.0)
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "上海&lt;script&gt;公司" in text
    assert "total: &lt;b&gt;odd&lt;/b&gt;" in text
    assert text.count("<script>") == 1
    assert "0.70 s" in text
    return Page(text)


def test_every_document_has_its_picture_with_a_box_for_each_line(page: Page) -> None:
    assert [each["src"] for each in page.all("img")] == ["pictures/d000.jpg", "pictures/d001.jpg"]
    assert [each["viewbox"] for each in page.all("svg") if each.get("preserveaspectratio") == "none"] == [
        "0 0 100 80"
    ] * 2
    boxes = page.all("polygon")
    assert [each["points"] for each in boxes] == ["1.0,1.0 50.0,1.0 50.0,9.0 1.0,9.0"] * 4
    assert [each.get("class") for each in boxes] == [None, "unsure"] * 2


def test_documents_can_be_filtered(page: Page) -> None:
    articles = page.all("article")
    assert [(each["id"], each["data-verdict"], each["data-fields"]) for each in articles] == [
        ("d000", "matched", "right"),
        ("d001", "unknown_order", "wrong"),
    ]
    assert {each["data-group"] for each in articles} == {"photos"}
    assert [each["name"] for each in page.all("select")] == ["group", "verdict", "kind", "fields"]


def test_nothing_comes_from_the_network_or_from_this_machine(page: Page) -> None:
    links = [value for _, own in page.elements for name, value in own.items() if name in ("src", "href") and value]
    assert links
    assert not [link for link in links if "://" in link or link.startswith("/")]
    assert not page.all("link")


def test_what_failed_is_marked(page: Page) -> None:
    chips = [each["class"] for each in page.all("span") if (each.get("class") or "").startswith("chip ")]
    assert chips[:2] == ["chip wrong", "chip right"]
