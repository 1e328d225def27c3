"""What is sold: names with their tax category (*…*), units, prices and rates."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Article:
    """`category`: as the tax authority's list has it; `price`: with tax, in yuan, from and to; `rate`: in percent."""

    category: str
    name: str
    specification: str
    unit: str
    price: tuple[int, int]
    rate: int


@dataclass(frozen=True)
class GoodsLine:
    """A line of an invoice. `rate` as printed (13%, 免税); `tax` None where *** is printed; a discount has no
    quantity. `amount` is without tax.
    """

    name: str
    specification: str
    unit: str
    quantity: str
    unit_price: str
    amount: Decimal
    rate: str
    tax: Decimal | None


ARTICLES = (
    Article("计算机", "笔记本电脑", "ThinkPad X1", "台", (4999, 12999), 13),
    Article("计算机外部设备", "激光打印机", "HP M1136", "台", (899, 3999), 13),
    Article("电子元件", "连接器", "RJ45-8P", "个", (1, 30), 13),
    Article("纸制品", "复印纸", "A4 70g", "箱", (95, 210), 13),
    Article("文具", "中性笔", "0.5mm", "盒", (12, 48), 13),
    Article("家具", "办公椅", "", "把", (299, 1699), 13),
    Article("通信设备", "路由器", "AX3000", "台", (199, 899), 13),
    Article("日用杂品", "洗手液", "500ml", "瓶", (9, 36), 13),
    Article("服装", "工作服", "XL", "套", (120, 460), 13),
    Article("酒", "白酒", "500ml*6", "箱", (600, 3800), 13),
    Article("汽油", "92号车用汽油", "92#", "升", (6, 9), 13),
    Article("金属制品", "不锈钢螺栓", "M8*40", "公斤", (18, 66), 13),
    Article("餐饮服务", "餐饮服务", "", "次", (80, 3000), 6),
    Article("住宿服务", "住宿费", "", "天", (220, 980), 6),
    Article("信息技术服务", "软件开发服务费", "", "项", (5000, 90000), 6),
    Article("研发和技术服务", "技术服务费", "", "项", (2000, 60000), 6),
    Article("会展服务", "会议服务费", "", "次", (1500, 40000), 6),
    Article("物流辅助服务", "收派服务费", "", "件", (8, 120), 6),
    Article("现代服务", "咨询服务费", "", "项", (1000, 50000), 6),
    Article("印刷品", "图书", "16开", "册", (25, 128), 9),
    Article("运输服务", "货物运输服务", "", "次", (300, 9000), 9),
    Article("供电", "电费", "", "千瓦时", (1, 2), 13),
    Article("经营租赁", "房屋租金", "", "月", (2000, 20000), 9),
    Article("水果", "苹果", "一级", "公斤", (6, 16), 9),
)
FREE = (
    Article("蔬菜", "新鲜蔬菜", "", "公斤", (3, 12), 0),
    Article("鲜活肉蛋产品", "鲜鸡蛋", "", "公斤", (8, 14), 0),
    Article("图书", "儿童图书", "16开", "册", (18, 68), 0),
)


def cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def goods_line(
    random: Random, article: Article, sign: int = 1, large: bool = False, rate: str | None = None
) -> GoodsLine:
    """A line of this article; `sign` -1 for a red-letter invoice; `rate`: another way of taxing it (免税, 0%)."""
    price = Decimal(random.randint(article.price[0] * 100, article.price[1] * 100)) / 100
    if large:
        price, quantity = price * 100, Decimal(random.randint(20, 90))
    elif article.unit in ("公斤", "升", "千瓦时"):
        quantity = Decimal(random.randint(100, 9999)) / 100
    else:
        quantity = Decimal(random.choice((1, 1, 2, 3, 5, 10, 20, 100 if article.price[1] < 50 else 4)))
    percent = 0 if rate is not None else article.rate
    unit_price = (price * 100 / (100 + percent)).quantize(Decimal("1e-8")).normalize()
    if random.random() < 0.4:
        unit_price = cents(unit_price)
    amount = sign * cents(quantity * unit_price)
    return GoodsLine(
        name=f"*{article.category}*{article.name}",
        specification=article.specification,
        unit=article.unit,
        quantity=f"{sign * quantity.normalize():f}",
        unit_price=f"{unit_price:f}",
        amount=amount,
        rate=rate or f"{article.rate}%",
        tax=None if rate == "免税" else cents(amount * percent / 100),
    )


def discount(line: GoodsLine, percent: int) -> GoodsLine:
    """A line that takes some percent off the line before it, as invoices do."""
    amount = -cents(line.amount * percent / 100)
    tax = None if line.tax is None else cents(amount * Decimal(line.rate.rstrip("%")) / 100)
    return GoodsLine(line.name, "", "", "", "", amount, line.rate, tax)
