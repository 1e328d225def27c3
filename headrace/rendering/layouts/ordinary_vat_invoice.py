"""增值税普通发票, on paper: the same form as the special invoice, with a check code."""

from __future__ import annotations

from random import Random

from headrace.rendering.content.invoice import CASES
from headrace.rendering.layout import Drawing, Layout
from headrace.rendering.parts.paper_invoice import draw_paper_invoice


def draw(random: Random, case: str, scale: float) -> Drawing:
    return draw_paper_invoice(random, case, scale, special=False)


LAYOUT = Layout("ordinary_vat_invoice", draw, tuple(CASES))
