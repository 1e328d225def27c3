"""What an image may cost, and where one may come from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from headrace.settings import ModelSettings


@dataclass(frozen=True, slots=True)
class ImageLimits:
    """The settings `HEADRACE_IMAGE_*`, as one value.

    Attributes:
        bytes: of the file, at most.
        pixels: of one page as it lies in the file, before it is reduced; at most.
        side: pixels of the longer side of a page as it is returned, at most; larger ones are reduced.
        pages: how many first pages of a PDF or TIFF are read.
        seconds: that getting the bytes of a URI may take in all, and that drawing a PDF page may take.
        folders: below which `file:` URIs may lie.
        buckets: `bucket` or `bucket/prefix`, in which `s3:` URIs may lie.
        hosts: `host`, `host:port` or `*.domain`, at which `http:` and `https:` URIs may lie.
        networks: CIDR blocks that are not of the public internet, and yet may be connected to.
    """

    bytes: int = 20_000_000
    pixels: int = 50_000_000
    side: int = 2560
    pages: int = 3
    seconds: float = 5.0
    folders: tuple[Path, ...] = ()
    buckets: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: ModelSettings) -> ImageLimits:
        """The limits that the settings say."""
        return cls(
            bytes=settings.image_bytes,
            pixels=settings.image_pixels,
            side=settings.image_side,
            pages=settings.image_pages,
            seconds=settings.image_seconds,
            folders=settings.image_folders,
            buckets=settings.image_buckets,
            hosts=settings.image_hosts,
            networks=settings.image_networks,
        )
