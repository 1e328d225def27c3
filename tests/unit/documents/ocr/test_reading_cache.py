"""Results of recent images."""

from __future__ import annotations

from headrace.documents.ocr.image_reader import ImageReading
from headrace.documents.ocr.reading_cache import ReadingCache

READING = ImageReading("ok", (), "1")


def test_it_keeps_the_last_ones_by_model_and_version() -> None:
    cache = ReadingCache(entries=2)
    for digest in (b"a", b"b", b"c"):
        cache.put("ocr", "1", digest, READING)
    assert [cache.get("ocr", "1", digest) is READING for digest in (b"a", b"b", b"c")] == [False, True, True]
    assert cache.get("ocr", "2", b"c") is None


def test_it_forgets_after_some_seconds() -> None:
    now = [0.0]
    cache = ReadingCache(seconds=30, clock=lambda: now[0])
    cache.put("ocr", "1", b"a", READING)
    now[0] = 30
    assert cache.get("ocr", "1", b"a") is READING
    now[0] = 30.5
    assert cache.get("ocr", "1", b"a") is None
