"""How many fields are right, per layout: from the lines that were drawn, as a reader with faults reads them.

    python -m bench.invoice_fields [--documents N] [--faults none|geometry|characters] [--wrong]

Layouts that are held out are left out. `--wrong` prints each wrong field.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

from rich.console import Console
from rich.table import Table

from headrace.documents.fields.candidate import Field
from headrace.documents.fields.invoice_fields import FieldsStatus
from headrace.documents.fields.read import read_fields
from headrace.documents.line import Line
from headrace.rendering import layouts
from headrace.rendering.layout import Layout
from headrace.testing.simulated_reader import SimulatedReader

console = Console(width=180)
TODAY = date(2026, 12, 31)
READERS = {
    "none": SimulatedReader(split=0, merge=0, spaces=0, jitter=0, skew=0),
    "geometry": SimulatedReader(),
    "characters": SimulatedReader(confused=0.01, lost=0.005),
}


@dataclass
class Tally:
    """What was right in a layout's documents."""

    documents: int = 0
    right: Counter[str] = field(default_factory=Counter)
    printed: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    wrong_but_ok: int = 0
    seconds: float = 0.0


def visible_layouts() -> Iterator[tuple[str, Layout]]:
    for module in pkgutil.iter_modules(layouts.__path__):
        yield module.name, importlib.import_module(f"{layouts.__name__}.{module.name}").LAYOUT


def tally(name: str, layout: Layout, documents: int, reader: SimulatedReader, show_wrong: bool) -> Tally:
    result = Tally()
    for seed in range(documents):
        case = layout.cases[seed % len(layout.cases)]
        random = Random(f"{name} {seed}")  # noqa: S311
        drawing = layout.draw(random, case, 4.0)
        printed = [Line(line.text, 0.98, line.box) for line in drawing.sheets[0].lines]
        lines = reader.read(printed, random)
        began = time.perf_counter()
        fields = read_fields(lines, TODAY)
        result.seconds += time.perf_counter() - began
        result.documents += 1
        result.statuses[fields.status] += 1
        result.right["kind"] += (fields.kind == layout.kind) or (
            layout.kind == "greeting_card" and fields.kind == "not_an_invoice"
        )
        all_right = True
        for wanted in Field:
            is_right = getattr(fields, wanted) == (getattr(drawing.invoice, wanted) if drawing.invoice else None)
            result.right[wanted] += is_right
            all_right &= is_right
            if show_wrong and not is_right:
                console.print(
                    f"{name} {case} {seed} {wanted}: {getattr(fields, wanted)} for"
                    f" {getattr(drawing.invoice, wanted, None)}"
                    f" ({fields.confidences.get(wanted, 0):.2f}; {'; '.join(fields.findings)})",
                    highlight=False,
                    soft_wrap=True,
                    markup=False,
                )
        result.wrong_but_ok += fields.status is FieldsStatus.OK and not all_right
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=33, help="of each layout")
    parser.add_argument("--faults", choices=list(READERS), default="geometry")
    parser.add_argument("--layout", help="only this one")
    parser.add_argument("--wrong", action="store_true", help="print each wrong field")
    arguments = parser.parse_args()
    table = Table("layout", "kind", *(name.replace("_", " ") for name in Field), "ok", "ok but wrong")
    tallies = {}
    for name, layout in visible_layouts():
        if arguments.layout in (None, name):
            tallies[name] = done = tally(name, layout, arguments.documents, READERS[arguments.faults], arguments.wrong)
            shares = (f"{100 * done.right[name] / done.documents:.1f}" for name in ("kind", *Field))
            table.add_row(name, *shares, f"{done.statuses[FieldsStatus.OK]}", f"{done.wrong_but_ok}")
    console.print(table, soft_wrap=True)
    documents = sum(done.documents for done in tallies.values())
    exact = sum(done.right[name] for done in tallies.values() for name in Field) / documents / len(Field)
    worst = min(done.right[name] / done.documents for done in tallies.values() for name in Field)
    milliseconds = 1000 * sum(done.seconds for done in tallies.values()) / documents
    print(
        json.dumps(
            {
                "bench": "invoice_fields",
                "faults": arguments.faults,
                "documents": documents,
                "exact": round(exact, 4),
                "worst_field": round(worst, 4),
                "ms_per_page": round(milliseconds, 1),
            }
        )
    )


if __name__ == "__main__":
    main()
