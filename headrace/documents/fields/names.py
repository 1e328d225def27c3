"""Names of buyer and seller."""

from __future__ import annotations

import re
from collections.abc import Iterator

from headrace.documents.fields.candidate import Candidate
from headrace.documents.fields.characters import is_chinese
from headrace.documents.fields.document import Document, Reading
from headrace.documents.fields.kind import VAT_INVOICES, Kind
from headrace.documents.fields.label_words import Label
from headrace.documents.fields.labels import LabelHit
from headrace.documents.fields.sides import Party

_LABELS = {Party.BUYER: Label.BUYER_NAME, Party.SELLER: Label.SELLER_NAME}
_NAME = re.compile(r"[\u3400-\u9fffA-Za-z0-9()&.\-']+")
_ENDING = re.compile(
    r"(公司|集团|厂|店|商行|中心|医院|学校|大学|学院|研究院|研究所|设计院|委员会|局|酒店|宾馆|饭店|超市|事务所|合作社|工作室|"
    r"经营部|服务部|门市部|协会|银行|分行|支行|餐厅|站|馆|部|社)$"
)
_NOT_A_PARTY = re.compile(r"发票|监制|银行|支行|分行|^[*]|[*].+[*]")
_WITHIN_NAME = 1.0
"""The widest gap inside a name, in heights: the remarks of a form may stand close."""
_NOT_A_NAME = re.compile(r"[0-9A-Za-z]{15,}|[0-9]{7,}")
_TITLE = re.compile(r"收据|小票|凭证|结账单|结算单|账单|发票|欢迎|谢谢|[0-9]{4,}")
_BRACKETS = str.maketrans("()", "（）")


def name_candidates(document: Document, party: Party) -> Iterator[Candidate]:
    """What stands behind the labels of a party's name; without a label, what ends like a company's name there."""
    labelled = False
    for hit in document.hits(Label.NAME, _LABELS[party]):
        side, sure = document.sides.of_label(hit)
        for reading, place in document.near(hit, _WITHIN_NAME):
            reading = _with_second_line(document, _with_first_line(document, reading, hit), hit.left)
            name = clean_name(reading.written)
            if name:
                labelled |= side is party
                share = sure if side is party else 0.3 * (1 - sure)
                if share:
                    yield Candidate(name, 0.95 * place * share * _form(name), reading.confidence)
    if labelled:
        return
    if document.kind in VAT_INVOICES:
        yield from _without_label(document, party)
    elif document.kind is Kind.OTHER and party is Party.SELLER:
        yield from _head(document)


def clean_name(written: str) -> str:
    """A name in one form: brackets of full width in Chinese names, no marks around; empty if nothing is left.

    >>> clean_name(":北京某某(集团)有限公司,")
    '北京某某（集团）有限公司'
    """
    plain = written.translate(str.maketrans("（）［］【】〔〕", "()()()()")).strip(" :;：；,，.。、|_-'\"`*>(")
    # What follows in another row or column may have been read with it.
    match = _NAME.match(_NOT_A_NAME.split(plain)[0])
    name = match[0].strip(".-'") if match else ""
    if name.count(")") > name.count("("):
        name = name.rstrip(")")
    return name.translate(_BRACKETS) if any(map(is_chinese, name)) else name


def _form(name: str) -> float:
    if sum(map(is_chinese, name)) >= 2:
        return 1.0
    return 0.7 if len(name) >= 2 and any(map(str.isalpha, name)) else 0.3


def _with_first_line(document: Document, reading: Reading, hit: LabelHit) -> Reading:
    """A long name on two lines beside the middle of its label: what was found is the second, the first is above it."""
    cell = document.page.cells[reading.glyphs[0].cell]
    if cell.number == hit.cell.number or cell.middle[1] < hit.middle[1] + 0.2 * cell.height:
        return reading
    for above in document.page.above(cell, 0.8):
        starts_alike = abs(above.left - reading.glyphs[0].left) < 1.5 * cell.height
        if starts_alike and above.left > hit.right - cell.height and not document.has_label(above):
            return document.reading((*document.close_run(above).glyphs, *reading.glyphs))
    return reading


def _with_second_line(document: Document, reading: Reading, from_left: float) -> Reading:
    """A long name goes on in the next line: close under its first one, begun at the same place, and no label."""
    if len(reading.glyphs) < 8:
        return reading
    begin = document.page.cells[reading.glyphs[0].cell]
    taken = {glyph.cell for glyph in reading.glyphs}
    is_whole = _ENDING.search(clean_name(reading.written)) is not None
    for below in document.page.below(begin, 0.8):
        begins_alike = abs(below.left - reading.glyphs[0].left) < 1.5 * begin.height or (
            from_left - begin.height < below.left < reading.glyphs[0].left
        )
        if not begins_alike or below.number in taken or document.has_label(below):
            continue
        second = document.close_run(below)
        # A name that is whole may only be followed by one of a branch.
        may_follow = _ENDING.search(clean_name(second.written)) if is_whole else True
        if may_follow and sum(map(is_chinese, second.text)) * 2 >= len(second.text):
            return document.reading((*reading.glyphs, *second.glyphs))
    return reading


def _without_label(document: Document, party: Party) -> Iterator[Candidate]:
    for cell in document.page.cells:
        if document.has_label(cell) or cell.is_vertical or len(cell.glyphs) < 4:
            continue
        name = clean_name(document.reading(cell.glyphs).written)
        side, sure = document.sides.of_point(*cell.middle)
        if side is party and _ENDING.search(name) and not _NOT_A_PARTY.search(cell.text):
            yield Candidate(name, 0.5 * sure, cell.line.confidence)


def _head(document: Document) -> Iterator[Candidate]:
    """The shop's name heads its receipt: the largest of the lines above the first label."""
    page = document.page
    first_label = min((hit.cell.top for hit in document.labels), default=page.bottom)
    above = [
        cell
        for cell in page.cells
        if cell.middle[1] < first_label
        and not document.goes_on(cell)
        and not _TITLE.search(cell.text)
        and sum(map(is_chinese, cell.text)) >= 2
    ]
    largest = max((cell.height for cell in above), default=0.0)
    for cell in above:
        name = clean_name(document.close_run(cell).written)
        if name:
            yield Candidate(name, 0.75 * min(cell.height / largest, 1.0) ** 2, cell.line.confidence)
