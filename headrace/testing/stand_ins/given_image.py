"""Images whose content is given: a URI of JSON, `data:application/json,{…}`, says what a model would read in it."""

from __future__ import annotations

import json
from typing import Any

MEDIA_TYPE = "data:application/json,"
VERSION = "0"
"""No published model's, so that expected rows stay right when another version is published."""


def given(image: str | bytes | None) -> dict[str, Any] | None:
    """What an image is said to hold; None for NULL.

    Raises:
        ValueError: it is not such a URI.
    """
    if image is None:
        return None
    text = image.decode() if isinstance(image, bytes) else image
    if not text.startswith(MEDIA_TYPE):
        raise ValueError(f"{text[:60]!r}: an image of a case with scores is {MEDIA_TYPE}{{…}}")
    return dict(json.loads(text.removeprefix(MEDIA_TYPE)))
