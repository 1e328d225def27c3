"""电子发票（铁路电子客票）: the train ticket as an e-invoice, since November 2024."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from headrace.rendering.content.companies import company, consumer
from headrace.rendering.content.invoice import digits
from headrace.rendering.content.journey import CASES, journey
from headrace.rendering.content.regions import REGIONS
from headrace.rendering.layout import Drawing, Layout
from headrace.rendering.parts.codes import qr_code
from headrace.rendering.parts.stamps import oval_stamp
from headrace.rendering.parts.vat_form import chinese_date
from headrace.rendering.sheet import BLACK, Colour, Sheet, Style
from headrace.rendering.truth import InvoiceFields

_RED: Colour = (178, 34, 34)
_GREY: Colour = (120, 120, 120)


def draw(random: Random, case: str, scale: float) -> Drawing:
    told = journey(random, case, datetime(2024, 11, 1), datetime(2025, 12, 20))
    region = random.choice(REGIONS)
    buyer = company(random) if random.random() < 0.8 else consumer(random)
    issued = (told.leaves + timedelta(days=random.randint(0, 20))).date()
    number = f"{issued.year % 100:02d}{region.tax[:2]}{random.choice('27')}{digits(random, 15)}"
    sheet = Sheet(150, 100, scale)
    text, strong = Style("hei", 3.4, BLACK), Style("hei", 5.2, BLACK)
    sheet.frame(3, 3, 147, 97, _GREY, 0.2)
    sheet.text(75, 6.5, "电子发票（铁路电子客票）", Style("hei", 5.4, BLACK), "ma")
    oval_stamp(sheet, Random(region.tax), 75, 15, "全国统一发票监制章", "国家税务总局", f"{region.name}税务局",
               (26, 17), 0.6, 0)  # fmt: skip
    sheet.text(10, 22, "发票号码:", text)
    sheet.text(26, 22, number, text, field="invoice_number")
    sheet.text(98, 22, "开票日期:", text)
    sheet.text(114, 22, chinese_date(issued), text, field="issue_date")
    for station, x in ((told.start, 30), (told.end, 120)):
        sheet.text(x, 30, station[0] + "站", strong, "ma")
        sheet.text(x, 37, station[1], text, "ma")
    sheet.text(75, 30, told.train, strong, "ma")
    sheet.rule(60, 37, 90, 37, BLACK, 0.3)
    sheet.shape([(90, 36.2), (92.4, 37), (90, 37.8)], BLACK)
    sheet.text(10, 44, chinese_date(told.leaves.date()), text)
    sheet.text(42, 44, f"{told.leaves:%H:%M}开", text)
    sheet.text(80, 44, f"{told.carriage}车{told.seat}号", text)
    sheet.text(118, 44, told.seat_class, text)
    words = "退票费:" if case == "refund_fee" else "票价:"
    sheet.text(10, 52, words, text.sized(4.2))
    sheet.text(11 + sheet.text_width(words, text.sized(4.2)), 52, f"￥{told.fare:.2f}", text.sized(4.2), field="total")
    sheet.text(10, 60, told.identity, text)
    sheet.text(12 + sheet.text_width(told.identity, text), 60, told.passenger, text)
    sheet.text(10, 67, f"电子客票号:{digits(random, 21)}", text)
    sheet.rule(8, 74, 112, 74, _GREY, 0.2)
    sheet.text(10, 77, "购买方名称:", text)
    sheet.fitted(30, 77, 80, buyer.name, text, field="buyer")
    sheet.text(10, 84, "统一社会信用代码:", text)
    sheet.text(40, 84, buyer.tax_id, text, field="buyer_tax_id")
    sheet.text(10, 91, "买票请到12306 发货请到95306", text.sized(2.8).coloured(_RED))
    sheet.paste(qr_code(f"01,51,,{number},{told.fare:.2f},{issued:%Y%m%d},,"), 118, 66, 24, 24)
    fields = InvoiceFields(
        invoice_number=number,
        issue_date=issued,
        buyer=buyer.name,
        buyer_tax_id=buyer.tax_id or None,
        total=told.fare,
    )
    return Drawing((sheet,), fields)


LAYOUT = Layout("train_ticket", draw, CASES, usual_scale=7.0)
