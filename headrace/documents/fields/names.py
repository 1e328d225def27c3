"""Names of buyer and seller."""

from __future__ import annotations

import re
from collections.abc import Iterator

from headrace.documents.fields.candidate import Candidate
from headrace.documents.fields.characters import is_chinese
from headrace.documents.fields.document import Document, Reading
from headrace.documents.fields.labels import Label
from headrace.documents.fields.sides import Party

_LABELS = {Party.BUYER: Label.BUYER_NAME, Party.SELLER: Label.SELLER_NAME}
_NAME = re.compile(r"[\u3400-\u9fffA-Za-z0-9()&.\-']+")
_ENDING = re.compile(
    r"(公司|集团|厂|店|商行|中心|医院|学校|大学|学院|研究院|研究所|设计院|委员会|局|酒店|宾馆|饭店|超市|事务所|合作社|工作室|"
    r"经营部|服务部|门市部|协会|银行|分行|支行|餐厅|站|馆|部|社)$"
)
_BRACKETS = str.maketrans("()", "（）")


def name_candidates(document: Document, party: Party) -> Iterator[Candidate]:
    """What stands behind the labels of a party's name; without a label, what ends like a company's name there."""
    labelled = False
    for hit in document.hits(Label.NAME, _LABELS[party]):
        side, sure = document.sides.of_label(hit)
        for reading, place in document.near(hit):
            reading = _with_second_line(document, reading, hit.left)
            name = clean_name(reading.written)
            if name:
                labelled |= side is party
                share = sure if side is party else 0.3 * (1 - sure)
                if share:
                    yield Candidate(name, 0.95 * place * share * _form(name), reading.confidence)
    if not labelled:
        yield from _without_label(document, party)


def clean_name(written: str) -> str:
    """A name in one form: brackets of full width in Chinese names, no marks around; empty if nothing is left.

    >>> clean_name(":北京某某(集团)有限公司,")
    '北京某某（集团）有限公司'
    """
    plain = written.translate(str.maketrans("（）［］【】〔〕", "()()()()")).strip(" :;：；,，.。、|_-'\"`*>(")
    match = _NAME.match(plain)
    name = match[0].strip(".-'") if match else ""
    if name.count(")") > name.count("("):
        name = name.rstrip(")")
    return name.translate(_BRACKETS) if any(map(is_chinese, name)) else name


def _form(name: str) -> float:
    if sum(map(is_chinese, name)) >= 2:
        return 1.0
    return 0.7 if len(name) >= 2 and any(map(str.isalpha, name)) else 0.3


def _with_second_line(document: Document, reading: Reading, from_left: float) -> Reading:
    """A long name goes on in the next line: close under its first one, begun at the same place, and no label."""
    cell = document.page.cells[reading.glyphs[-1].cell]
    if _ENDING.search(clean_name(reading.written)) or len(reading.glyphs) < 8:
        return reading
    for below in document.page.below(cell, 0.8):
        begins_alike = abs(below.left - reading.glyphs[0].left) < 1.5 * cell.height or (
            from_left - cell.height < below.left < reading.glyphs[0].left
        )
        if begins_alike and not document.has_label(below) and sum(map(is_chinese, below.text)) * 2 >= len(below.text):
            return document.reading((*reading.glyphs, *below.glyphs))
    return reading


def _without_label(document: Document, party: Party) -> Iterator[Candidate]:
    for cell in document.page.cells:
        if document.has_label(cell) or cell.is_vertical or len(cell.glyphs) < 4:
            continue
        name = clean_name(document.reading(cell.glyphs).written)
        side, sure = document.sides.of_point(*cell.middle)
        # A stamp and the remarks name companies too: they stand low.
        if side is party and _ENDING.search(name) and "发票" not in name and "监制" not in name:
            yield Candidate(name, 0.5 * sure, cell.line.confidence)
