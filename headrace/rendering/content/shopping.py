"""What a shop's receipt tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from random import Random

from headrace.rendering.content.invoice import day

_SHOPS = (
    *("永辉超市", "万家便利店", "好又多超市", "老王烧烤", "川味小馆"),
    *("晨光文具店", "仁和大药房", "蓝岸咖啡", "百果鲜生", "青禾书店"),
)
# Wares, and about what they cost in yuan.
_WARES = {
    "矿泉水550ml": 2, "全麦面包": 9, "鲜牛奶1L": 14, "鸡蛋30枚": 25, "红富士苹果": 12, "东北大米5kg": 39,
    "抽纸3包": 15, "洗洁精": 11, "宫保鸡丁": 38, "酸菜鱼": 68, "米饭": 3, "拿铁大杯": 32, "签字笔黑": 4,
    "笔记本A5": 13, "感冒灵颗粒": 16, "维生素C片": 22, "可乐330ml": 3, "牙膏120g": 13,
}  # fmt: skip
CASES = ("usual", "one_item", "many_items", "paid_in_cash")


@dataclass(frozen=True)
class Purchase:
    """`items`: name, count, price, sum. `total` is what was paid."""

    shop: str
    branch: str
    at: datetime
    items: tuple[tuple[str, int, Decimal, Decimal], ...]
    in_cash: bool

    @property
    def total(self) -> Decimal:
        return sum((item[3] for item in self.items), Decimal("0.00"))


def purchase(random: Random, case: str, first: date, last: date) -> Purchase:
    """A purchase of a case (CASES) between two days."""
    count = {"one_item": 1, "many_items": 14}.get(case, random.randint(2, 7))
    items = []
    for name, price in random.sample(list(_WARES.items()), count):
        each = Decimal(price) + random.choice((Decimal("0.00"), Decimal("0.50"), Decimal("0.80"), Decimal("0.90")))
        pieces = random.choice((1, 1, 1, 2, 3))
        items.append((name, pieces, each, each * pieces))
    at = datetime.combine(day(random, first, last), time(random.randint(8, 21), random.randint(0, 59)))
    branch = random.choice(("中山路店", "大学城店", "火车站店", "人民广场店", "解放西路店"))
    return Purchase(random.choice(_SHOPS), branch, at, tuple(items), case == "paid_in_cash" or random.random() < 0.2)
