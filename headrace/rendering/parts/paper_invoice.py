"""VAT invoices on paper: special (增值税专用发票) and ordinary (增值税普通发票)."""

from __future__ import annotations

from datetime import date
from random import Random

from headrace.rendering.content.invoice import Invoice, digits, invoice
from headrace.rendering.layout import Drawing
from headrace.rendering.parts.codes import qr_code
from headrace.rendering.parts.stamps import oval_stamp
from headrace.rendering.parts.vat_form import VatForm, chinese_date, draw_vat_form
from headrace.rendering.sheet import Colour, Sheet, Style

# The copies of an invoice: what stands on the right edge, and the colour that the form is printed in.
_COPIES: dict[bool, tuple[tuple[str, Colour], ...]] = {
    True: (
        ("第三联：发票联 购买方记账凭证", (139, 78, 40)),
        ("第二联：抵扣联 购买方扣税凭证", (38, 110, 72)),
    ),
    False: (("第二联：发票联 购买方记账凭证", (139, 78, 40)), ("第二联：发票联 购买方记账凭证", (120, 60, 90))),
}
_INKS: tuple[Colour, ...] = ((40, 44, 110), (30, 30, 36), (60, 50, 120))


def draw_paper_invoice(random: Random, case: str, scale: float, special: bool) -> Drawing:
    """One invoice on a sheet of 240 x 140 mm."""
    told = invoice(random, case, date(2016, 5, 1), date(2023, 12, 31))
    tinted = random.choice(((255, 255, 255), (253, 251, 244), (250, 252, 250)))
    sheet = Sheet(240, 140, scale, tinted)
    copy, colour = random.choice(_COPIES[special])
    ink = random.choice(_INKS)
    dots = random.random() < 0.6
    label = Style("kai", 3.5, colour, bold=True)
    value = Style(random.choice(("song", "song", "terminal")), 3.5, ink, bold=True, dots=dots)
    number = Style("typewriter", 3.5, ink, dots=dots)
    shift = (random.uniform(-0.6, 1.2), random.uniform(-0.5, 0.5))
    year = f"{told.issue_date.year % 100:02d}"
    if special:
        code = f"{told.region.tax}{year}{random.randint(1, 4)}130"
    else:
        code = f"0{told.region.tax}{year}00{random.randint(1, 3)}04"
    serial = digits(random, 8)
    _head(sheet, told, code, serial, special, label, value, number, shift)
    draw_vat_form(sheet, VatForm(12, 33, 214, label, value, number, shift), told)
    _foot(sheet, told, label, value, shift)
    sheet.column(231, 45, copy, label.sized(3.0), 72)
    sheet.column(6, 60, f"税总函〔{told.issue_date.year}〕{random.randint(100, 700)}号", label.sized(2.6), 45)
    place = (190 + random.uniform(-14, 8), 122 + random.uniform(-4, 4))
    oval_stamp(sheet, random, *place, told.seller.name, told.seller.tax_id, "发票专用章")
    return Drawing((sheet,), told.fields(code, serial))


def _head(
    sheet: Sheet,
    told: Invoice,
    code: str,
    serial: str,
    special: bool,
    label: Style,
    value: Style,
    number: Style,
    shift: tuple[float, float],
) -> None:
    colour = label.colour
    title = f"{told.region.name}增值税{'专用' if special else '普通'}发票"
    sheet.text(79, 10, title, Style("kai", 7.8, colour, bold=True), spread=86)
    sheet.rule(77, 20.5, 167, 20.5, colour, 0.3)
    sheet.rule(77, 21.5, 167, 21.5, colour, 0.3)
    _supervision(sheet, told, 122, 22)
    sheet.paste(qr_code(f"01,{'01' if special else '04'},{code},{serial},{told.amount},{told.issue_date:%Y%m%d},"
                        f"{told.check_code if not special else ''},"), 14, 8, 19, 19)  # fmt: skip
    sheet.fitted(37, 11, 38, code, Style("song", 6.4, colour, bold=True), field="invoice_code")
    sheet.text(176, 10.5, "№", Style("song", 6.5, colour, bold=True))
    sheet.text(184, 10.5, serial, Style("song", 7, (50, 60, 130), bold=True), field="invoice_number")
    # The printer repeats both, small, so that one sees whether the right form lay in it.
    sheet.text(216 + shift[0], 10.5, code, number.sized(2.9), field="invoice_code")
    sheet.text(216 + shift[0], 14.5, serial, number.sized(2.9), field="invoice_number")
    if not special:
        words = " ".join(told.check_code[place : place + 5] for place in range(0, 20, 5))
        sheet.text(37, 24, "校验码", label)
        sheet.text(49 + shift[0], 24 + shift[1], words, number.sized(3.2))
    else:
        sheet.text(37, 24, "机器编号：", label.sized(3.2))
        sheet.text(54 + shift[0], 24 + shift[1], told.machine_number, number.sized(3.2))
    sheet.text(176, 25, "开票日期：", label)
    sheet.text(194 + shift[0], 25 + shift[1], chinese_date(told.issue_date), value, field="issue_date")


def _supervision(sheet: Sheet, told: Invoice, x: float, y: float) -> None:
    """The oval that the tax authority prints on every form: the same everywhere, so it is not random."""
    oval_stamp(sheet, Random(told.region.tax), x, y, "全国统一发票监制章", f"{told.region.name}", "国家税务总局监制",
               (30, 20), 0.62, 0)  # fmt: skip


def _foot(sheet: Sheet, told: Invoice, label: Style, value: Style, shift: tuple[float, float]) -> None:
    people = (("收款人：", told.payee, 14), ("复核：", told.reviewer, 70), ("开票人：", told.issuer, 122))
    for words, name, x in people:
        sheet.text(x, 131.5, words, label)
        sheet.text(x + label.size * len(words) + shift[0], 131.5 + shift[1], name, value)
    sheet.text(176, 131.5, "销售方：（章）", label)
