"""The fonts that documents are printed in, all from Debian packages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from headrace.errors import RenderingError

FONTS = Path("/usr/share/fonts")


@dataclass(frozen=True)
class _File:
    package: str
    path: str
    index: int = 0


# The typefaces by the names that printers call them: Song (serif), Kai (brush), Hei (sans serif).
_FILES = {
    "song": _File("fonts-arphic-uming", "truetype/arphic/uming.ttc"),
    "kai": _File("fonts-arphic-ukai", "truetype/arphic/ukai.ttc"),
    "hei": _File("fonts-noto-cjk", "opentype/noto/NotoSansCJK-Regular.ttc", 2),
    "hei-bold": _File("fonts-noto-cjk", "opentype/noto/NotoSansCJK-Bold.ttc", 2),
    "song-modern": _File("fonts-noto-cjk", "opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    "song-bold": _File("fonts-noto-cjk", "opentype/noto/NotoSerifCJK-Bold.ttc", 2),
    "screen": _File("fonts-wqy-microhei", "truetype/wqy/wqy-microhei.ttc"),
    "terminal": _File("fonts-wqy-zenhei", "truetype/wqy/wqy-zenhei.ttc", 1),
    "typewriter": _File("fonts-dejavu-core", "truetype/dejavu/DejaVuSansMono.ttf"),
}
PACKAGES = tuple(sorted({file.package for file in _FILES.values()}))


def missing_packages() -> list[str]:
    """The Debian packages of fonts that are not installed here, sorted."""
    return sorted({file.package for file in _FILES.values() if not (FONTS / file.path).exists()})


@lru_cache(maxsize=256)
def font(name: str, pixels: int) -> ImageFont.FreeTypeFont:
    """A font by its name (song, kai, hei …), its em in pixels. Raises RenderingError where it is not installed."""
    file = _FILES[name]
    path = FONTS / file.path
    if not path.exists():
        raise RenderingError(
            f"{path}: the font {name} is not installed. "
            f"Run python3.11 scripts/setup.py --documents, "
            f"or, as root: apt-get install --no-install-recommends {' '.join(missing_packages())}"
        )
    # One layout engine everywhere: how wide a text is does not depend on how Pillow was built.
    return ImageFont.truetype(path, pixels, index=file.index, layout_engine=ImageFont.Layout.BASIC)
