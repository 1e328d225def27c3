"""The body that paper and electronic VAT invoices share: buyer, cipher, goods, sums, seller, remarks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from headrace.rendering.content.companies import Party
from headrace.rendering.content.invoice import Invoice, money
from headrace.rendering.parts.goods_table import Column, goods_table
from headrace.rendering.sheet import Sheet, Style

# Widths for a form of 214 mm; other forms scale them.
COLUMNS = (
    Column("货物或应税劳务、服务名称", 54, "name", "left"),
    Column("规格型号", 20, "specification", "left"),
    Column("单位", 13, "unit", "centre"),
    Column("数量", 22, "quantity", "right"),
    Column("单价", 25, "unit_price", "right"),
    Column("金额", 30, "amount", "right"),
    Column("税率", 14, "rate", "right"),
    Column("税额", 36, "tax", "right"),
)


@dataclass(frozen=True)
class VatForm:
    """Where the form stands on the sheet (millimetres), how its labels and the values are printed; `cipher`: the
    style of the cipher area, `shift`: by how much the printer missed the form.
    """

    left: float
    top: float
    width: float
    label: Style
    value: Style
    number: Style
    shift: tuple[float, float] = (0.0, 0.0)
    height: float = 96.0


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month:02d}月{day.day:02d}日"


def draw_vat_form(sheet: Sheet, form: VatForm, invoice: Invoice) -> None:
    """Prints the form's lines and labels, and what the invoice tells."""
    colour, left, right = form.label.colour, form.left, form.left + form.width
    part = form.height / 96
    buyer_end, goods_end, sums_end, total_end = (form.top + at * part for at in (23, 60.5, 66, 73))
    bottom = form.top + form.height
    side = left + form.width * 0.58
    sheet.frame(left, form.top, right, bottom, colour, 0.35)
    for y in (buyer_end, sums_end, total_end):
        sheet.rule(left, y, right, y, colour)
    _party(sheet, form, "购买方", invoice.buyer, form.top, buyer_end, side, "buyer")
    _party(sheet, form, "销售方", invoice.seller, total_end, bottom, side, "seller")
    for y1, y2, words in ((form.top, buyer_end, "密码区"), (total_end, bottom, "备注")):
        sheet.rule(side, y1, side, y2, colour)
        sheet.rule(side + 6, y1, side + 6, y2, colour)
        sheet.column(side + 3, y1 + 2.5, words, form.label, y2 - y1 - 5)
    _cipher(sheet, form, invoice, side + 7, right)
    sheet.wrapped(side + 8, total_end + 2, right - side - 10, invoice.remark, form.value)
    columns = tuple(
        Column(column.heading, column.width * form.width / 214, column.shows, column.align) for column in COLUMNS
    )
    # The rules of the columns go through the line of the sums.
    goods_table(sheet, columns, invoice.goods, left, buyer_end, goods_end, form.label, form.value, None,
                shift=form.shift)  # fmt: skip
    _sums(sheet, form, invoice, columns, buyer_end, goods_end, sums_end)
    _total(sheet, form, invoice, sums_end, total_end, left + columns[0].width)


def _party(
    sheet: Sheet, form: VatForm, title: str, party: Party, top: float, bottom: float, right: float, field: str
) -> None:
    label, value, (dx, dy) = form.label, form.value, form.shift
    sheet.rule(form.left + 6, top, form.left + 6, bottom, label.colour)
    sheet.column(form.left + 3, top + 2.5, title, label, bottom - top - 5)
    pitch = (bottom - top - 1) / 4
    spread = label.size * 6.6
    start = form.left + 8 + spread + label.size * 0.9
    rows = (
        ("名称", party.name, field),
        ("纳税人识别号", party.tax_id, f"{field}_tax_id"),
        ("地址、电话", party.address_and_telephone, None),
        ("开户行及账号", party.bank_and_account, None),
    )
    for row, (words, text, name) in enumerate(rows):
        y = top + 0.7 + pitch * (row + 0.5)
        sheet.text(form.left + 8, y, words + "：", label, "lm", spread=spread + label.size * 0.6)
        if name == f"{field}_tax_id":
            style = form.number.sized(value.size * 1.15)
            sheet.fitted(start + dx, y + dy, right - start - 1, text, style, "lm", name)
        else:
            _value(sheet, start + dx, y + dy, right - start - 1.5, pitch, text, value, name)


def _value(
    sheet: Sheet, x: float, y: float, width: float, pitch: float, text: str, style: Style, field: str | None
) -> None:
    """A value beside its label: a little smaller where it is long, on two lines where it is too long for that."""
    wide = sheet.text_width(text, style)
    if wide <= width * 1.2:
        sheet.fitted(x, y, width, text, style, "lm", field)
        return
    small = style.sized(pitch * 0.48)
    rows = sheet.broken(text, sheet.text_width(text, small) * 0.6, small)
    for place, words in enumerate(rows):
        middle = y + (place - (len(rows) - 1) / 2) * pitch * 0.52
        sheet.fitted(x, middle, width, words, small, "lm", field)


def _cipher(sheet: Sheet, form: VatForm, invoice: Invoice, left: float, right: float) -> None:
    style = form.number.sized(form.value.size * 1.05)
    pitch = 22 * form.height / 96 / 4
    for row, words in enumerate(invoice.cipher):
        y = form.top + 0.6 + pitch * (row + 0.5) + form.shift[1]
        sheet.fitted(left + 1 + form.shift[0], y, right - left - 3, words, style, "lm")


def _sums(
    sheet: Sheet,
    form: VatForm,
    invoice: Invoice,
    columns: tuple[Column, ...],
    table_top: float,
    top: float,
    bottom: float,
) -> None:
    x = form.left
    dx, dy = form.shift
    middle = (top + bottom) / 2
    sheet.text(form.left + columns[0].width * 0.25, middle, "合计", form.label, "lm", spread=columns[0].width * 0.5)
    for column in columns:
        if x > form.left:
            sheet.rule(x, table_top, x, bottom, form.label.colour)
        x += column.width
        if column.shows in ("amount", "tax"):
            text = money(invoice.amount) if column.shows == "amount" else invoice.tax_text
            sheet.fitted(x - 1.4 + dx, middle + dy, column.width - 2.6, text, form.value, "rm", column.shows)


def _total(sheet: Sheet, form: VatForm, invoice: Invoice, top: float, bottom: float, split: float) -> None:
    dx, dy = form.shift
    middle = (top + bottom) / 2
    sheet.rule(split, top, split, bottom, form.label.colour)
    sheet.text((form.left + split) / 2, middle, "价税合计（大写）", form.label, "mm")
    capitals = form.value.sized(form.value.size * 1.1)
    small_label = form.left + form.width * 0.70
    sheet.disc(split + 5, middle, 1.6, None, form.value.colour)
    sheet.rule(split + 4, middle - 1, split + 6, middle + 1, form.value.colour)
    sheet.rule(split + 6, middle - 1, split + 4, middle + 1, form.value.colour)
    sheet.fitted(split + 9 + dx, middle + dy, small_label - split - 11, invoice.total_capitals, capitals, "lm")
    sheet.text(small_label, middle, "（小写）", form.label, "lm")
    sheet.fitted(small_label + form.label.size * 4.6 + dx, middle + dy, form.width * 0.2, money(invoice.total),
                 capitals, "lm", "total")  # fmt: skip
