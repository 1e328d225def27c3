"""What a VAT invoice tells: two companies, goods, sums that are right to the cent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from headrace.documents.standards.chinese_capitals import capitals
from headrace.rendering.content.companies import Party, company, consumer
from headrace.rendering.content.goods import ARTICLES, FREE, GoodsLine, discount, goods_line
from headrace.rendering.content.people import person
from headrace.rendering.content.regions import REGIONS, Region
from headrace.rendering.truth import InvoiceFields

_REMARKS = ("", "", "", "合同编号：HT2{}", "订单号：{}{}", "项目名称：办公楼二期", "房号{}，入住两晚", "运单号SF{}{}")


@dataclass(frozen=True)
class Invoice:
    """All that any layout of a VAT invoice may print. `code` and `number` are the layout's to make."""

    region: Region
    issue_date: date
    buyer: Party
    seller: Party
    goods: tuple[GoodsLine, ...]
    check_code: str
    machine_number: str
    cipher: tuple[str, ...]
    remark: str
    payee: str
    reviewer: str
    issuer: str

    @property
    def amount(self) -> Decimal:
        return sum((line.amount for line in self.goods), Decimal("0.00"))

    @property
    def tax(self) -> Decimal:
        return sum((line.tax or Decimal("0.00") for line in self.goods), Decimal("0.00"))

    @property
    def total(self) -> Decimal:
        return self.amount + self.tax

    @property
    def tax_text(self) -> str:
        """The sum of taxes as printed: *** where all goods are exempt."""
        return "***" if all(line.tax is None for line in self.goods) else money(self.tax)

    @property
    def total_capitals(self) -> str:
        return capitals(self.total, "圆")

    def fields(self, code: str | None, number: str) -> InvoiceFields:
        return InvoiceFields(
            invoice_code=code,
            invoice_number=number,
            issue_date=self.issue_date,
            buyer=self.buyer.name,
            seller=self.seller.name,
            buyer_tax_id=self.buyer.tax_id or None,
            seller_tax_id=self.seller.tax_id,
            amount=self.amount,
            tax=self.tax,
            total=self.total,
        )


def money(value: Decimal) -> str:
    """A sum as invoices print it."""
    return f"¥{value:.2f}"


def digits(random: Random, count: int) -> str:
    return "".join(random.choice("0123456789") for _ in range(count))


def day(random: Random, first: date, last: date) -> date:
    return first + timedelta(days=random.randrange((last - first).days + 1))


def _lines(random: Random, count: int) -> tuple[GoodsLine, ...]:
    """Lines of articles that are taxed alike, as one seller has them."""
    rate = random.choice((13, 13, 13, 6, 9))
    chosen = [article for article in ARTICLES if article.rate == rate]
    return tuple(goods_line(random, article) for article in random.sample(chosen, min(count, len(chosen))))


def _negative(random: Random) -> tuple[GoodsLine, ...]:
    return tuple(goods_line(random, article, sign=-1) for article in random.sample(ARTICLES, random.randint(1, 2)))


def _several_rates(random: Random) -> tuple[GoodsLine, ...]:
    return tuple(
        goods_line(random, random.choice([article for article in ARTICLES if article.rate == rate]))
        for rate in (13, 9, 6)[: random.randint(2, 3)]
    )


def _exempt(random: Random) -> tuple[GoodsLine, ...]:
    return tuple(goods_line(random, article, rate="免税") for article in random.sample(FREE, random.randint(1, 2)))


def _zero_tax(random: Random) -> tuple[GoodsLine, ...]:
    return (goods_line(random, random.choice(ARTICLES[:8]), rate="0%"),)


def _large_sum(random: Random) -> tuple[GoodsLine, ...]:
    return (goods_line(random, random.choice(ARTICLES[14:16]), large=True),)


def _discount(random: Random) -> tuple[GoodsLine, ...]:
    [line] = _lines(random, 1)
    return line, discount(line, random.choice((5, 10, 20)))


# The edge cases by name, with the goods of each.
CASES: dict[str, Callable[[Random], tuple[GoodsLine, ...]]] = {
    "usual": lambda random: _lines(random, random.randint(1, 4)),
    "one_line": lambda random: _lines(random, 1),
    "eight_lines": lambda random: _eight(random),
    "several_rates": _several_rates,
    "discount": _discount,
    "negative": _negative,
    "exempt": _exempt,
    "zero_tax": _zero_tax,
    "large_sum": _large_sum,
    "long_names": lambda random: _lines(random, 2),
    "consumer": lambda random: _lines(random, 2),
}


def _eight(random: Random) -> tuple[GoodsLine, ...]:
    chosen = [article for article in ARTICLES if article.rate == 13]
    return tuple(goods_line(random, article) for article in random.sample(chosen, 8))


def invoice(random: Random, case: str, first: date, last: date) -> Invoice:
    """An invoice of a case (CASES), issued between two days."""
    region = random.choice(REGIONS)
    long = case == "long_names"
    remark = random.choice(_REMARKS).format(digits(random, 4), digits(random, 8))
    if case == "negative":
        remark = f"对应正数发票号码：{digits(random, 8)}"
    return Invoice(
        region=region,
        issue_date=day(random, first, last),
        buyer=consumer(random) if case == "consumer" else company(random, long=long),
        seller=company(random, region, long=long),
        goods=CASES[case](random),
        check_code=digits(random, 20),
        machine_number="6616" + digits(random, 8) if random.random() < 0.5 else "4999" + digits(random, 8),
        cipher=tuple("".join(random.choice("0123456789+-*/<>") for _ in range(27)) for _ in range(4)),
        remark=remark,
        payee=person(random),
        reviewer=person(random),
        issuer=person(random),
    )
