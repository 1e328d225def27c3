"""Whatever a reader gives, fields come out and nothing is raised: one image must not end a job."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from headrace.documents.fields.candidate import Field
from headrace.documents.fields.read import read_fields
from headrace.documents.line import Line

PRINTED = """
增值税专用发票 电子发票（普通发票） 铁路电子客票 发票代码: 发票号码: 开票日期: 名称: 纳税人识别号: 购买方 销售方 合计
价税合计 （大写） （小写） 金额 税额 ¥ *** 壹佰元整 负 元 角 № 2024年02月30日 99999999999999999999 1.00 -0.01 0.00
91110108MA01A2B32G 12345678 收据 二等座 G123 ² ٣ ㊀ ½ 〇 － O0l1
"""
WORDS = st.sampled_from(PRINTED.split())
TEXT = st.one_of(st.lists(WORDS, max_size=4).map("".join), st.text(max_size=12))
NUMBER = st.integers(-50, 1500)
POINT = st.tuples(NUMBER, NUMBER)
UPRIGHT = st.tuples(NUMBER, NUMBER, st.integers(0, 400), st.integers(0, 40)).map(
    lambda box: (
        (box[0], box[1]),
        (box[0] + box[2], box[1]),
        (box[0] + box[2], box[1] + box[3]),
        (box[0], box[1] + box[3]),
    )
)
BOX = st.one_of(UPRIGHT, st.tuples(POINT, POINT, POINT, POINT))
LINE = st.builds(Line, TEXT, st.floats(0, 1), BOX)


@settings(deadline=None, max_examples=300)
@given(st.lists(LINE, max_size=25))
def test_any_lines(lines: list[Line]) -> None:
    fields = read_fields(lines, date(2026, 1, 1))
    assert 0 <= fields.confidence <= 1
    assert all(0 <= confidence <= 1 for confidence in fields.confidences.values())
    found = {name for name in Field if getattr(fields, name) is not None}
    assert found == set(fields.confidences) == set(fields.origins)
    for name in (Field.AMOUNT, Field.TAX, Field.TOTAL):
        value = getattr(fields, name)
        # What DECIMAL(18, 2) holds.
        assert value is None or (value == round(value, 2) and abs(value) < Decimal(10) ** 16)
