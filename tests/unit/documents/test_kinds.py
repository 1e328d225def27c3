"""What kind of document a page is, and what is read from kinds other than the VAT forms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from forms import Form, tax_id

from headrace.documents.fields.invoice_fields import FieldsStatus, InvoiceFields
from headrace.documents.fields.kind import Kind
from headrace.documents.fields.read import read_fields

TODAY = date(2026, 1, 1)


def read(*lines: tuple[float, float, str]) -> InvoiceFields:
    form = Form()
    for x, y, text in lines:
        form.put(x, y, text)
    return read_fields(form.lines, TODAY)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("北京增值税专用发票", Kind.SPECIAL_VAT_INVOICE),
        ("北京增值税普通发票", Kind.ORDINARY_VAT_INVOICE),
        ("上海增值税电子普通发票", Kind.ELECTRONIC_VAT_INVOICE),
        ("上海增值税电子专用发票", Kind.ELECTRONIC_VAT_INVOICE),
        ("电子发票（普通发票）", Kind.DIGITAL_INVOICE),
        ("电子发票(增值税专用发票)", Kind.DIGITAL_INVOICE),
        ("电子发票（铁路电子客票）", Kind.TRAIN_TICKET),
        ("北京增值 税专用发票", Kind.SPECIAL_VAT_INVOICE),
        ("上海增值税电于普通发票", Kind.ELECTRONIC_VAT_INVOICE),
    ],
)
def test_titles(title: str, kind: Kind) -> None:
    assert read((100, 0, title), (0, 100, "纳税人识别号:"), (0, 200, "合计"), (300, 200, "¥10.00")).kind is kind


@pytest.mark.parametrize(
    "lines",
    [
        ["生日快乐", "愿你每天都开心", "爱你的妈妈", "2024年5月1日"],
        ["新年快乐", "祝您身体健康，万事如意", "恭喜发财 666"],
        ["会议通知", "请各部门于2024年3月5日前提交名单", "电话:010-62510000"],
        ["Happy Birthday", "No. 1 Mom"],
    ],
)
def test_cards_and_letters_are_no_invoices(lines: list[str]) -> None:
    fields = read(*((50.0, 40.0 * at, text) for at, text in enumerate(lines)))
    assert (fields.status, fields.kind, fields.total) == (FieldsStatus.NOT_AN_INVOICE, Kind.NOT_AN_INVOICE, None)


def test_nothing_read_is_no_text() -> None:
    assert read_fields([], TODAY).status is FieldsStatus.NO_TEXT
    assert read((0, 0, "  ")).status is FieldsStatus.NO_TEXT


def test_a_receipt_has_a_total_a_day_and_its_shop() -> None:
    fields = read(
        (100, 0, "云图书店"),
        (0, 50, "日期：2024-05-01 12:30:05"),
        (0, 80, "《红楼梦》"),
        (300, 80, "35.00"),
        (0, 110, "合计："),
        (300, 110, "¥35.00"),
        (0, 140, "谢谢惠顾"),
    )
    assert (fields.kind, fields.status) == (Kind.OTHER, FieldsStatus.OK)
    assert (fields.seller, fields.issue_date, fields.total) == ("云图书店", date(2024, 5, 1), Decimal("35.00"))
    assert (fields.invoice_code, fields.invoice_number, fields.amount) == (None, None, None)


def test_a_written_receipt() -> None:
    fields = read(
        (200, 0, "收 款 收 据"),
        (500, 10, "No 0012345"),
        (300, 50, "2023年11月08日"),
        (0, 90, "今收到"),
        (100, 90, "北京云图科技有限公司"),
        (0, 130, "人民币(大写)"),
        (160, 130, "壹仟贰佰元整"),
        (420, 130, "¥1200.00"),
        (0, 180, "收款单位：青禾物业中心"),
    )
    assert (fields.kind, fields.total, fields.issue_date) == (Kind.OTHER, Decimal("1200.00"), date(2023, 11, 8))
    assert (fields.buyer, fields.seller) == ("北京云图科技有限公司", "青禾物业中心")


def test_a_paper_ticket() -> None:
    fields = read(
        (20, 0, "Z12A012345"),
        (300, 0, "检票口5"),
        (40, 40, "北京南站"),
        (200, 40, "G123"),
        (320, 40, "上海虹桥站"),
        (20, 80, "2019年05月01日08:00开"),
        (320, 80, "05车08A号"),
        (20, 110, "¥553.0元"),
        (320, 110, "二等座"),
        (20, 140, "限乘当日当次车"),
    )
    assert (fields.kind, fields.status) == (Kind.TRAIN_TICKET, FieldsStatus.OK)
    assert (fields.invoice_number, fields.issue_date) == ("Z12A012345", date(2019, 5, 1))
    assert fields.total == Decimal("553.00")


def test_a_roll_names_the_seller_first() -> None:
    import random

    source = random.Random(1)  # noqa: S311
    seller_id, buyer_id = tax_id(source), tax_id(source)
    fields = read(
        (60, 0, "上海增值税普通发票"),
        (0, 40, "发票代码 031001900107"),
        (0, 70, "发票号码 12345678"),
        (0, 100, "机打号码 12345678"),
        (0, 130, "开票日期 2021-05-06"),
        (0, 160, "销售方名称：上海青禾餐饮有限公司"),
        (0, 190, f"销售方税号：{seller_id}"),
        (0, 220, "购买方名称：北京远山商贸有限公司"),
        (0, 250, f"购买方税号：{buyer_id}"),
        (0, 290, "合计金额(小写) ¥106.00"),
        (0, 320, "合计金额(大写) 壹佰零陆元整"),
    )
    assert (fields.kind, fields.invoice_code, fields.invoice_number) == (
        Kind.ORDINARY_VAT_INVOICE,
        "031001900107",
        "12345678",
    )
    assert (fields.seller, fields.seller_tax_id) == ("上海青禾餐饮有限公司", seller_id)
    assert (fields.buyer, fields.buyer_tax_id) == ("北京远山商贸有限公司", buyer_id)
    assert (fields.issue_date, fields.total) == (date(2021, 5, 6), Decimal("106.00"))
    assert (fields.status, fields.findings) == (FieldsStatus.OK, ())


def test_the_seller_may_stand_left_where_words_say_so() -> None:
    source_ids = ("91110108MA01A2B32G", "110108123456789")
    form = Form()
    form.put(300, 0, "电子发票（普通发票）")
    for left, mark, name, number in (
        (0, "销售方信息", "青禾商贸有限公司", source_ids[0]),
        (600, "购买方信息", "远山物流有限公司", source_ids[1]),
    ):
        form.down(left, 60, mark, 18, 22)
        form.put(left + 40, 70, f"名称：{name}", 18)
        form.put(left + 40, 130, f"纳税人识别号：{number}", 18)
    form.put(0, 300, "价税合计（小写）¥106.00")
    fields = read_fields(form.lines, TODAY)
    assert (fields.buyer, fields.seller) == ("远山物流有限公司", "青禾商贸有限公司")
    assert (fields.buyer_tax_id, fields.seller_tax_id) == (source_ids[1], source_ids[0])
