"""`headrace documents`: render invoices and greeting cards with their truth."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from headrace.commands.terminal import Json, command, console, say

app = typer.Typer(
    no_args_is_help=True, help="Render invoices and greeting cards with exact truth, to test and to show."
)


@command(app)
def render(
    out: Annotated[Path, typer.Option(help="Folder for the images and truth.jsonl; it is made.", file_okay=False)],
    count: Annotated[int, typer.Option(help="How many documents.", min=1)] = 100,
    seed: Annotated[int, typer.Option(help="The same seed gives the same documents, pixel by pixel.")] = 7,
    layout: Annotated[
        list[str] | None, typer.Option(help="Only this layout; may be given again. headrace documents layouts")
    ] = None,
    kind: Annotated[list[str] | None, typer.Option(help="Only layouts of this kind; may be given again.")] = None,
    effects: Annotated[str, typer.Option(help="clean, scan or photo: what a scanner or a phone does.")] = "clean",
    form: Annotated[
        list[str] | None,
        typer.Option("--format", help="jpeg, png, webp, tiff or pdf; given again: in turn.", show_default="jpeg"),
    ] = None,
    held_out: Annotated[
        bool, typer.Option("--held-out", help="Only the layouts held out from whoever writes rules.")
    ] = False,
    contact_sheet: Annotated[
        bool, typer.Option("--contact-sheet", help="Also write contact-sheet.html, to look at them all.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Render documents: one image file each, and truth.jsonl with every field, printed line and box.

    Layouts take turns, and cases too (negative sums, several rates, exempt goods, long names …).

    Example: headrace documents render --out /tmp/documents --count 20 --effects photo --contact-sheet
    """
    from headrace.errors import RenderingError
    from headrace.rendering.files import FORMATS
    from headrace.rendering.layout import layout_named
    from headrace.rendering.set import Order, render_set, usual_layouts

    forms = tuple(form or ("jpeg",))
    if unknown := [name for name in forms if name not in FORMATS]:
        raise RenderingError(f"format {unknown[0]}: documents are not written so. Formats: {', '.join(FORMATS)}")
    layouts = tuple(map(layout_named, layout)) if layout else usual_layouts(kind or (), held_out)
    started = time.monotonic()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=as_json, transient=True) as progress:
        task = progress.add_task("documents", total=count)
        size = render_set(Order(count, seed, layouts, effects, forms), out, lambda _: progress.advance(task))
    seconds = time.monotonic() - started
    page = None
    if contact_sheet:
        from headrace.rendering.contact_sheet import write_contact_sheet

        page = write_contact_sheet(out)
    if as_json:
        found = {"folder": str(out), "documents": count, "bytes": size, "seconds": round(seconds, 3)}
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        return
    say(f"documents: {count} in {out}, {size / 1e6:.1f} MB, {seconds:.0f} s ({count / seconds:.1f} a second)")
    if page:
        say(f"look at them: {page}")


@command(app)
def layouts(as_json: Json = False) -> None:
    """List the layouts: their kinds and cases."""
    from headrace.rendering.layout import all_layouts

    found = all_layouts().values()
    if as_json:
        rows = [{"layout": a.name, "kind": a.kind, "cases": list(a.cases), "held_out": a.is_held_out} for a in found]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False) + "\n")
        return
    table = Table("layout", "kind", "held out", "cases", box=None)
    for each in found:
        table.add_row(each.name, each.kind, "yes" if each.is_held_out else "", ", ".join(each.cases))
    console.print(table)


@command(app)
def bad(
    out: Annotated[Path, typer.Option(help="Folder for the files; it is made.", file_okay=False)],
) -> None:
    """Write files that are no usable documents: empty, truncated, text, a decompression bomb, animations."""
    from headrace.rendering.bad_files import BAD_FILES, large_photo

    out.mkdir(parents=True, exist_ok=True)
    for name, made in {**BAD_FILES, "large_photo.jpg": large_photo}.items():
        (out / name).write_bytes(made())
        say(f"{out / name}: {(out / name).stat().st_size:,} bytes")
