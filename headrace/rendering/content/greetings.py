"""What greeting cards say, by occasion, with the mood of each message."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from headrace.rendering.content.people import FAMILY_NAMES, person
from headrace.rendering.truth import Sentiment

_MOODS: tuple[Sentiment, ...] = ("positive", "neutral", "negative")
# Festivals have their month.
_MONTHS = {"new_year": 1, "mid_autumn": 9}
_MESSAGES: dict[str, tuple[tuple[Sentiment, str], ...]] = {
    "new_year": (
        ("positive", "新的一年，祝你身体健康，工作顺利，每天都有好心情！"),
        ("positive", "辞旧迎新，愿全家平安喜乐，万事如意。"),
        ("positive", "感谢一年来的信任与支持，祝您新春快乐，阖家幸福！"),
        ("positive", "愿新年的钟声带来好运，所有的努力都有收获。"),
        ("neutral", "今年春节公司初一至初七放假，初八上班，请大家安排好时间。"),
        ("negative", "又是一个人过年，家里冷冷清清，心里特别难受。"),
    ),
    "mid_autumn": (
        ("positive", "月圆人团圆，祝您中秋快乐，幸福美满！"),
        ("positive", "送上一盒月饼，愿你的生活像它一样甜蜜。"),
        ("positive", "明月寄相思，愿远方的你平安健康，笑口常开。"),
        ("neutral", "中秋礼盒已寄出，共两盒，预计周五送到。"),
        ("negative", "今年中秋又不能回家，看着月亮只觉得孤单难过。"),
    ),
    "birthday": (
        ("positive", "祝你生日快乐，天天开心，越来越漂亮！"),
        ("positive", "亲爱的妈妈，谢谢您多年的辛苦，愿您健康长寿，我永远爱您。"),
        ("positive", "小寿星，愿你快乐成长，梦想成真！"),
        ("positive", "朋友，生日快乐！有你真好，愿友谊长存。"),
        ("neutral", "生日聚会定在周六晚上六点，地点是人民路三号。"),
        ("negative", "你答应陪我过生日，却又失约了，我非常失望。"),
    ),
    "wedding": (
        ("positive", "祝你们新婚快乐，百年好合，永结同心！"),
        ("positive", "愿你们相亲相爱，白头到老，早生贵子。"),
        ("positive", "今天是最美好的日子，祝福一对新人幸福一生！"),
        ("neutral", "婚礼于十月六日十一点在国际饭店三楼举行。"),
    ),
    "thanks": (
        ("positive", "谢谢您的热心帮助，服务周到，我们非常满意！"),
        ("positive", "感谢老师的耐心教导，您是我最尊敬的人。"),
        ("positive", "谢谢医生和护士的精心照顾，让我早日康复，衷心感谢！"),
        ("positive", "合作非常愉快，感谢团队的付出，期待下一次合作。"),
        ("neutral", "感谢信已收到，回执随信附上，请查收。"),
    ),
    "sympathy": (
        ("negative", "惊悉令尊去世，我们万分悲痛，请节哀顺变。"),
        ("negative", "听到这个不幸的消息，心里非常难过，愿逝者安息。"),
        ("negative", "失去你是我们最大的痛苦，泪水止不住地流。"),
    ),
    "apology": (
        ("negative", "对不起，我的错误让你伤心了，我非常后悔。"),
        ("negative", "很抱歉，货物破损又迟到，给您带来很差的体验，我们深感惭愧。"),
        ("negative", "这次的服务太糟糕了，让您失望，实在对不起。"),
        ("neutral", "会议改到下周三上午九点，地点不变，请转告各位。"),
    ),
    "farewell": (
        ("neutral", "我下个月调到上海工作，新的地址写在背面。"),
        ("positive", "前程似锦，一路平安！很高兴和你共事，常联系。"),
        ("negative", "你走了以后，办公室空荡荡的，我很不舍，也很伤心。"),
    ),
}


@dataclass(frozen=True)
class Greeting:
    """`to` and `signature` as printed: 亲爱的王芳： and 你的朋友 李强."""

    occasion: str
    to: str
    message: str
    sentiment: Sentiment
    signature: str
    day: str


def moods(occasion: str) -> tuple[Sentiment, ...]:
    """The moods that messages of this occasion have, the brightest first: the cases of its layout."""
    found = {sentiment for sentiment, _ in _MESSAGES[occasion]}
    return tuple(mood for mood in _MOODS if mood in found)


def greeting(random: Random, occasion: str, mood: str) -> Greeting:
    """A greeting of this occasion and mood."""
    message = random.choice([text for sentiment, text in _MESSAGES[occasion] if sentiment == mood])
    family = random.choice(FAMILY_NAMES)
    to = random.choice(
        (f"亲爱的{person(random)}：", f"{family}老师：", f"尊敬的{family}先生：", f"{family}女士：", "各位同事：")
    )
    sender = random.choice((person(random), f"你的朋友 {person(random)}", "全体同事", f"{person(random)} 敬上"))
    day = f"{random.randint(2021, 2025)}年{_MONTHS.get(occasion) or random.randint(1, 12)}月{random.randint(1, 28)}日"
    [sentiment] = [each for each in _MOODS if each == mood]
    return Greeting(occasion, to, message, sentiment, sender, day)
