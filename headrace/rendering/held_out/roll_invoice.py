"""增值税普通发票（卷票）: on a roll of 57 mm, one column; sums include the tax, which is not printed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from headrace.rendering.content.goods import GoodsLine, cents
from headrace.rendering.content.invoice import digits, invoice, money
from headrace.rendering.layout import Drawing, Layout
from headrace.rendering.parts.codes import qr_code
from headrace.rendering.parts.stamps import oval_stamp
from headrace.rendering.sheet import Colour, Sheet, Style

_BROWN: Colour = (136, 70, 40)
_INK: Colour = (44, 44, 60)


def draw(random: Random, case: str, scale: float) -> Drawing:
    told = invoice(random, case, date(2017, 7, 1), date(2023, 12, 31))
    sheet = Sheet(76, 134 + 9 * len(told.goods), scale, (252, 250, 246))
    label = Style("kai", 3.2, _BROWN, bold=True)
    value = Style(random.choice(("song", "terminal")), 3.1, _INK, bold=True, dots=random.random() < 0.5)
    code, serial = f"0{told.region.tax}{told.issue_date.year % 100:02d}00{random.randint(1, 9)}07", digits(random, 8)
    oval_stamp(sheet, Random(told.region.tax), 38, 13, "全国统一发票监制章", told.region.name, "国家税务总局监制",
               (26, 17), 0.5, 0)  # fmt: skip
    sheet.text(38, 6, f"{told.region.name}增值税普通发票（卷票）", Style("kai", 4.6, _BROWN, bold=True), "ma")
    sheet.text(38, 18, "发票联", Style("kai", 4.4, _BROWN, bold=True), "ma")
    y = 25.0
    number = Style("song", 3.9, _BROWN, bold=True)
    for words, text, style, field in (
        ("发票代码", code, number, "invoice_code"),
        ("发票号码", serial, number, "invoice_number"),
        ("机打号码", serial, value, None),
        ("机器编号", told.machine_number, value, None),
        ("销售方名称", told.seller.name, value, "seller"),
        ("纳税人识别号", told.seller.tax_id, value, "seller_tax_id"),
        ("开票日期", f"{told.issue_date:%Y-%m-%d}", value, "issue_date"),
        ("收款员", told.payee, value, None),
        ("购买方名称", told.buyer.name, value, "buyer"),
        ("纳税人识别号", told.buyer.tax_id, value, "buyer_tax_id"),
    ):
        sheet.text(5, y, words + "：", label)
        start = 5 + label.size * (len(words) + 1)
        y += 4.6 * max(1, sheet.wrapped(start, y, 71 - start, text, style, field, 1.35))
    y += 1.5
    for words, x, anchor in (("项目", 5, "la"), ("单价", 36, "ra"), ("数量", 50, "ra"), ("金额", 71, "ra")):
        sheet.text(x, y, words, label, anchor)
    y += 4.8
    for line in told.goods:
        sheet.fitted(5, y, 66, line.name, value)
        y += 4.3
        price, sum_ = _with_tax(line)
        for text, x in ((price, 36), (line.quantity, 50), (f"{sum_:.2f}", 71)):
            sheet.fitted(x, y, 22, text, value, "ra")
        y += 4.7
    y += 1.5
    sheet.text(5, y, "合计金额（小写）：", label)
    sheet.text(34, y, money(told.total), value, field="total")
    sheet.text(5, y + 5.2, "合计金额（大写）：", label)
    y += 5.2 + 4.6 * sheet.wrapped(34, y + 5.2, 38, told.total_capitals, value, leading=1.4)
    sheet.text(5, y, "校验码：", label)
    sheet.fitted(18, y, 54, told.check_code, value)
    sheet.paste(qr_code(f"01,11,{code},{serial},{told.total},{told.issue_date:%Y%m%d},{told.check_code},"),
                7, y + 7, 21, 21)  # fmt: skip
    oval_stamp(sheet, random, 50, y + 17, told.seller.name, told.seller.tax_id, "发票专用章", (36, 26))
    fields = told.fields(code, serial).model_copy(update={"amount": None, "tax": None})
    return Drawing((sheet,), fields)


def _with_tax(line: GoodsLine) -> tuple[str, Decimal]:
    sum_ = line.amount + (line.tax or Decimal("0.00"))
    price = f"{cents(sum_ / Decimal(line.quantity)):.2f}" if line.quantity else ""
    return price, sum_


LAYOUT = Layout(
    "ordinary_vat_invoice",
    draw,
    ("usual", "one_line", "several_rates", "discount", "negative", "long_names", "consumer"),
    usual_scale=8.0,
)
