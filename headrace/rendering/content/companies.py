"""Invented companies: names, tax identifiers with right check characters, addresses, bank accounts."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from headrace.documents.standards.tax_id import body_check_character, check_character
from headrace.rendering.content.people import person
from headrace.rendering.content.regions import REGIONS, Region

_MARKS = ("华信", "恒达", "瑞丰", "天辰", "博远", "中科", "云帆", "鼎盛", "汇智", "百川", "星河", "东方", "金桥",
          "明德", "锐思", "通达", "和顺", "宏图", "新元", "启航", "卓越", "海纳", "联创", "安泰", "佳美", "盛世",
          "蓝图", "嘉禾", "润泽", "万象", "凌云", "广源", "永昌", "德润", "优品", "远景")  # fmt: skip
_TRADES = ("科技", "信息技术", "商贸", "贸易", "电子", "办公设备", "文化传媒", "网络科技", "餐饮管理", "建筑工程",
           "机械设备", "医疗器械", "物流", "酒店管理", "企业管理咨询", "软件", "教育科技", "新能源", "食品",
           "服饰", "印刷", "广告", "会展服务", "物业管理", "汽车服务")  # fmt: skip
_LONG_TRADES = ("国际供应链管理与信息技术服务", "人工智能与大数据应用技术研究开发", "生态环境保护工程设计咨询服务",
                "跨境电子商务综合服务及仓储运输")  # fmt: skip
_FORMS = ("有限公司", "有限公司", "有限责任公司", "股份有限公司")
_BRANCHES = ("第一分公司", "科技园分公司", "高新区分公司", "华东区域分公司")
_BANKS = ("中国工商银行", "中国建设银行", "中国农业银行", "中国银行", "招商银行", "交通银行", "浦发银行", "中信银行")


@dataclass(frozen=True)
class Party:
    """A buyer or a seller. People who buy for themselves have a name only (the rest is empty)."""

    name: str
    tax_id: str
    address: str
    telephone: str
    bank: str
    account: str

    @property
    def address_and_telephone(self) -> str:
        return f"{self.address} {self.telephone}".strip()

    @property
    def bank_and_account(self) -> str:
        return f"{self.bank} {self.account}".strip()


def tax_id(random: Random, place: str) -> str:
    """A unified social credit identifier of a company (91) of this place (6 digits)."""
    # Companies of after 2015 have codes that start with MA.
    body = "MA" + random.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") if random.random() < 0.5 else ""
    body += "".join(random.choice("0123456789") for _ in range(8 - len(body)))
    first_17 = "91" + place + body + body_check_character(body)
    return first_17 + check_character(first_17)


def company(random: Random, region: Region | None = None, long: bool = False) -> Party:
    """A company, of a region if one is named; `long`: with a name of some thirty characters."""
    region = region or random.choice(REGIONS)
    place, district = random.choice(region.places)
    mark = random.choice(_MARKS)
    if long:
        name = f"{region.city}{mark}{random.choice(_LONG_TRADES)}有限责任公司{random.choice(_BRANCHES)}"
    elif random.random() < 0.25:
        name = f"{mark}（{region.city}）{random.choice(_TRADES)}{random.choice(_FORMS)}"
    else:
        name = (
            f"{region.city}{'市' if random.random() < 0.3 else ''}{mark}{random.choice(_TRADES)}{random.choice(_FORMS)}"
        )
    bank = f"{random.choice(_BANKS)}{region.city}{random.choice(region.streets)[:2]}支行"
    return Party(
        name=name,
        tax_id=tax_id(random, place),
        address=f"{region.city}市{district}{random.choice(region.streets)}{random.randint(1, 999)}号",
        telephone=f"{region.telephone}-{random.randint(20000000, 89999999)}",
        bank=bank,
        account="".join(random.choice("0123456789") for _ in range(random.choice((15, 17, 19)))),
    )


def consumer(random: Random) -> Party:
    """A person who buys for herself: 个人, or her name."""
    return Party(random.choice(("个人", "个人", person(random))), "", "", "", "", "")
