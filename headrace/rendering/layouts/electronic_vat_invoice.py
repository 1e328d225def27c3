"""增值税电子普通发票: the PDF that tax-control systems made from 2016 on, 210 x 140 mm."""

from __future__ import annotations

from datetime import date
from random import Random

from headrace.rendering.content.invoice import CASES, digits, invoice
from headrace.rendering.layout import Drawing, Layout
from headrace.rendering.parts.codes import qr_code
from headrace.rendering.parts.stamps import oval_stamp
from headrace.rendering.parts.vat_form import VatForm, draw_vat_form
from headrace.rendering.sheet import BLACK, Colour, Sheet, Style

_BROWN: Colour = (128, 62, 30)


def draw(random: Random, case: str, scale: float) -> Drawing:
    told = invoice(random, case, date(2016, 8, 1), date(2024, 11, 30))
    sheet = Sheet(210, 140, scale)
    label = Style("kai", 3.2, _BROWN, bold=True)
    value = Style(random.choice(("song", "song", "hei")), 3.1, BLACK, bold=True)
    number = Style(random.choice(("typewriter", "song")), 3.3, BLACK, bold=True)
    code = f"0{told.region.tax}{told.issue_date.year % 100:02d}00{random.randint(1, 9)}11"
    serial = digits(random, 8)
    sheet.paste(qr_code(f"01,10,{code},{serial},{told.amount},{told.issue_date:%Y%m%d},{told.check_code},"),
                9, 6, 20, 20)  # fmt: skip
    title = f"{told.region.name}增值税电子普通发票"
    sheet.text(54, 8, title, Style("kai", 7.2, _BROWN, bold=True), spread=92)
    sheet.rule(52, 18, 148, 18, _BROWN, 0.3)
    sheet.rule(52, 19, 148, 19, _BROWN, 0.3)
    oval_stamp(sheet, Random(told.region.tax), 100, 19, "全国统一发票监制章", told.region.name, "国家税务总局监制",
               (28, 19), 0.6, 0)  # fmt: skip
    sheet.text(8, 28.5, "机器编号：", label)
    sheet.text(24, 28.7, told.machine_number, number)
    day = told.issue_date
    check = " ".join(told.check_code[place : place + 5] for place in range(0, 20, 5))
    rows = (
        ("发票代码：", code, "invoice_code"),
        ("发票号码：", serial, "invoice_number"),
        ("开票日期：", f"{day.year} 年 {day.month:02d} 月 {day.day:02d} 日", "issue_date"),
        ("校 验 码：", check, None),
    )
    for row, (words, text, field) in enumerate(rows):
        y = 9 + row * 5.6
        sheet.text(151, y, words, label)
        sheet.fitted(167.5, y + 0.1, 38, text, number if field != "issue_date" else value, field=field)
    draw_vat_form(sheet, VatForm(7, 34, 196, label, value, number, (0.0, 0.0), 92), told)
    for words, name, x in (("收款人：", told.payee, 9), ("复核：", told.reviewer, 62), ("开票人：", told.issuer, 108)):
        sheet.text(x, 128.5, words, label)
        sheet.text(x + label.size * len(words), 128.6, name, value)
    sheet.text(158, 128.5, "销售方：（章）", label)
    place = (172 + random.uniform(-8, 8), 119 + random.uniform(-3, 3))
    oval_stamp(sheet, random, *place, told.seller.name, told.seller.tax_id, "发票专用章", tilt=2)
    return Drawing((sheet,), told.fields(code, serial))


LAYOUT = Layout("electronic_vat_invoice", draw, tuple(CASES))
