"""Invoices as lines of text: the public forms with values drawn from a seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from headrace.documents.fields.characters import advance
from headrace.documents.line import Line
from headrace.documents.standards.chinese_capitals import capitals
from headrace.documents.standards.tax_id import body_check_character, check_character

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Truth:
    """What a form says."""

    invoice_code: str | None
    invoice_number: str
    issue_date: date
    buyer: str | None
    seller: str | None
    buyer_tax_id: str | None
    seller_tax_id: str | None
    amount: Decimal | None
    tax: Decimal | None
    total: Decimal


@dataclass
class Form:
    """A form being filled in: `put` writes a line of a height at a place."""

    lines: list[Line] = field(default_factory=list)

    def put(self, x: float, y: float, text: str, height: float = 20) -> None:
        """Write a line whose top left is at (x, y)."""
        width = height * sum(map(advance, text))
        self.lines.append(Line(text, 0.98, ((x, y), (x + width, y), (x + width, y + height), (x, y + height))))

    def down(self, x: float, y: float, text: str, height: float = 20, step: float = 30) -> None:
        """Write a word downwards, a character a line."""
        for at, character in enumerate(text):
            self.put(x, y + at * step, character, height)


def tax_id(source: random.Random) -> str:
    """A unified social credit identifier that does not exist, with right check characters."""
    body = "MA" + "".join(source.choices("0123456789ABCDEFGHJKLMNPQRTUWXY", k=6))
    first = "91" + source.choice(("110108", "310115", "440305", "330106")) + body + body_check_character(body)
    return first + check_character(first)


def truth(source: random.Random, code: int | None, number: int) -> Truth:
    """Values of an invoice: a code of so many digits or none, a number of so many."""
    names = source.sample(["华夏云图", "远山", "青禾", "北辰", "海棠", "顺风", "三叶草", "长河"], 2)
    trades = source.choices(["信息技术", "商贸", "餐饮管理", "文化传媒", "(上海)物流"], k=2)
    amount = Decimal(source.randint(1_00, 9_999_999)) / 100
    tax = (amount * source.choice((Decimal("0.13"), Decimal("0.06"), Decimal("0.03")))).quantize(CENT, ROUND_HALF_UP)
    return Truth(
        "".join(source.choices("0123456789", k=code)) if code else None,
        "".join(source.choices("0123456789", k=number)),
        date(2019, 1, 1) + timedelta(days=source.randrange(2000)),
        *(
            f"北京{name}{trade}有限公司".replace("(", "（").replace(")", "）")
            for name, trade in zip(names, trades, strict=True)
        ),
        tax_id(source),
        tax_id(source),
        amount,
        tax,
        amount + tax,
    )


def chinese(day: date) -> str:
    """2024年03月05日."""
    return f"{day.year}年{day.month:02}月{day.day:02}日"


def classic(said: Truth, title: str, electronic: bool) -> list[Line]:
    """The form of 2014 to 2024: buyer above the table, seller under it."""
    form = Form()
    form.put(420, 40, title, 36)
    day = chinese(said.issue_date)
    if electronic:
        form.put(60, 100, "机器编号:661619906445")
        for at, (label, value) in enumerate(
            (
                ("发票代码", said.invoice_code),
                ("发票号码", said.invoice_number),
                ("开票日期", day),
                ("校 验 码", "12345 67890 09876 54321"),
            )
        ):
            form.put(850, 40 + 28 * at, f"{label}:{value}")
    else:
        form.put(80, 45, said.invoice_code or "", 34)
        form.put(850, 40, f"No {said.invoice_number}", 34)
        form.put(1050, 85, said.invoice_code or "", 16)
        form.put(1050, 105, said.invoice_number, 16)
        form.put(850, 125, "开票日期:")
        form.put(960, 122, day)
    for top, mark, name, number in (
        (170, "购买方", said.buyer, said.buyer_tax_id),
        (600, "销售方", said.seller, said.seller_tax_id),
    ):
        form.down(50, top, mark)
        form.put(85, top, "名        称:")
        form.put(230, top + 2, name or "")
        form.put(85, top + 28, "纳税人识别号:")
        form.put(230, top + 26, number or "")
        form.put(85, top + 56, "地 址、电 话:")
        form.put(230, top + 56, "北京市海淀区中关村大街1号010-62510000")
        form.put(85, top + 84, "开户行及账号:")
        form.put(230, top + 84, "中国银行北京支行342345678901")
    form.down(720, 170, "密码区")
    for at in range(4):
        form.put(760, 168 + at * 27, "03*7>8-<+4+/63>4<8-9/*5+2", 20)
    heads = (
        ("货物或应税劳务、服务名称", 80),
        ("规格型号", 380),
        ("单位", 490),
        ("数量", 560),
        ("单价", 640),
        ("金额", 790),
        ("税率", 920),
        ("税额", 1040),
    )
    for word, x in heads:
        form.put(x, 300, word)
    for x, text in (
        (80, "*信息技术服务*软件开发"),
        (495, "项"),
        (575, "1"),
        (630, f"{said.amount}"),
        (780, f"{said.amount}"),
        (925, "13%"),
        (1030, f"{said.tax}"),
    ):
        form.put(x, 335, text)
    form.put(170, 500, "合        计")
    form.put(770, 500, f"¥{said.amount}")
    form.put(1020, 500, f"¥{said.tax}")
    form.put(110, 545, "价税合计(大写)")
    form.put(380, 545, f"⊗{capitals(said.total, '圆')}")
    form.put(850, 545, "（小写）")
    form.put(940, 545, f"¥{said.total}")
    for x, text in ((80, "收款人:王红"), (380, "复核:李明"), (640, "开票人:张华"), (900, "销售方:(章)")):
        form.put(x, 740, text)
    return form.lines


def digital(said: Truth, title: str) -> list[Line]:
    """The fully digital invoice: buyer left, seller right."""
    form = Form()
    form.put(400, 40, title, 34)
    form.put(850, 50, f"发票号码：{said.invoice_number}", 18)
    form.put(850, 80, f"开票日期：{chinese(said.issue_date)}", 18)
    for left, mark, name, number in (
        (50, "购买方信息", said.buyer, said.buyer_tax_id),
        (620, "销售方信息", said.seller, said.seller_tax_id),
    ):
        form.down(left, 140, mark, 18, 22)
        form.put(left + 40, 150, f"名称：{name}", 18)
        form.put(left + 40, 215, f"统一社会信用代码/纳税人识别号：{number}", 18)
    for word, x in (
        ("项目名称", 80),
        ("规格型号", 280),
        ("单位", 420),
        ("数量", 520),
        ("单价", 640),
        ("金额", 800),
        ("税率/征收率", 900),
        ("税额", 1100),
    ):
        form.put(x, 270, word, 18)
    for x, text in (
        (60, "*餐饮服务*餐费"),
        (530, "1"),
        (640, f"{said.amount}"),
        (780, f"{said.amount}"),
        (930, "6%"),
        (1080, f"{said.tax}"),
    ):
        form.put(x, 300, text, 18)
    form.put(120, 480, "合        计", 18)
    form.put(775, 480, f"¥{said.amount}", 18)
    form.put(1070, 480, f"¥{said.tax}", 18)
    form.put(100, 520, "价税合计（大写）", 18)
    form.put(330, 520, f"⊗{capitals(said.total, '圆')}", 18)
    form.put(820, 520, "（小写）", 18)
    form.put(900, 520, f"¥{said.total}", 18)
    form.down(55, 560, "备注", 18, 40)
    form.put(100, 700, "开票人：陈静", 18)
    return form.lines


def special_invoice(source: random.Random) -> tuple[Truth, list[Line]]:
    said = truth(source, 10, 8)
    return said, classic(said, "北京增值税专用发票", electronic=False)


def ordinary_invoice(source: random.Random) -> tuple[Truth, list[Line]]:
    said = truth(source, 12, 8)
    return said, classic(said, "上海增值税普通发票", electronic=False)


def electronic_invoice(source: random.Random) -> tuple[Truth, list[Line]]:
    said = truth(source, 12, 8)
    return said, classic(said, "浙江增值税电子普通发票", electronic=True)


def digital_invoice(source: random.Random) -> tuple[Truth, list[Line]]:
    said = truth(source, None, 20)
    said = replace(said, invoice_number=f"{said.issue_date.year % 100:02}{said.invoice_number[2:]}")
    return said, digital(said, source.choice(("电子发票（普通发票）", "电子发票（增值税专用发票）")))


FORMS: dict[str, Callable[[random.Random], tuple[Truth, list[Line]]]] = {
    "special_vat_invoice": special_invoice,
    "ordinary_vat_invoice": ordinary_invoice,
    "electronic_vat_invoice": electronic_invoice,
    "digital_invoice": digital_invoice,
}
