"""Widths of lines: few shapes, none too narrow."""

from __future__ import annotations

from headrace.documents.ocr.recognition import WIDEST, bucket


def test_a_bucket_holds_its_lines_and_there_are_few() -> None:
    buckets = [bucket(width) for width in range(1, WIDEST + 1)]
    assert all(width <= padded for width, padded in enumerate(buckets, start=1))
    assert buckets == sorted(buckets)
    assert len(set(buckets)) <= 24
    assert bucket(WIDEST) == WIDEST
