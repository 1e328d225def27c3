"""Sets of files: readable, of the sizes that the truth says, the same bytes for the same seed; and the bad ones."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageOps, UnidentifiedImageError
from typer.testing import CliRunner

from headrace.cli import app
from headrace.errors import RenderingError
from headrace.rendering import fonts
from headrace.rendering.bad_files import BAD_FILES, large_photo
from headrace.rendering.files import FORMATS, stack, write
from headrace.rendering.layout import layout_named
from headrace.rendering.parts.codes import barcode
from headrace.rendering.render import Rendered, render
from headrace.rendering.set import Order, read_truths, render_set, usual_layouts

TICKET = layout_named("paper_train_ticket")


def order(forms: tuple[str, ...] = ("jpeg",), effects: str = "clean") -> Order:
    return Order(len(forms), 7, (TICKET,), effects, forms)


def test_a_set_of_all_formats_is_what_its_truth_says(tmp_path: Path) -> None:
    seen: list[str] = []
    render_set(order(FORMATS), tmp_path, lambda truth: seen.append(truth.file))
    truths = read_truths(tmp_path)
    assert [truth.file for truth in truths] == seen
    for truth, form in zip(truths, FORMATS, strict=True):
        sizes = [(page.width, page.height) for page in truth.pages]
        if form == "pdf":
            assert len(pypdfium2.PdfDocument(tmp_path / truth.file)) == len(sizes)
            continue
        with Image.open(tmp_path / truth.file) as image:
            assert image.format == form.upper()
            assert ImageOps.exif_transpose(image).size == sizes[0]
            assert getattr(image, "n_frames", 1) == len(sizes)


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "same"):
        render_set(order(FORMATS, "photo"), tmp_path / folder)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(files) == len(FORMATS) + 1
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "same" / name).read_bytes(), name


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_file_stored_turned_is_upright_by_its_exif_orientation(tmp_path: Path, orientation: int) -> None:
    upright = render(TICKET, 1, scale=4)
    path = tmp_path / "turned.jpg"
    write(Rendered(upright.pages, upright.truth, orientation), path, "jpeg")
    with Image.open(path) as image:
        assert (image.size == upright.pages[0].size) == (orientation == 3)
        shown = np.asarray(ImageOps.exif_transpose(image), np.float32)
    assert np.abs(shown - upright.pages[0].pixels).mean() < 6


def test_several_documents_become_pages_of_one(tmp_path: Path) -> None:
    documents = [render(TICKET, seed, scale=4) for seed in (1, 2)]
    write(stack(documents), tmp_path / "pages.tif", "tiff")
    with Image.open(tmp_path / "pages.tif") as image:
        for place, document in enumerate(documents):
            image.seek(place)
            assert np.array_equal(np.asarray(image), document.pages[0].pixels)


def test_a_folder_holds_one_set(tmp_path: Path) -> None:
    render_set(order(), tmp_path)
    with pytest.raises(RenderingError, match="Name another folder"):
        render_set(order(), tmp_path)


def test_held_out_layouts_are_in_no_set_that_does_not_ask_for_them() -> None:
    assert not any(layout.is_held_out for layout in usual_layouts())
    assert all(layout.is_held_out for layout in usual_layouts(held_out=True))
    assert {layout.name for layout in usual_layouts(["other"])} == {"receipt"}
    with pytest.raises(RenderingError, match="kind nothing: no layout shows it"):
        usual_layouts(["nothing"])


def test_bad_files_are_bad() -> None:
    bad = {name: made() for name, made in BAD_FILES.items() if name != "bomb.png"}
    assert bad["empty.jpg"] == b""
    for name in ("text.jpg", "page.jpg"):
        with pytest.raises(UnidentifiedImageError):
            Image.open(io.BytesIO(bad[name]))
    for name in ("truncated.jpg", "truncated.png"):
        with Image.open(io.BytesIO(bad[name])) as image, pytest.raises(OSError, match="truncated"):
            image.load()
    for name in ("animated.gif", "animated.webp"):
        with Image.open(io.BytesIO(bad[name])) as image:
            assert image.is_animated  # type: ignore[attr-defined]


def test_the_bomb_is_small_and_would_unpack_to_gigabytes() -> None:
    bomb = BAD_FILES["bomb.png"]()
    assert len(bomb) < 3_000_000
    with pytest.raises(Image.DecompressionBombError):
        Image.open(io.BytesIO(bomb))


def test_the_large_photo_has_20_megapixels() -> None:
    with Image.open(io.BytesIO(large_photo())) as image:
        assert image.width * image.height > 19_900_000


def test_a_barcode_starts_and_stops_as_code_128_does() -> None:
    row = np.asarray(barcode("0123"))[0] == 0
    assert "".join("1" if dark else "0" for dark in row).startswith("11010011100")
    assert "".join("1" if dark else "0" for dark in row).endswith("1100011101011")
    assert len(row) == 11 * 4 + 13


def test_a_missing_font_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FONTS", tmp_path)
    assert fonts.missing_packages() == list(fonts.PACKAGES)
    with pytest.raises(RenderingError, match=r"font kai is not installed.*apt-get install .*fonts-arphic-ukai"):
        fonts.font.__wrapped__("kai", 20)


def test_the_command_writes_a_set_and_a_page_to_look_at(tmp_path: Path) -> None:
    arguments = ["documents", "render", "--out", str(tmp_path), "--count", "2", "--layout", "paper_train_ticket"]
    result = CliRunner().invoke(app, [*arguments, "--contact-sheet"])
    assert result.exit_code == 0, result.output
    assert "documents: 2 in" in result.output
    truths = read_truths(tmp_path)
    page = (tmp_path / "contact-sheet.html").read_text(encoding="utf-8")
    for truth in truths:
        assert truth.invoice is not None
        assert truth.file in page
        assert f"<dd>{truth.invoice.total}</dd>" in page
        assert (tmp_path / "thumbnails" / f"{truth.file}.jpg").exists()


def test_the_command_lists_layouts() -> None:
    result = CliRunner().invoke(app, ["documents", "layouts", "--json"])
    assert result.exit_code == 0
    assert '"layout": "special_vat_invoice"' in result.output


def test_a_format_that_there_is_not() -> None:
    result = CliRunner().invoke(app, ["documents", "render", "--out", "nowhere", "--format", "bmp"])
    assert result.exit_code == 1
    assert not Path("nowhere").exists()
