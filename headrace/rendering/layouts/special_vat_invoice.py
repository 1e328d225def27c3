"""增值税专用发票, on paper: the printed form, filled in by a dot-matrix printer, stamped by the seller."""

from __future__ import annotations

from random import Random

from headrace.rendering.content.invoice import CASES
from headrace.rendering.layout import Drawing, Layout
from headrace.rendering.parts.paper_invoice import draw_paper_invoice


def draw(random: Random, case: str, scale: float) -> Drawing:
    return draw_paper_invoice(random, case, scale, special=True)


LAYOUT = Layout("special_vat_invoice", draw, tuple(case for case in CASES if case not in ("consumer", "exempt")))
