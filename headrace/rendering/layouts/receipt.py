"""A shop's receipt on a thermal roll of 58 or 80 mm: no invoice, hence of kind `other`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from headrace.rendering.content.invoice import digits
from headrace.rendering.content.shopping import CASES, purchase
from headrace.rendering.layout import Drawing, Layout
from headrace.rendering.parts.codes import barcode
from headrace.rendering.sheet import Colour, Sheet, Style
from headrace.rendering.truth import InvoiceFields

_INK: Colour = (62, 62, 70)


def draw(random: Random, case: str, scale: float) -> Drawing:
    told = purchase(random, case, date(2019, 1, 1), date(2025, 12, 31))
    width = random.choice((58.0, 80.0))
    sheet = Sheet(width, 74 + 4.6 * len(told.items) + 8, scale, (250, 250, 248))
    text = Style(random.choice(("terminal", "screen")), 3.1, _INK)
    right = width - 4
    sheet.text(width / 2, 6, told.shop, text.sized(5.5), "ma", "seller")
    sheet.text(width / 2, 13, f"（{told.branch}）", text, "ma")
    y = 20.0
    sheet.text(4, y, f"单号：{told.at:%Y%m%d}{digits(random, 6)}", text)
    sheet.text(4, y + 4.6, f"日期：{told.at:%Y-%m-%d %H:%M:%S}", text, field="issue_date")
    sheet.text(4, y + 9.2, f"收银员：{random.randint(1, 30):03d}   收银机：{random.randint(1, 12):02d}", text)
    y = _rule(sheet, y + 14.5)
    count_at, price_at = width * 0.55, width * 0.75
    for words, x, anchor in (
        ("品名", 4, "la"),
        ("数量", count_at, "ra"),
        ("单价", price_at, "ra"),
        ("金额", right, "ra"),
    ):
        sheet.text(x, y, words, text, anchor)
    y = _rule(sheet, y + 5)
    for name, count, price, sum_ in told.items:
        sheet.fitted(4, y, count_at - 8, name, text)
        sheet.text(count_at, y, str(count), text, "ra")
        sheet.text(price_at, y, f"{price:.2f}", text, "ra")
        sheet.text(right, y, f"{sum_:.2f}", text, "ra")
        y += 4.6
    y = _rule(sheet, y + 0.6)
    sheet.text(4, y, f"件数：{sum(item[1] for item in told.items)}", text)
    y += 4.8
    strong = text.sized(4.2)
    sheet.text(4, y, "合计：", strong)
    sheet.text(right, y, f"￥{told.total:.2f}", strong, "ra", "total")
    y += 6.4
    if told.in_cash:
        given = (told.total // 50 + 1) * 50
        sheet.text(4, y, f"现金：{given:.2f}   找零：{Decimal(given) - told.total:.2f}", text)
    else:
        sheet.text(4, y, f"{random.choice(('微信支付', '支付宝', '银联卡'))}：{told.total:.2f}", text)
    y = _rule(sheet, y + 5.4)
    sheet.text(width / 2, y, "谢谢惠顾 欢迎下次光临", text, "ma")
    sheet.paste(barcode(digits(random, 16)), width * 0.15, y + 6, width * 0.7, 9)
    fields = InvoiceFields(seller=told.shop, issue_date=told.at.date(), total=told.total)
    return Drawing((sheet,), fields)


def _rule(sheet: Sheet, y: float) -> float:
    """A dashed line across the roll; returns where to go on."""
    x = 4.0
    while x < sheet.width - 4:
        sheet.rule(x, y, x + 1.2, y, _INK, 0.2)
        x += 2.0
    return y + 1.6


LAYOUT = Layout("other", draw, CASES, usual_scale=8.0)
