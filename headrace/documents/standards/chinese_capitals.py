"""Sums of money in Chinese capitals (壹仟贰佰叁拾肆元伍角陆分), as the rules for payment documents have them.

The People's Bank's 支付结算办法, annex 1 (正确填写票据和结算凭证的基本规定): a zero inside is one 零, however many
there are; 整 ends a sum without fen.
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_CENT = Decimal("0.01")
LARGEST = Decimal("9999999999999999.99")

# Other ways of writing the same character: plain numerals, traditional forms, what is written by hand.
_SAME = str.maketrans(
    "〇○一二两三四五六七八九十百千萬億圆圓園正貳弍叄参參陸漆",
    "零零壹贰贰叁肆伍陆柒捌玖拾佰仟万亿元元元整贰贰叁叁叁陆柒",
)
_BEFORE = re.compile(r"[\s⊗ⓧ※×Ⓧ⨂]*(?:人民币)?[\s⊗ⓧ※×Ⓧ⨂]*")
_NEGATIVE = re.compile(r"[(（]?负数?[)）]?")
_SUM = re.compile(r"(?:(?P<yuan>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+)元)?零?(?:(?P<jiao>[零壹贰叁肆伍陆柒捌玖])角)?"
                  r"零?(?:(?P<fen>[零壹贰叁肆伍陆柒捌玖])分)?整?")  # fmt: skip


def capitals(amount: Decimal, yuan: str = "元") -> str:
    """A sum of whole cents in capitals: `capitals(Decimal("1005.60"))` is 壹仟零伍元陆角整.

    `yuan`: the unit's character, 元 or 圆. A negative sum starts with （负数）, as red-letter invoices print it.
    Raises ValueError where the sum has parts of a cent or is larger than LARGEST.
    """
    if amount != amount.quantize(_CENT) or abs(amount) > LARGEST:
        raise ValueError(f"{amount}: capitals are of whole cents up to {LARGEST}")
    cents = int(abs(amount) * 100)
    whole, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    text = _whole(whole) + yuan if whole or not cents else ""
    if jiao:
        text += DIGITS[jiao] + "角"
    elif fen and whole:
        text += "零"
    text += DIGITS[fen] + "分" if fen else "整"
    return f"（负数）{text}" if amount < 0 else text


def amount(text: str) -> Decimal:
    """The sum that capitals say; other ways of writing a character, 人民币, the sign before the sum (⊗) and a
    negative sum's （负数） are understood. Scale 2.

    Raises ValueError where the text is not a sum, or its places are out of order.
    """
    words = re.sub(r"\s", "", text).translate(_SAME)
    before = _BEFORE.match(words)
    words = words[before.end() :] if before else words
    negative = _NEGATIVE.match(words)
    words = words[negative.end() :] if negative else words
    found = _SUM.fullmatch(words)
    if not found or not any(found.groupdict().values()):
        raise ValueError(f"{text!r}: not a sum in Chinese capitals")
    cents = 100 * _number(found["yuan"] or "零", text)
    cents += 10 * DIGITS.index(found["jiao"] or "零") + DIGITS.index(found["fen"] or "零")
    return (Decimal(-cents if negative else cents) / 100).quantize(_CENT)


def _whole(number: int) -> str:
    if not number:
        return DIGITS[0]
    text = ""
    zero = False
    for group in range(3, -1, -1):
        four = number // 10000**group % 10000
        for place in range(3, -1, -1):
            digit = four // 10**place % 10
            if digit:
                text += (DIGITS[0] if zero and text else "") + DIGITS[digit] + _PLACES[place]
            zero = not digit
        if four:
            zero = False  # zeros that end a group of four are not said
            text += "万" if group == 3 and number // 10000**2 % 10000 else _GROUPS[group]
    return text


def _number(words: str, text: str) -> int:
    """The number that words like 壹亿贰仟零叁拾 say. The places fall within four, the groups of four within the sum."""
    total = 0
    hundred_millions = 0
    group = 0
    digit: int | None = None
    last_place = 4
    last_group = 3
    for word in words:
        if word in DIGITS:
            if digit:
                raise ValueError(f"{text!r}: two digits beside each other")
            digit = DIGITS.index(word)
        elif word in _PLACES:
            place = _PLACES.index(word)
            # 拾伍元 is written for 壹拾伍元
            if place >= last_place or (digit == 0 and place > 1):
                raise ValueError(f"{text!r}: {word} is out of order")
            group += (digit or 1) * 10**place
            digit, last_place = None, place
        else:
            group += digit or 0
            level = _GROUPS.index(word)
            if level >= last_group and (word != "亿" or hundred_millions):
                raise ValueError(f"{text!r}: {word} is out of order")
            if word == "亿":
                hundred_millions = total + group
                total, last_group = 0, 2
            else:
                total, last_group = total + group * 10000, level
            group, digit, last_place = 0, None, 4
    return hundred_millions * 10000**2 + total + group + (digit or 0)
