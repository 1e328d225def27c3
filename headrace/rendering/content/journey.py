"""What a train ticket tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from headrace.rendering.content.invoice import day
from headrace.rendering.content.people import identity_number, person

_STATIONS = {
    "北京南": "Beijingnan", "上海虹桥": "Shanghaihongqiao", "杭州东": "Hangzhoudong", "南京南": "Nanjingnan",
    "广州南": "Guangzhounan", "深圳北": "Shenzhenbei", "武汉": "Wuhan", "西安北": "Xianbei", "成都东": "Chengdudong",
    "长沙南": "Changshanan", "郑州东": "Zhengzhoudong", "济南西": "Jinanxi", "苏州北": "Suzhoubei",
    "天津": "Tianjin", "合肥南": "Hefeinan", "重庆北": "Chongqingbei",
}  # fmt: skip
CASES = ("usual", "first_class", "slow_train", "refund_fee")


@dataclass(frozen=True)
class Journey:
    """`start` and `end`: stations with their names in Latin letters; `seat` without the carriage."""

    train: str
    start: tuple[str, str]
    end: tuple[str, str]
    leaves: datetime
    carriage: str
    seat: str
    seat_class: str
    fare: Decimal
    passenger: str
    identity: str


def journey(random: Random, case: str, first: datetime, last: datetime) -> Journey:
    """A journey of a case (CASES) between two days."""
    start, end = random.sample(list(_STATIONS.items()), 2)
    slow = case == "slow_train"
    leaves = datetime.combine(day(random, first.date(), last.date()), datetime.min.time())
    leaves += timedelta(minutes=random.randint(360, 1380))
    classes = ("硬座", "硬卧", "软卧") if slow else (("一等座", "商务座") if case == "first_class" else ("二等座",))
    cents = random.randint(155, 1600) * (3 if case == "first_class" else 1) * 50
    return Journey(
        train=f"{random.choice('KZT') if slow else random.choice('GGD')}{random.randint(1, 1999)}",
        start=start,
        end=end,
        leaves=leaves,
        carriage=f"{random.randint(1, 16):02d}",
        seat=f"{random.randint(1, 118):03d}" if slow else f"{random.randint(1, 19):02d}{random.choice('ABCDF')}",
        seat_class=random.choice(classes),
        fare=Decimal(cents if case != "refund_fee" else random.randint(20, 400) * 50).scaleb(-2),
        passenger=person(random),
        identity=identity_number(random),
    )
