"""电子发票（普通发票）: the fully digital e-invoice."""

from __future__ import annotations

from random import Random

from headrace.rendering.content.invoice import CASES
from headrace.rendering.layout import Drawing, Layout
from headrace.rendering.parts.digital_form import draw_digital_invoice


def draw(random: Random, case: str, scale: float) -> Drawing:
    return draw_digital_invoice(random, case, scale, special=False)


LAYOUT = Layout("digital_invoice", draw, tuple(CASES))
