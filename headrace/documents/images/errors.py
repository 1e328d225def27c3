"""The error of whoever reads images."""

from __future__ import annotations

from headrace.documents.images.status import ImageStatus
from headrace.errors import HeadraceError


class ImageError(HeadraceError):
    """An image cannot be used; the message names the place, the fact and the remedy.

    Attributes:
        status: why, in one word.
    """

    def __init__(self, status: ImageStatus, place: str, fact: str, remedy: str) -> None:
        """Say what is wrong; `fact` and `remedy` are sentences without and with a full stop."""
        super().__init__(f"{place}: {fact}. {remedy}")
        self.status = status
