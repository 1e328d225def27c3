"""Sums in Chinese capitals: written by the rules, read back, and what is no sum."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headrace.documents.standards.chinese_capitals import LARGEST, amount, capitals

WRITTEN = {
    "0": "零元整",
    "0.05": "伍分",
    "0.50": "伍角整",
    "1.05": "壹元零伍分",
    "10": "壹拾元整",
    "10.50": "壹拾元伍角整",
    "1005.60": "壹仟零伍元陆角整",
    "1409.50": "壹仟肆佰零玖元伍角整",
    "6007.14": "陆仟零柒元壹角肆分",
    "100005": "壹拾万零伍元整",
    "107000.53": "壹拾万柒仟元伍角叁分",
    "10100000": "壹仟零壹拾万元整",
    "100001000": "壹亿零壹仟元整",
    "100010000": "壹亿零壹万元整",
    "2000000300.01": "贰拾亿零叁佰元零壹分",
    "1000000000000": "壹万亿元整",
    "1200034005006.07": "壹万贰仟亿叁仟肆佰万伍仟零陆元零柒分",
    "-113": "（负数）壹佰壹拾叁元整",
}


@pytest.mark.parametrize(("digits", "text"), WRITTEN.items())
def test_both_ways(digits: str, text: str) -> None:
    assert capitals(Decimal(digits)) == text
    assert amount(text) == Decimal(digits)


@given(st.decimals(-LARGEST, LARGEST, places=2))
def test_what_is_written_is_read_back(number: Decimal) -> None:
    assert amount(capitals(number, "圆")) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("人民币壹佰圆整", "100"),
        ("⊗ 壹仟贰佰 叁拾肆圆伍角陆分", "1234.56"),
        ("一千二百三十四元五角六分", "1234.56"),
        ("壹萬貳仟圓正", "12000"),
        ("拾伍元整", "15"),
        ("壹拾万零柒仟元零伍角叁分", "107000.53"),
        ("(负数)伍角", "-0.50"),
    ],
)
def test_other_ways_of_writing(text: str, number: str) -> None:
    assert amount(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    ["", "整", "元整", "壹佰", "壹贰元整", "壹拾贰佰元整", "壹万贰亿叁亿元整", "壹万贰万元整", "伍分叁角", "合计"],
)
def test_what_is_no_sum(text: str) -> None:
    with pytest.raises(ValueError, match=text or "not a sum"):
        amount(text)


@pytest.mark.parametrize("number", ["0.001", "10000000000000000"])
def test_what_has_no_capitals(number: str) -> None:
    with pytest.raises(ValueError, match="whole cents"):
        capitals(Decimal(number))
