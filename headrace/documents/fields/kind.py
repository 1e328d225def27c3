"""What kind of document a page is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from headrace.documents.fields.label_words import Label
from headrace.documents.fields.labels import LabelHit
from headrace.documents.fields.page import Page


class Kind(StrEnum):
    """The kinds of documents that fields are read from, and the one that has none."""

    SPECIAL_VAT_INVOICE = "special_vat_invoice"
    """增值税专用发票, on paper."""
    ORDINARY_VAT_INVOICE = "ordinary_vat_invoice"
    """增值税普通发票, on paper; sheet or roll."""
    ELECTRONIC_VAT_INVOICE = "electronic_vat_invoice"
    """增值税电子普通发票 and 增值税电子专用发票: a code of 12 digits, a number of 8."""
    DIGITAL_INVOICE = "digital_invoice"
    """电子发票（普通发票 or 增值税专用发票）, 数电票: a number of 20 digits, no code."""
    TRAIN_TICKET = "train_ticket"
    OTHER = "other"
    """Receipts, and invoices of other kinds."""
    NOT_AN_INVOICE = "not_an_invoice"


VAT_INVOICES = frozenset(
    {
        Kind.SPECIAL_VAT_INVOICE,
        Kind.ORDINARY_VAT_INVOICE,
        Kind.ELECTRONIC_VAT_INVOICE,
        Kind.DIGITAL_INVOICE,
    }
)
"""The kinds that state amount, tax and total apart."""

# The first pattern found decides; `.?` where a stamp or a fold may take a character.
_TITLES: tuple[tuple[Kind, str], ...] = (
    (Kind.TRAIN_TICKET, r"铁路.?子客票|电子客票|铁路.{0,4}客票|中国铁路|铁路局|12306"),
    (Kind.ELECTRONIC_VAT_INVOICE, r"增?值?税?电子(普通|专用)发|值税电.?(普通|专用)|税电子普.?发票|税电子专.?发票"),
    (Kind.DIGITAL_INVOICE, r"子发票票?\(|电.?发票\((普通|增值税|专用)|发票号码:?[0-9]{20}(?![0-9])"),
    (Kind.SPECIAL_VAT_INVOICE, r"增?值?税专用发|值税专.?发票|税.?用发票|专用发票"),
    (Kind.ORDINARY_VAT_INVOICE, r"增?值?税普通发|值税普.?发票|税.?通发票|普通发票"),
)
_TRAIN = (
    r"检票口|候车",
    r"(^|站|[\u4e00-\u9fff])[GDCZTKYLS][0-9]{1,4}次?($|[\u4e00-\u9fff])",
    r"二等座|一等座|商务座|硬座|软座|硬卧|软卧|无座|新空调",
    r"限乘当日|当日当次|仅供报销",
    r"[0-9]{1,2}车[0-9]{1,3}[A-F]?[号座]",
    r"[0-9]{1,2}:[0-9]{2}开",
)
_RECEIPT = r"收据|收款凭证|收款收据|小票|收银|找零|实收|实付|总计|共计|今收到|兹收到|交款|定额发票|出租汽车|客运|发票"


def kind_of(page: Page, labels: Sequence[LabelHit]) -> Kind:
    """The kind of a page: by its title, or else by what only one kind has; words of money alone make a receipt."""
    texts = ["".join(glyph.character for glyph in page.run(cell)) for cell in page.cells]
    everything = "\n".join(texts)
    for kind, pattern in _TITLES:
        if re.search(pattern, everything):
            return kind
    if sum(re.search(pattern, everything, re.MULTILINE) is not None for pattern in _TRAIN) >= 3:
        return Kind.TRAIN_TICKET
    present = {hit.label for hit in labels}
    if Label.TAX_ID in present and present & {Label.SUM, Label.TOTAL, Label.TAX, Label.FIGURES}:
        return _untitled(labels, everything, present)
    money = re.search(r"[¥Y]?\d[\d,]*\.\d{1,2}|[¥]\d", everything) or Label.CAPITALS in present
    if money and (re.search(_RECEIPT, everything) or present & {Label.SUM, Label.PAID, Label.CAPITALS, Label.FIGURES}):
        return Kind.OTHER
    return Kind.NOT_AN_INVOICE


def _untitled(labels: Sequence[LabelHit], text: str, present: set[Label]) -> Kind:
    """A VAT invoice whose title was not read."""
    if Label.INVOICE_CODE in present or Label.MACHINE_NUMBER in present:
        return Kind.ELECTRONIC_VAT_INVOICE
    if any("信用代码" in hit.word for hit in labels if hit.label is Label.TAX_ID) or re.search(r"\D\d{20}\D", text):
        return Kind.DIGITAL_INVOICE
    return Kind.ORDINARY_VAT_INVOICE if Label.CHECK_CODE in present else Kind.SPECIAL_VAT_INVOICE
