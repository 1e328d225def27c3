"""电子发票（增值税专用发票）: the fully digital e-invoice whose tax the buyer deducts."""

from __future__ import annotations

from random import Random

from headrace.rendering.content.invoice import CASES
from headrace.rendering.layout import Drawing, Layout
from headrace.rendering.parts.digital_form import draw_digital_invoice


def draw(random: Random, case: str, scale: float) -> Drawing:
    return draw_digital_invoice(random, case, scale, special=True)


LAYOUT = Layout("digital_invoice", draw, tuple(case for case in CASES if case not in ("consumer", "exempt")))
