"""Pages of PDF files, drawn by PDFium."""

from __future__ import annotations

import math
import re
import threading
import time

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from headrace.documents.images.content import Format, has_end
from headrace.documents.images.errors import ImageError
from headrace.documents.images.limits import ImageLimits
from headrace.documents.images.status import ImageStatus

_DOTS_PER_INCH = 200  # small print of an invoice has 20 pixels then
_POINTS_PER_INCH = 72
_WHITE = (255, 255, 255, 255)
_ONE_AT_A_TIME = threading.Lock()  # PDFium has one global state


def read_pdf(content: bytes, place: str, limits: ImageLimits) -> list[NDArray[np.uint8]]:
    """The first pages, at 200 dots per inch or, where a page is large, as many as `limits.side` allows.

    Raises:
        ImageError: encrypted, truncated or damaged, without a page, or with an image of too many pixels.
    """
    with _ONE_AT_A_TIME:
        try:
            with pypdfium2.PdfDocument(content) as document:
                document.init_forms()
                numbers = range(min(len(document), limits.pages))
                return [_drawn(document, number, place, limits) for number in numbers]
        except (pypdfium2.PdfiumError, ValueError) as error:  # the latter: a page without an area
            raise _unreadable(error, content, place) from error


def _drawn(document: pypdfium2.PdfDocument, number: int, place: str, limits: ImageLimits) -> NDArray[np.uint8]:
    page = document[number]
    try:
        _check_images(page, f"{place}, page {number + 1}", limits)
        return _bitmap(page, f"{place}, page {number + 1}", limits)
    finally:
        page.close()


def _bitmap(page: pypdfium2.PdfPage, place: str, limits: ImageLimits) -> NDArray[np.uint8]:
    """What `PdfPage.render` does, with a time limit: PDFium asks between objects whether to go on."""
    points = page.get_size()
    scale = min(_DOTS_PER_INCH / _POINTS_PER_INCH, limits.side / max(*points, 1))
    width, height = (max(1, min(limits.side, math.ceil(side * scale))) for side in points)
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_BGR, rev_byteorder=True)
    try:
        bitmap.fill_rect(_WHITE, 0, 0, width, height)
        drawing = (bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER)
        deadline = time.monotonic() + limits.seconds
        pause = pdfium.IFSDK_PAUSE(version=1)
        pause.NeedToPauseNow = type(pause.NeedToPauseNow)(lambda _: time.monotonic() > deadline)
        state = pdfium.FPDF_RenderPageBitmap_Start(*drawing, pause)
        pdfium.FPDF_RenderPage_Close(page)
        if state == pdfium.FPDF_RENDER_TOBECONTINUED:
            fact = f"not drawn within {limits.seconds:g} s"
            raise ImageError(ImageStatus.TOO_SLOW, place, fact, "Send it as an image, or raise HEADRACE_IMAGE_SECONDS.")
        if page.formenv:
            pdfium.FPDF_FFLDraw(page.formenv, *drawing)
        return np.array(bitmap.to_numpy(), order="C")
    finally:
        bitmap.close()


def _check_images(page: pypdfium2.PdfPage, place: str, limits: ImageLimits) -> None:
    """PDFium decodes an image in full, however small it is drawn."""
    for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
        width, height = image.get_px_size()
        if width * height > limits.pixels:
            fact = f"an image of {width * height:,} pixels, where {limits.pixels:,} are allowed"
            remedy = "Scan with fewer dots per inch, or raise HEADRACE_IMAGE_PIXELS."
            raise ImageError(ImageStatus.TOO_MANY_PIXELS, place, fact, remedy)


def _unreadable(error: Exception, content: bytes, place: str) -> ImageError:
    code = getattr(error, "err_code", None)
    if code == pdfium.FPDF_ERR_PASSWORD:
        return ImageError(ImageStatus.ENCRYPTED, place, "the PDF asks for a password", "Save it without one.")
    if code == pdfium.FPDF_ERR_SECURITY:
        fact = "the PDF is encrypted in a way that PDFium does not know"
        return ImageError(ImageStatus.ENCRYPTED, place, fact, "Save it without a password.")
    if not has_end(Format.PDF, content):
        fact = f"the PDF ends too early, after {len(content):,} bytes ({error})"
        return ImageError(ImageStatus.TRUNCATED, place, fact, "Send the whole file again.")
    if re.search(rb"/Count\s+0\b", content):  # PDFium calls it a format error
        return ImageError(ImageStatus.NO_PAGES, place, "the PDF has no page", "Send a PDF with a page.")
    return ImageError(ImageStatus.DAMAGED, place, f"the PDF is damaged ({error})", "Save the PDF anew.")
