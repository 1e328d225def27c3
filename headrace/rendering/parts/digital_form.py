"""The fully digital e-invoice (数电票): 210 x 140 mm, a 20-digit number, no code, no cipher."""

from __future__ import annotations

from datetime import date
from random import Random

from headrace.rendering.content.companies import Party
from headrace.rendering.content.invoice import Invoice, digits, invoice, money
from headrace.rendering.layout import Drawing
from headrace.rendering.parts.codes import qr_code
from headrace.rendering.parts.goods_table import Column, goods_table
from headrace.rendering.parts.stamps import oval_stamp
from headrace.rendering.parts.vat_form import chinese_date
from headrace.rendering.sheet import BLACK, Colour, Sheet, Style

_BROWN: Colour = (128, 44, 26)
_LEFT, _RIGHT = 6.0, 204.0
_COLUMNS = (
    Column("项目名称", 44, "name", "left"),
    Column("规格型号", 24, "specification", "left"),
    Column("单位", 14, "unit", "centre"),
    Column("数量", 24, "quantity", "right"),
    Column("单价", 27, "unit_price", "right"),
    Column("金额", 27, "amount", "right"),
    Column("税率/征收率", 19, "rate", "right"),
    Column("税额", 19, "tax", "right"),
)


def digital_number(random: Random, told: Invoice) -> str:
    """The 20 digits of a fully digital e-invoice: year, place, where it was made, serial number."""
    return f"{told.issue_date.year % 100:02d}{told.region.tax[:2]}{random.choice('27')}{digits(random, 15)}"


def draw_digital_invoice(random: Random, case: str, scale: float, special: bool) -> Drawing:
    told = invoice(random, case, date(2022, 6, 1), date(2025, 12, 31))
    sheet = Sheet(210, 140, scale)
    label = Style("kai", 3.3, _BROWN, bold=True)
    value = Style("song", 3.2, BLACK, bold=True)
    number = digital_number(random, told)
    _head(sheet, told, number, special, label, value)
    sheet.frame(_LEFT, 30, _RIGHT, 125, _BROWN, 0.3)
    sheet.rule(_LEFT, 51, _RIGHT, 51, _BROWN)
    _party(sheet, "购买方信息", told.buyer, _LEFT, 105, label, value, "buyer")
    _party(sheet, "销售方信息", told.seller, 105, _RIGHT, label, value, "seller")
    goods_table(sheet, _COLUMNS, told.goods, _LEFT, 51, 94, label, value, None, heading_height=6)
    _sums(sheet, told, label, value)
    remark_end = 125
    sheet.rule(_LEFT + 7, 108, _LEFT + 7, remark_end, _BROWN)
    sheet.column(_LEFT + 3.5, 110.5, "备注", label, 11)
    sheet.wrapped(_LEFT + 9, 110, 175, told.remark, value)
    sheet.text(22, 129.5, "开票人：", label)
    sheet.text(22 + label.size * 4, 129.5, told.issuer, value)
    return Drawing((sheet,), told.fields(None, number))


def _head(sheet: Sheet, told: Invoice, number: str, special: bool, label: Style, value: Style) -> None:
    title = f"电子发票（{'增值税专用发票' if special else '普通发票'}）"
    width = 84 if special else 70
    style = Style("kai", 6.4, _BROWN, bold=True)
    sheet.text(105 - width / 2, 8.5, title, style, spread=width)
    sheet.rule(103 - width / 2, 18, 107 + width / 2, 18, _BROWN, 0.3)
    sheet.rule(103 - width / 2, 19, 107 + width / 2, 19, _BROWN, 0.3)
    oval_stamp(sheet, Random(told.region.tax), 105, 19, "全国统一发票监制章", "国家税务总局",
               f"{told.region.name}税务局", (29, 19), 0.7, 0)  # fmt: skip
    sheet.paste(qr_code(f"01,{'31' if special else '32'},,{number},{told.total},{told.issue_date:%Y%m%d},,"),
                9, 6, 19, 19)  # fmt: skip
    sheet.text(152, 11, "发票号码：", label)
    sheet.fitted(169, 11, 36, number, value, field="invoice_number")
    sheet.text(152, 18.5, "开票日期：", label)
    sheet.text(169, 18.5, chinese_date(told.issue_date), value, field="issue_date")


def _party(
    sheet: Sheet, title: str, party: Party, left: float, right: float, label: Style, value: Style, field: str
) -> None:
    sheet.rule(left + 7, 30, left + 7, 51, _BROWN)
    sheet.rule(right, 30, right, 51, _BROWN)
    sheet.column(left + 3.5, 31, title, label.sized(3.2), 19)
    text = left + 9
    room = right - text - 12
    rows = sheet.broken(party.name, room, value)
    sheet.text(text, 34.5, "名称：", label)
    for row, words in enumerate(rows):
        sheet.text(text + 10, 34.5 + row * 4 - (len(rows) - 1) * 1.5, words, value, field=field)
    words = "统一社会信用代码/纳税人识别号："
    sheet.text(text, 44, words, label)
    start = text + sheet.text_width(words, label) + 0.5
    sheet.fitted(start, 44, right - start - 1, party.tax_id, value, field=f"{field}_tax_id")


def _sums(sheet: Sheet, told: Invoice, label: Style, value: Style) -> None:
    sheet.text(_LEFT + 12, 97, "合计", label, "lm", spread=22)
    amount_right = _LEFT + sum(column.width for column in _COLUMNS[:6])
    sheet.text(amount_right - 1.2, 97, money(told.amount), value, "rm", "amount")
    sheet.text(_RIGHT - 1.2, 97, told.tax_text, value, "rm", "tax")
    sheet.rule(_LEFT, 100, _RIGHT, 100, _BROWN)
    sheet.rule(_LEFT, 108, _RIGHT, 108, _BROWN)
    sheet.rule(_LEFT + 52, 100, _LEFT + 52, 108, _BROWN)
    sheet.text(_LEFT + 26, 104, "价税合计（大写）", label, "mm")
    capitals = value.sized(3.6)
    sheet.disc(_LEFT + 57, 104, 1.6, None, BLACK)
    sheet.rule(_LEFT + 56, 103, _LEFT + 58, 105, BLACK)
    sheet.rule(_LEFT + 58, 103, _LEFT + 56, 105, BLACK)
    sheet.fitted(_LEFT + 61, 104, 76, told.total_capitals, capitals, "lm")
    sheet.text(_LEFT + 140, 104, "（小写）", label, "lm")
    sheet.text(_LEFT + 156, 104, money(told.total), capitals, "lm", "total")
