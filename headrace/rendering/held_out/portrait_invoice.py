"""A fully digital e-invoice as another provider arranges it: upright page, seller first, sums in a column."""

from __future__ import annotations

from datetime import date
from random import Random

from headrace.rendering.content.companies import Party
from headrace.rendering.content.invoice import CASES, Invoice, invoice
from headrace.rendering.layout import Drawing, Layout
from headrace.rendering.parts.codes import qr_code
from headrace.rendering.parts.digital_form import digital_number
from headrace.rendering.parts.goods_table import Column, goods_table
from headrace.rendering.parts.stamps import round_stamp
from headrace.rendering.sheet import BLACK, Colour, Sheet, Style

_BLUE: Colour = (30, 84, 150)
_PALE: Colour = (232, 240, 250)
_GREY: Colour = (90, 96, 104)
_COLUMNS = (
    Column("商品/服务名称", 50, "name", "left"),
    Column("数量", 20, "quantity", "right"),
    Column("单位", 14, "unit", "centre"),
    Column("不含税单价", 26, "unit_price", "right"),
    Column("税率", 14, "rate", "right"),
    Column("不含税金额", 26, "amount", "right"),
    Column("税额", 20, "tax", "right"),
)


def draw(random: Random, case: str, scale: float) -> Drawing:
    told = invoice(random, case, date(2023, 1, 1), date(2025, 12, 31))
    sheet = Sheet(190, 210, scale)
    number = digital_number(random, told)
    label, value = Style("hei", 3.3, _GREY), Style("hei", 3.5, BLACK)
    sheet.frame(0, 0, 190, 24, _BLUE, 0.1, _BLUE)
    sheet.text(12, 7, "电子发票（普通发票）", Style("hei-bold", 7, (255, 255, 255)))
    sheet.text(178, 9, "数电票", Style("hei", 4.5, (255, 255, 255)), "ra")
    sheet.text(12, 30, "发票号码", label)
    sheet.text(30, 30, number, value, field="invoice_number")
    sheet.text(12, 37, "开票日期", label)
    sheet.text(30, 37, f"{told.issue_date:%Y-%m-%d}", value, field="issue_date")
    sheet.paste(qr_code(f"01,32,,{number},{told.total},{told.issue_date:%Y%m%d},,"), 156, 28, 22, 22)
    _party(sheet, "销方", told.seller, 52, label, value, "seller")
    _party(sheet, "购方", told.buyer, 78, label, value, "buyer")
    sheet.frame(10, 104, 180, 111, _BLUE, 0.1, _PALE)
    goods_table(sheet, _COLUMNS, told.goods, 10, 104, 154, label.coloured(_BLUE), value, None, heading_height=7)
    sheet.rule(10, 154, 180, 154, _BLUE, 0.4)
    _sums(sheet, told, label, value)
    sheet.text(12, 158, "备注", label)
    sheet.wrapped(12, 164, 70, told.remark, value)
    sheet.text(12, 196, f"开票人 {told.issuer}", label)
    sheet.text(60, 196, f"复核人 {told.reviewer}", label)
    round_stamp(sheet, random, 70 + random.uniform(-6, 6), 180, told.seller.name, "发票专用章", 34)
    return Drawing((sheet,), told.fields(None, number))


def _party(sheet: Sheet, title: str, party: Party, top: float, label: Style, value: Style, field: str) -> None:
    sheet.frame(10, top, 180, top + 23, (190, 204, 220), 0.2)
    sheet.frame(10, top, 12, top + 23, _BLUE, 0.1, _BLUE)
    rows = (
        ("名称", party.name, field),
        ("税号", party.tax_id, f"{field}_tax_id"),
        ("开户银行", party.bank_and_account, None),
    )
    for row, (words, text, name) in enumerate(rows):
        sheet.text(16, top + 2 + row * 7, title + words, label)
        sheet.fitted(42, top + 2 + row * 7, 134, text, value, field=name)


def _sums(sheet: Sheet, told: Invoice, label: Style, value: Style) -> None:
    tax = "0.00" if told.tax_text == "***" else f"{told.tax:.2f}"
    for row, (words, text, field) in enumerate(
        (("金额合计", f"{told.amount:.2f}", "amount"), ("税额合计", tax, "tax"))
    ):
        sheet.text(118, 158 + row * 6.5, words, label)
        sheet.text(178, 158 + row * 6.5, text, value, "ra", field)
    strong = Style("hei-bold", 4.6, _BLUE)
    sheet.text(118, 172, "价税合计", strong)
    sheet.text(178, 172, f"￥{told.total:.2f}", strong, "ra", "total")
    sheet.fitted(178, 180, 66, f"大写 {told.total_capitals}", value, "ra")


LAYOUT = Layout("digital_invoice", draw, tuple(CASES))
