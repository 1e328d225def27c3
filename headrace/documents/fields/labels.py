"""The words printed on forms, found in spite of gaps, splits, merges and a misread character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise

from headrace.documents.fields.characters import is_chinese
from headrace.documents.fields.page import Cell, Glyph, Page

_WIDEST_GAP = 7.0
"""Between two characters of one label (名　　称), in heights of the line."""


class Label(StrEnum):
    """What a printed word announces."""

    INVOICE_CODE = "invoice_code"
    INVOICE_NUMBER = "invoice_number"
    NUMBER_SIGN = "number_sign"
    """№, without the word."""
    ISSUE_DATE = "issue_date"
    TICKET_NUMBER = "ticket_number"
    CHECK_CODE = "check_code"
    MACHINE_NUMBER = "machine_number"
    NAME = "name"
    BUYER_NAME = "buyer_name"
    SELLER_NAME = "seller_name"
    TAX_ID = "tax_id"
    BUYER_TAX_ID = "buyer_tax_id"
    SELLER_TAX_ID = "seller_tax_id"
    BUYER = "buyer"
    SELLER = "seller"
    ADDRESS = "address"
    BANK = "bank"
    ITEM = "item"
    MODEL = "model"
    UNIT = "unit"
    QUANTITY = "quantity"
    PRICE = "price"
    AMOUNT = "amount"
    TAX_RATE = "tax_rate"
    TAX = "tax"
    SUM = "sum"
    TOTAL = "total"
    CAPITALS = "capitals"
    FIGURES = "figures"
    PAID = "paid"
    """What a receipt or a ticket calls its total."""
    REMARKS = "remarks"
    CIPHER = "cipher"
    PEOPLE = "people"
    STAMP = "stamp"


# Without spaces, in the form of `one_form`. Longer words win over those they contain.
_WORDS: dict[Label, tuple[str, ...]] = {
    Label.INVOICE_CODE: ("发票代码", "票据代码"),
    Label.INVOICE_NUMBER: ("发票号码", "票据号码", "发票号", "发票No"),
    Label.NUMBER_SIGN: ("No.", "No:", "No", "N0.", "N0:", "N°", "Nº", "NO.", "NO:", "NO", "票号:"),
    Label.ISSUE_DATE: ("开票日期", "开具日期", "填开日期", "开票时间", "日期:", "日期"),
    Label.TICKET_NUMBER: ("电子客票号", "客票号"),
    Label.CHECK_CODE: ("校验码",),
    Label.MACHINE_NUMBER: ("机器编号", "机打号码", "机打代码", "税控码", "机器号码"),
    Label.NAME: ("名称",),
    Label.BUYER_NAME: (
        "购买方名称", "购方名称", "购货单位名称", "购货方名称", "购买单位", "付款单位", "付款方名称", "付款方",
        "付款人", "客户名称", "交款单位", "交款人", "今收到", "兹收到", "发票抬头", "抬头",
    ),
    Label.SELLER_NAME: (
        "销售方名称", "销方名称", "销货单位名称", "销货方名称", "收款单位名称", "收款单位", "收款方名称", "收款方",
        "开票单位", "商户名称", "商家名称",
    ),
    Label.TAX_ID: (
        "统一社会信用代码/纳税人识别号", "统一社会信用代码纳税人识别号", "统一社会信用代码", "纳税人识别号",
        "纳税识别号", "纳税人登记号", "税号",
    ),
    Label.BUYER_TAX_ID: (
        "购买方纳税人识别号", "购方纳税人识别号", "购买方统一社会信用代码/纳税人识别号", "购买方税号", "购方税号",
        "购买方统一社会信用代码", "购方统一社会信用代码",
    ),
    Label.SELLER_TAX_ID: (
        "销售方纳税人识别号", "销方纳税人识别号", "销售方统一社会信用代码/纳税人识别号", "销售方税号", "销方税号",
        "销售方统一社会信用代码", "销方统一社会信用代码", "收款方纳税人识别号", "收款方税号", "收款单位税号",
    ),
    Label.BUYER: ("购买方信息", "购买方", "购货单位", "购货方", "购方"),
    Label.SELLER: ("销售方信息", "销售方", "销货单位", "销货方", "销方"),
    Label.ADDRESS: ("地址,电话", "地址电话", "地址", "电话"),
    Label.BANK: ("开户行及账号", "开户行及帐号", "开户银行", "银行账号", "账号"),
    Label.ITEM: (
        "货物或应税劳务,服务名称", "货物或应税劳务名称", "货物或应税劳务", "服务名称", "项目名称", "商品名称",
        "货物名称", "品名", "收费项目", "项目",
    ),
    Label.MODEL: ("规格型号",),
    Label.UNIT: ("单位",),
    Label.QUANTITY: ("数量",),
    Label.PRICE: ("单价",),
    Label.AMOUNT: ("不含税金额", "合计金额", "金额"),
    Label.TAX_RATE: ("税率/征收率", "征收率", "税率"),
    Label.TAX: ("合计税额", "税额"),
    Label.SUM: ("合计",),
    Label.TOTAL: ("价税合计",),
    Label.CAPITALS: ("(大写)", "大写", "人民币"),
    Label.FIGURES: ("(小写)", "小写"),
    Label.PAID: ("实收金额", "实付金额", "应收金额", "总金额", "总计", "总额", "实收", "实付", "应付", "票价", "共计"),
    Label.REMARKS: ("备注",),
    Label.CIPHER: ("密码区",),
    Label.PEOPLE: ("收款人", "复核人", "复核", "开票人", "经手人", "会计", "出纳", "收银员"),
    Label.STAMP: ("销售方:(章)", "销售方(章)", "销货单位:(章)", "销货单位(章)", "收款单位(章)",
                  "收款单位(盖章)", "单位盖章"),
}  # fmt: skip

# Two characters are too few to allow any misreading; these are the likely ones.
_MISREADINGS: dict[Label, tuple[str, ...]] = {
    Label.NAME: ("名祢", "名弥", "名稱", "各称", "名林", "茗称"),
    Label.SUM: ("合汁", "合讨", "台计", "会计金额", "合十"),
    Label.AMOUNT: ("金頟", "全额", "金领"),
    Label.TAX: ("税頟", "税领", "锐额"),
    Label.FIGURES: ("小与", "小号"),
}

# What is left of a label when a detector lost its first characters; only at the beginning of a line, with a colon.
_REMNANTS: dict[Label, tuple[str, ...]] = {
    Label.NAME: ("称:",),
    Label.TAX_ID: ("识别号:", "人识别号:", "别号:", "用代码/纳税人识别号:", "会信用代码/纳税人识别号:"),
    Label.INVOICE_CODE: ("票代码:", "代码:"),
    Label.INVOICE_NUMBER: ("票号码:", "号码:"),
    Label.ISSUE_DATE: ("票日期:",),
}

# A word inside a longer one that says something else.
_NOT_BEFORE = {"单位": "购销收付交款用", "地址": "网", "项目": "费"}


@dataclass(frozen=True, slots=True)
class LabelHit:
    """A label found on a page.

    Attributes:
        label: which one.
        word: how the form prints it.
        exact: whether every character was read as printed.
        cell: the cell that it begins in.
        glyphs: its characters.
        rest: the characters of the row after it.
    """

    label: Label
    word: str
    exact: bool
    cell: Cell
    glyphs: tuple[Glyph, ...]
    rest: tuple[Glyph, ...]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.glyphs[-1].right

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return (self.left + self.right) / 2, self.cell.middle[1]


def find_labels(page: Page) -> list[LabelHit]:
    """Every label of a page, each character in at most one; in the order of cells.

    Exact hits win over inexact ones, longer over shorter.
    """
    found: list[LabelHit] = []
    taken: set[int] = set()
    hits = [hit for cell in page.cells if not cell.is_vertical for hit in _in_row(page, cell)]
    hits += [hit for cell in page.cells if cell.is_vertical for hit in _in_vertical(cell)]
    hits += _in_columns(page)
    for hit in sorted(hits, key=lambda hit: (-len(hit.word) + (not hit.exact), hit.cell.number)):
        if not any(id(glyph) in taken for glyph in hit.glyphs):
            taken.update(map(id, hit.glyphs))
            found.append(hit)
    return sorted(found, key=lambda hit: (hit.cell.number, hit.left))


def _in_row(page: Page, cell: Cell) -> Iterator[LabelHit]:
    run = page.run(cell)
    text = "".join(glyph.character[:1] for glyph in run)
    own = len(cell.glyphs)
    for label, word, exact, start, end in _matches(text, own):
        glyphs = run[start:end]
        gaps = (after.left - before.right for before, after in pairwise(glyphs))
        if max(gaps, default=0.0) <= _WIDEST_GAP * cell.height:
            yield LabelHit(label, word, exact, cell, tuple(glyphs), tuple(run[end:]))


def _in_vertical(cell: Cell) -> Iterator[LabelHit]:
    for label, word in _VERTICAL_WORDS:
        if cell.text == word:
            yield LabelHit(label, word, True, cell, cell.glyphs, ())
            return


def _in_columns(page: Page) -> Iterator[LabelHit]:
    """Labels that are written downwards and were read one or two characters a line."""
    short = [cell for cell in page.cells if len(cell.glyphs) <= 2 and all(is_chinese(c) for c in cell.text)]
    for first in short:
        for label, word in _VERTICAL_WORDS:
            column = _column(page, first, word, short)
            if column is not None:
                yield LabelHit(label, word, True, first, column, ())


_VERTICAL_WORDS = [
    (label, word)
    for label in (Label.BUYER, Label.SELLER, Label.CIPHER, Label.REMARKS)
    for word in sorted(_WORDS[label], key=len, reverse=True)
]


def _column(page: Page, first: Cell, word: str, short: list[Cell]) -> tuple[Glyph, ...] | None:
    if not word.startswith(first.text):
        return None
    glyphs, at, rest = list(first.glyphs), first, word[len(first.text) :]
    while rest:
        below = [other for other in page.below(at, 4.0) if other in short and rest.startswith(other.text)]
        if not below:
            # A line of the column may be lost: what remains is still more than half of the word.
            return tuple(glyphs) if len(rest) < len(word) / 2 and len(word) > 2 else None
        at = below[0]
        glyphs.extend(at.glyphs)
        rest = rest[len(at.text) :]
    return tuple(glyphs)


def _matches(text: str, own: int) -> Iterator[tuple[Label, str, bool, int, int]]:
    """Labels that begin in the first `own` characters: label, word, whether exact, begin, end."""
    head = text[: own + 24]
    characters = set(head)
    for label, word in _exact_words():
        start = head.find(word)
        while 0 <= start < own:
            if not _is_part_of_other(word, head, start):
                yield label, word, True, start, start + len(word)
            start = head.find(word, start + 1)
    for label, word, needed, pattern in _inexact_patterns():
        # Patterns are slow, and a row has few of a label's characters.
        if len(needed - characters) > 1:
            continue
        for match in pattern.finditer(head):
            if match.start() < own:
                yield label, word, False, match.start(), match.end()


def _is_part_of_other(word: str, text: str, start: int) -> bool:
    if start == 0:
        return False
    before = text[start - 1]
    inside_word = before.isascii() and before.isalnum() and word in _WORDS[Label.NUMBER_SIGN]
    return inside_word or before in _NOT_BEFORE.get(word, "")


@cache
def _exact_words() -> list[tuple[Label, str]]:
    return [(label, word) for label, words in _WORDS.items() for word in words]


@cache
def _inexact_patterns() -> list[tuple[Label, str, frozenset[str], re.Pattern[str]]]:
    """Words of four characters and more with one of them misread, lost or added; and listed misreadings.

    With each the characters of which at most one may be absent.
    """
    patterns = [
        (label, word, frozenset(word), re.compile(_one_off(word)))
        for label, words in _WORDS.items()
        for word in words
        if len(word) >= 4 and sum(map(is_chinese, word)) >= 4
    ]
    patterns += [
        (label, word, frozenset(word), re.compile(re.escape(word)))
        for label, words in _MISREADINGS.items()
        for word in words
    ]
    return patterns + [
        (label, word, frozenset(word), re.compile("^" + re.escape(word)))
        for label, words in _REMNANTS.items()
        for word in words
    ]


def _one_off(word: str) -> str:
    places = range(len(word))
    changed = [re.escape(word[:at]) + "." + re.escape(word[at + 1 :]) for at in places]
    added = [re.escape(word[:at]) + "." + re.escape(word[at:]) for at in places if at]
    lost = [re.escape(word[:at] + word[at + 1 :]) for at in places] if len(word) > 4 else []
    return "|".join(changed + added + lost)
