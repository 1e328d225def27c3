"""The rates of China's VAT, today's and those of past years."""

from __future__ import annotations

from decimal import Decimal

# 征收率 of small taxpayers 0.5 (second-hand cars), 1, 1.5, 2, 3 and 5 %; 税率 6, 9, 10, 11, 13, 16 and 17 %.
RATES = tuple(Decimal(per_mille) / 1000 for per_mille in (0, 5, 10, 15, 20, 30, 50, 60, 90, 100, 110, 130, 160, 170))
HIGHEST_RATE = RATES[-1]

ROUNDING = Decimal("0.05")
"""Each item's tax is rounded to the cent; a form has up to eight items."""


def fits_a_rate(amount: Decimal, tax: Decimal) -> bool:
    """Whether a tax is an amount times one of the rates, up to the rounding of items."""
    return amount != 0 and any(abs(amount * rate - tax) <= ROUNDING for rate in RATES)
