"""Labels are found where readers split, merge and misread them."""

from __future__ import annotations

import pytest
from forms import Form

from headrace.documents.fields.label_words import Label
from headrace.documents.fields.labels import find_labels
from headrace.documents.fields.page import Page


def labels(*lines: tuple[float, float, str]) -> list[Label]:
    form = Form()
    for x, y, text in lines:
        form.put(x, y, text)
    return [hit.label for hit in find_labels(Page(form.lines))]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("名称：北京云图有限公司", Label.NAME),
        ("名      称:", Label.NAME),
        ("纳税人识别号:", Label.TAX_ID),
        ("统一社会信用代码/纳税人识别号：", Label.TAX_ID),
        ("纳税入识别号:", Label.TAX_ID),
        ("纳税识别号:", Label.TAX_ID),
        ("开栗日期:", Label.ISSUE_DATE),
        ("合    计", Label.SUM),
        ("价税合讨", Label.TOTAL),
        ("№ 12345678", Label.NUMBER_SIGN),
        ("No12345678", Label.NUMBER_SIGN),
        ("称:北京云图有限公司", Label.NAME),
    ],
)
def test_one_line(text: str, label: Label) -> None:
    assert labels((0, 0, text)) == [label]


def test_several_in_one_line() -> None:
    assert labels((0, 0, "发票代码:011001900111发票号码:12345678")) == [Label.INVOICE_CODE, Label.INVOICE_NUMBER]


def test_one_in_two_lines() -> None:
    assert labels((0, 0, "名"), (80, 2, "称:")) == [Label.NAME]
    assert labels((0, 0, "开票"), (42, 0, "日期:2024年03月05日")) == [Label.ISSUE_DATE]


def test_not_across_a_gap_wider_than_forms_have() -> None:
    assert labels((0, 0, "名"), (400, 2, "称公司")) == []


def test_a_longer_word_hides_the_shorter_ones_in_it() -> None:
    assert labels((0, 0, "价税合计（大写）")) == [Label.TOTAL, Label.CAPITALS]
    assert labels((0, 0, "项目名称")) == [Label.ITEM]
    assert labels((0, 0, "货物或应税劳务、服务名称")) == [Label.ITEM]
    assert labels((0, 0, "购货单位")) == [Label.BUYER]


def test_words_written_downwards_a_character_a_line() -> None:
    form = Form()
    form.down(0, 0, "购买方")
    form.down(300, 0, "密码区")
    assert [hit.label for hit in find_labels(Page(form.lines))] == [Label.BUYER, Label.CIPHER]


def test_words_written_downwards_in_one_line() -> None:
    form = Form()
    form.put(0, 0, "长长长长长的一行字")
    page = Page([*form.lines, form.lines[0].__class__("销售方", 0.9, ((0, 50), (20, 50), (20, 120), (0, 120)))])
    assert [hit.label for hit in find_labels(page)] == [Label.SELLER]


def test_a_sentence_written_downwards_is_no_label() -> None:
    form = Form()
    form.put(0, 0, "长长长长长的一行字")
    line = form.lines[0].__class__("第二联抵扣联购买方扣税凭证", 0.9, ((0, 50), (20, 50), (20, 320), (0, 320)))
    assert find_labels(Page([*form.lines, line])) == []


def test_digits_and_letters_before_no_are_no_label() -> None:
    assert labels((0, 0, "PIANO")) == []
