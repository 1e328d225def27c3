"""Which texts a model takes."""

from __future__ import annotations

import pytest

from headrace.inference.text_status import TextStatus, text_status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("很好", TextStatus.OK),
        ("？", TextStatus.OK),
        ("", TextStatus.EMPTY),
        (" \t\n\u3000\u00a0", TextStatus.EMPTY),
        ("\u200b\ufeff\u2060\u00ad\ufe0f\u3164\x00", TextStatus.EMPTY),
        ("很好\ufffd", TextStatus.UNDECODABLE),
        ("\ufffd", TextStatus.UNDECODABLE),
        ("很好" + chr(0xD800), TextStatus.UNDECODABLE),
        ("好" * 10, TextStatus.OK),
        ("好" * 11, TextStatus.TOO_LONG),
        ("🙂" * 10, TextStatus.OK),
        (" " * 11, TextStatus.EMPTY),  # the first status that is true
        ("好" * 11 + "\ufffd", TextStatus.UNDECODABLE),
    ],
)
def test_status(text: str, status: TextStatus) -> None:
    assert text_status(text, max_characters=10) is status
