"""The fields of a page while they are checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import product

from headrace.documents.fields.candidate import Candidate, Choice, Field, Value, choose
from headrace.documents.fields.document import Document
from headrace.documents.fields.extraction import extractors
from headrace.documents.fields.label_words import Label
from headrace.documents.standards.chinese_capitals import amount as amount_of_capitals

# What the characters of sums are misread as.
_LOOKALIKES = str.maketrans(
    "登壶童壷式武贡戎垒坐肄任低染渠例别玫致怡恰抬伯什付员园圓囿兀无芬全",
    "壹壹壹壹贰贰贰贰叁叁肆伍伍柒柒捌捌玖玖拾拾拾佰仟仟圆圆圆圆元元分整",
)
_CAPITALS = re.compile(
    r"(?:\(?负数?\)?)?[零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿萬億元圆角分整正一二三四五六七八九十百千两]{2,}"
)
_LEAST_SCORE = 0.2
_READINGS = 5


@dataclass
class Draft:
    """What rules check and repair.

    Attributes:
        document: the page.
        today: the day by which dates are judged.
        choices: the value of each field that was found.
        capitals: the total in Chinese capitals, where it was read.
    """

    document: Document
    today: date
    choices: dict[Field, Choice]
    capitals: Candidate | None = None
    _texts: dict[Field, str] = field(default_factory=dict, repr=False)

    def sum_of(self, name: Field) -> Decimal | None:
        """The value of a field of money."""
        value = self.value(name)
        return value if isinstance(value, Decimal) else None

    def text_of(self, name: Field) -> str | None:
        """The value of a field of text."""
        value = self.value(name)
        return value if isinstance(value, str) else None

    def value(self, name: Field) -> Value | None:
        """The value of a field, None if it was not found."""
        choice = self.choices.get(name)
        return choice.value if choice else None


def draft_of(document: Document, today: date) -> Draft:
    """The best candidate of each field; of the sums the ones that add up, where several were read."""
    candidates = {
        name: [candidate for candidate in find(document) if candidate.score >= _LEAST_SCORE]
        for name, find in extractors().items()
    }
    choices = {name: choice for name in Field if (choice := choose(candidates[name])) is not None}
    draft = Draft(document, today, choices, choose_capitals(document))
    _choose_sums_that_add_up(draft)
    return draft


def choose_capitals(document: Document) -> Candidate | None:
    """The sum in Chinese capitals: behind (大写) or wherever one stands."""
    found = []
    for hit in document.hits(Label.CAPITALS, Label.TOTAL):
        found += [
            Candidate(value, place, reading.confidence)
            for reading, place in document.near(hit)
            for value in _sums(reading.text)
        ]
    if not found:
        for cell in document.page.cells:
            reading = document.reading(cell.glyphs)
            found += [
                Candidate(value, 0.6, reading.confidence)
                for value in _sums(reading.text)
                if "元" in reading.text or "圆" in reading.text
            ]
    return max(found, key=lambda candidate: candidate.score, default=None)


def _sums(text: str) -> Iterator[Decimal]:
    for match in _CAPITALS.finditer(text.translate(_LOOKALIKES)):
        try:
            yield amount_of_capitals(match[0])
        except ValueError:
            continue


def _choose_sums_that_add_up(draft: Draft) -> None:
    """Of the sums that were read, the amount, tax and total of the best scores with amount + tax = total."""
    names = (Field.AMOUNT, Field.TAX, Field.TOTAL)
    if not all(name in draft.choices for name in names):
        return
    readings = [_readings(draft.choices[name]) for name in names]
    agreeing = [
        triple
        for triple in product(*readings)
        if isinstance(triple[0].value, Decimal)
        and isinstance(triple[1].value, Decimal)
        and triple[0].value + triple[1].value == triple[2].value
    ]
    if not agreeing:
        return

    def weight(triple: tuple[Candidate, ...]) -> float:
        same = draft.capitals is not None and draft.capitals.value == triple[2].value
        return sum(candidate.score for candidate in triple) + same

    best = max(agreeing, key=weight)
    for name, candidate in zip(names, best, strict=True):
        choice = draft.choices[name]
        if choice.value != candidate.value:
            draft.choices[name] = replace(
                choice,
                value=candidate.value,
                score=candidate.score,
                confidence=candidate.confidence,
                runner_up=min(choice.score, candidate.score),
            )


def _readings(choice: Choice) -> list[Candidate]:
    return [Candidate(choice.value, choice.score, choice.confidence), *choice.others[: _READINGS - 1]]
