"""Sentences from templates with slots, the same ones on each run."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

MAX_TRIES_PER_SENTENCE = 50

_SLOT = re.compile(r"\{(\w+)\}")


class GrammarError(ValueError):
    """A grammar cannot give what it is asked for."""


@dataclass(frozen=True)
class Grammar:
    """Sentences of one label.

    name:      of the grammar, unique; it seeds the choices, so that a change of one grammar leaves the others alone.
    label:     negative, neutral or positive.
    count:     distinct sentences to make.
    templates: one a line; `{slot}` stands for one of the slot's words.
    words:     alternatives of each slot, separated by `|`; they may have slots themselves.
    """

    name: str
    label: str
    count: int
    templates: str
    words: Mapping[str, str]

    def template_lines(self) -> list[str]:
        """The templates."""
        return [line.strip() for line in self.templates.splitlines() if line.strip()]

    def sentences(self) -> list[str]:
        """`count` distinct sentences; each template gets the same share as long as it has new ones.

        Raises:
            GrammarError: the templates do not have that many sentences, or a slot has no words.
        """
        generator = random.Random(self.name)
        templates = self.template_lines()
        made: dict[str, None] = {}
        for attempt in range(self.count * MAX_TRIES_PER_SENTENCE):
            if len(made) == self.count:
                return list(made)
            made.setdefault(self._fill(templates[attempt % len(templates)], generator))
        raise GrammarError(f"grammar {self.name}: gives only {len(made)} of {self.count} sentences. Add words to it.")

    def _fill(self, template: str, generator: random.Random) -> str:
        def choose(match: re.Match[str]) -> str:
            if match[1] not in self.words:
                raise GrammarError(f"grammar {self.name}: template {template!r} has a slot {match[1]!r} without words.")
            return generator.choice(self.words[match[1]].split("|"))

        while _SLOT.search(template):
            template = _SLOT.sub(choose, template)
        return template
