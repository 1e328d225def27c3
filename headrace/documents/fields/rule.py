"""What a check is, and how checks are found: a file in rules/ is a rule of that name, with one class in it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from headrace.documents.fields import rules
from headrace.documents.fields.candidate import Choice, Field
from headrace.documents.fields.draft import Draft
from headrace.one_per_file import one_per_file


@dataclass(frozen=True, slots=True)
class Repair:
    """A value that a check puts in the place of a misread or missing one.

    Attributes:
        field: which.
        choice: the new value; its origin says whether it was repaired or computed.
        words: what was read and why it cannot be, for `findings`.
    """

    field: Field
    choice: Choice
    words: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a check says of some fields.

    Attributes:
        fields: the ones whose values it bears on.
        agrees: True raises their confidences, False lowers them, None leaves them and only says something.
        words: what disagrees or is to be known, for `findings`; empty where nothing is to be said.
    """

    fields: tuple[Field, ...]
    agrees: bool | None
    words: str = ""


class Rule(ABC):
    """Something that holds on every right invoice. The class' docstring says what, and where that is written."""

    name: str = ""

    def repair(self, draft: Draft) -> Iterator[Repair]:
        """Values that the rule shows to be others than those read; most rules cannot know."""
        return iter(())

    @abstractmethod
    def check(self, draft: Draft) -> Iterator[Judgement]:
        """Whether the rule holds, where it applies."""


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by name."""
    found: dict[str, Rule] = one_per_file(rules, Rule)
    for name, rule in found.items():
        rule.name = name
    return tuple(found.values())
