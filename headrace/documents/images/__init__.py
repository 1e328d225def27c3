"""From bytes or a URI to upright RGB pages, with limits.

    URI ─▶ uri/ (data, file, s3, http) ─▶ bytes ─▶ content (which format) ─▶ raster or pdf ─▶ pages

`reading.read_pages` is the way in. What cannot be used has a status (`status.ImageStatus`).
"""

from headrace.documents.images.errors import ImageError
from headrace.documents.images.limits import ImageLimits
from headrace.documents.images.reading import read_pages
from headrace.documents.images.status import ImageStatus

__all__ = ["ImageError", "ImageLimits", "ImageStatus", "read_pages"]
