"""Invented people."""

from __future__ import annotations

from random import Random

FAMILY_NAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN_NAMES = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志文婷雪晨宇浩然欣怡子涵梓轩"


def person(random: Random) -> str:
    """A name of two or three characters."""
    return random.choice(FAMILY_NAMES) + "".join(random.sample(GIVEN_NAMES, random.choice((1, 2, 2))))


def identity_number(random: Random) -> str:
    """A resident's identity number as tickets show it: four digits are asterisks."""
    return f"{random.choice(('110105', '310115', '440305', '330108'))}{random.randint(1960, 2003)}****{_tail(random)}"


def _tail(random: Random) -> str:
    return f"{random.randrange(1000):03d}{random.choice('0123456789X')}"
