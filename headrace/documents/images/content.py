"""Which format bytes are in, by the bytes alone: names and declared types are not looked at."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum


class Format(StrEnum):
    """The formats that are read, by Pillow's names for those that Pillow decodes."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    TIFF = "TIFF"
    GIF = "GIF"
    BMP = "BMP"
    PDF = "PDF"


_BEGINNINGS = {
    b"\xff\xd8\xff": Format.JPEG,
    b"\x89PNG\r\n\x1a\n": Format.PNG,
    b"GIF87a": Format.GIF,
    b"GIF89a": Format.GIF,
    b"II*\0": Format.TIFF,
    b"MM\0*": Format.TIFF,
    b"II+\0": Format.TIFF,  # BigTIFF
    b"MM\0+": Format.TIFF,
}
_PDF_HEADER_WITHIN = 1024  # bytes, as Acrobat allows (PDF Reference 1.7, appendix H, note 13)

_OTHER_BEGINNINGS = {
    b"PK\x03\x04": "a ZIP archive: OFD, an Office file or other",
    b"\0\0\0\x0cJXL \r\n\x87\n": "JPEG XL",
    b"\xff\x0a": "JPEG XL",
    b"\0\0\0\x0cjP  \r\n\x87\n": "JPEG 2000",
    b"\xff\x4f\xff\x51": "JPEG 2000",
    b"8BPS": "Photoshop",
    b"\0\0\x01\0": "an icon",
    b"%!PS": "PostScript",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Office file",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"\x1f\x8b": "gzip",
}
_BRANDS = {"heic": "HEIC", "heix": "HEIC", "hevc": "HEIC", "heim": "HEIC", "mif1": "HEIC", "msf1": "HEIC"} | {
    "avif": "AVIF",
    "avis": "AVIF",
}

_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd8\xff]")  # but those within a scan, which have no length
_START_OF_SCAN = 0xDA
_END_OF_IMAGE = 0xD9

_ENDS: dict[Format, Callable[[bytes], bool]] = {
    Format.JPEG: lambda content: b"\xff\xd9" in content[-4096:],
    Format.PNG: lambda content: b"IEND" in content[-4096:],
    Format.WEBP: lambda content: len(content) >= 8 + int.from_bytes(content[4:8], "little"),
    Format.GIF: lambda content: content.rstrip(b"\0").endswith(b";"),
    Format.BMP: lambda content: len(content) >= int.from_bytes(content[2:6], "little"),
    Format.PDF: lambda content: b"%%EOF" in content[-4096:],
}


def format_of(content: bytes) -> Format | None:
    """The format of a file's bytes; None if it is not one that is read."""
    for beginning, form in _BEGINNINGS.items():
        if content.startswith(beginning):
            return form
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Format.WEBP
    if content[:2] == b"BM" and content[6:10] == b"\0\0\0\0":
        return Format.BMP
    if b"%PDF-" in content[:_PDF_HEADER_WITHIN]:
        return Format.PDF
    return None


def other_format(content: bytes) -> str | None:
    """What people call a format that is known but not read; None if it is none of those."""
    for beginning, name in _OTHER_BEGINNINGS.items():
        if content.startswith(beginning):
            return name
    if content[4:8] == b"ftyp":  # ISO base media: HEIC and AVIF name their brand here, else it is a film
        return _BRANDS.get(content[8:12].decode("latin-1"), "a film")
    if b"<svg" in content[:1024]:
        return "SVG"
    return None


def has_end(form: Format, content: bytes) -> bool:
    """Whether a file has the end that its format asks for; a TIFF has none, so it is asked for nothing."""
    return form not in _ENDS or _ENDS[form](content)


def jpeg_scans(content: bytes) -> int:
    """How often a JPEG begins a scan before its end (ITU-T T.81, annex B.1.1), thumbnails aside."""
    scans, position = 0, 2
    while marker := _MARKER.search(content, position):
        kind, position = content[marker.end() - 1], marker.end()
        if kind == _END_OF_IMAGE:
            break
        scans += kind == _START_OF_SCAN
        position += int.from_bytes(content[position : position + 2])
    return scans


def webp_pixels(content: bytes) -> int:
    """Pixels of a WebP file by its first chunk, 0 if that is none (RFC 9649, section 2.5 to 2.7).

    Pillow's decoder sets aside memory for the whole canvas before it says how large that is.
    """
    kind, data = content[12:16], content[20:30]
    if len(data) < 10:
        return 0
    if kind == b"VP8X":
        width, height = int.from_bytes(data[4:7], "little") + 1, int.from_bytes(data[7:10], "little") + 1
    elif kind == b"VP8L":
        bits = int.from_bytes(data[1:5], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif kind == b"VP8 ":
        width, height = int.from_bytes(data[6:8], "little") & 0x3FFF, int.from_bytes(data[8:10], "little") & 0x3FFF
    else:
        return 0
    return width * height
