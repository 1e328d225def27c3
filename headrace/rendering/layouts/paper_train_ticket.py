"""The blue paper train ticket (磁介质车票), 87 x 54 mm."""

from __future__ import annotations

from datetime import datetime
from random import Random

from headrace.rendering.content.invoice import digits
from headrace.rendering.content.journey import CASES, journey
from headrace.rendering.layout import Drawing, Layout
from headrace.rendering.parts.codes import qr_code
from headrace.rendering.sheet import BLACK, Colour, Sheet, Style
from headrace.rendering.truth import InvoiceFields

_PAPER: Colour = (214, 232, 241)
_BAND: Colour = (138, 190, 214)
_WAVE: Colour = (196, 220, 233)


def draw(random: Random, case: str, scale: float) -> Drawing:
    told = journey(random, case, datetime(2015, 1, 1), datetime(2020, 12, 31))
    sheet = Sheet(87, 54, scale, _PAPER)
    for row in range(24):
        sheet.rule(0, row * 2.2 + 1, 87, row * 2.2 - 3, _WAVE, 0.3)
    sheet.frame(0, 46.5, 87, 54, _BAND, 0.1, _BAND)
    song, hei = Style("song", 3.1, BLACK, bold=True), Style("hei", 3.1, BLACK)
    number = random.choice("ABCDEFGHJKLMRSTUVWXYZ") + f"{random.randint(1, 99):02d}{random.choice('ABCDEF')}"
    number = number[0] + digits(random, 6) if random.random() < 0.5 else number + digits(random, 6)
    sheet.text(5, 3, number, Style("song", 4.2, (196, 50, 70)), field="invoice_number")
    sheet.text(80, 3.2, f"{told.start[0][:2]}售", hei, "ra")
    for station, x in ((told.start, 19), (told.end, 68)):
        name = station[0]
        sheet.text(x - 2, 9, name, Style("hei", 4.8, BLACK, bold=True), "ma")
        sheet.text(x + sheet.text_width(name, Style("hei", 4.8)) / 2 - 0.6, 10.5, "站", song)
        sheet.text(x, 15.3, station[1], Style("song", 2.9, BLACK, bold=True), "ma")
    sheet.text(43.5, 9, told.train, Style("hei", 4.8, BLACK), "ma")
    sheet.rule(36, 15, 51, 15, BLACK, 0.3)
    sheet.shape([(51, 14.3), (53, 15), (51, 15.7)], BLACK)
    leaves = told.leaves
    sheet.text(6, 19.6, f"{leaves.year}年{leaves.month:02d}月{leaves.day:02d}日", Style("hei", 3.5), field="issue_date")
    sheet.text(35, 19.6, f"{leaves:%H:%M}开", Style("hei", 3.5))
    sheet.text(56, 19.6, f"{told.carriage}车{told.seat}号", Style("hei", 3.5))
    sheet.text(6, 24.8, f"¥{told.fare:.1f}元", Style("hei", 3.7), field="total")
    sheet.text(60, 24.8, told.seat_class, Style("hei", 3.5))
    sheet.text(6, 29.4, "限乘当日当次车" if case != "refund_fee" else "退票费 限报销使用", hei)
    sheet.text(6, 33.8, told.identity, Style("hei", 3.7))
    sheet.text(6 + sheet.text_width(told.identity, Style("hei", 3.7)) + 1.5, 33.8, told.passenger, Style("hei", 3.7))
    sheet.text(10, 40.2, "报销凭证 遗失不补", Style("song", 2.7, BLACK))
    sheet.text(10, 43.1, "退票、改签时须交回车站", Style("song", 2.7, BLACK))
    sheet.frame(7, 39.6, 46, 46, BLACK, 0.15)
    serial = digits(random, 21)
    sheet.text(6, 48.3, f"{serial}  {told.start[0]}", Style("hei", 3.2))
    sheet.paste(qr_code(serial + number), 65, 30.5, 15, 15)
    fields = InvoiceFields(invoice_number=number, issue_date=leaves.date(), total=told.fare)
    return Drawing((sheet,), fields)


LAYOUT = Layout("train_ticket", draw, CASES, usual_scale=9.0)
