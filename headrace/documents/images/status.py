"""Why an image cannot be used, in one word."""

from __future__ import annotations

from enum import StrEnum


class ImageStatus(StrEnum):
    """What stands in SQL's `status` column and in dead letters. An image that can be read has none of these."""

    EMPTY = "empty"
    """No bytes."""
    NOT_AN_IMAGE = "not_an_image"
    """Bytes that are no image format and no PDF: text, a web page, random bytes."""
    UNSUPPORTED = "unsupported"
    """A format that is known but not read (HEIC, AVIF, OFD, …), or a variant that the decoder does not have."""
    TRUNCATED = "truncated"
    """The file ends before its image does."""
    DAMAGED = "damaged"
    """The file is whole by its size, but what is in it cannot be decoded."""
    TOO_LARGE = "too_large"
    """More bytes than `HEADRACE_IMAGE_BYTES`."""
    TOO_MANY_PIXELS = "too_many_pixels"
    """More pixels than `HEADRACE_IMAGE_PIXELS`, by what the file says before anything is decoded."""
    TOO_SLOW = "too_slow"
    """A PDF page that is not drawn within `HEADRACE_IMAGE_SECONDS`, or a JPEG of more than 100 scans."""
    ENCRYPTED = "encrypted"
    """A PDF that opens with a password only."""
    NO_PAGES = "no_pages"
    """A PDF or TIFF without a page."""
    BAD_URI = "bad_uri"
    """Text that is not a URI, or one whose own syntax is wrong, damaged base64 in a `data:` URI among them."""
    URI_NOT_ALLOWED = "uri_not_allowed"
    """A URI of a scheme, folder, bucket, host or address that the settings do not list."""
    NOT_FOUND = "not_found"
    """There is nothing at the URI."""
    REFUSED = "refused"
    """The folder, storage or server does not give it: no permission, or another answer 4xx."""
    UNREACHABLE = "unreachable"
    """The storage or server cannot be reached, or answers with an error of its own (5xx, 429)."""
    TIMED_OUT = "timed_out"
    """The storage or server did not give all of it within `HEADRACE_IMAGE_SECONDS`."""

    @property
    def may_pass(self) -> bool:
        """Whether the same image may be usable later, so that its dead letter is worth sending again as it is."""
        return self in (ImageStatus.UNREACHABLE, ImageStatus.TIMED_OUT)
