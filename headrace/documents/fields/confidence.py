"""How sure a field is.

    evidence   = reader × place × (1 − ½ · (rival ÷ place)²)
    confidence = evidence, then for each check of the field: agrees c ← 1 − ½ · (1 − c), disagrees c ← ½ · c;
                 at most 0.80 for a repaired value and 0.70 for a computed one

reader: the least confidence of the lines that the value was read from. place: how well its place and form fit the
field. rival: the same of the best other value, 0 if there is none; a rival that fits as well halves the evidence.
Checks that agree are evidence of their own: each halves what is missing to 1.
"""

from __future__ import annotations

from collections.abc import Iterable

from headrace.documents.fields.candidate import Choice, Origin

ENOUGH = 0.6
"""A field below it makes the document doubtful."""

_AT_MOST = {Origin.READ: 1.0, Origin.REPAIRED: 0.8, Origin.COMPUTED: 0.7}


def field_confidence(choice: Choice, checks: Iterable[bool]) -> float:
    """How sure a value is, in [0, 1].

    Args:
        choice: the value and how it was chosen.
        checks: what each check of the field said: True agrees, False disagrees.
    """
    rival = choice.runner_up / choice.score if choice.score else 0.0
    confidence = choice.confidence * choice.score * (1 - 0.5 * min(rival, 1.0) ** 2)
    for agrees in checks:
        confidence = 1 - 0.5 * (1 - confidence) if agrees else 0.5 * confidence
    return max(0.0, min(confidence, _AT_MOST[choice.origin]))
