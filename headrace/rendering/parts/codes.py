"""QR codes and barcodes as pictures of single dots."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

# Code 128, set C (ISO/IEC 15417): the widths of bars and spaces of the values 0 to 106.
_WIDTHS = (  # noqa: SIM905  (a table reads better in rows)
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
).split()
_START, _STOP = 105, 106


def qr_code(text: str) -> Image.Image:
    """The QR code of a text, a pixel a dot, without the quiet zone."""
    encoder = cv2.QRCodeEncoder.create()
    dots = np.asarray(encoder.encode(text))
    rows, columns = np.nonzero(dots == 0)
    return Image.fromarray(dots[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1])


def barcode(digits: str) -> Image.Image:
    """The Code 128 barcode of an even count of digits, a pixel a module, one row."""
    values = [_START, *(int(digits[place : place + 2]) for place in range(0, len(digits), 2))]
    check = (values[0] + sum(place * value for place, value in enumerate(values))) % 103
    row: list[int] = []
    for value in (*values, check, _STOP):
        for place, width in enumerate(_WIDTHS[value]):
            row += [255 if place % 2 else 0] * int(width)
    return Image.fromarray(np.array([row], np.uint8))
