"""Masked values."""

from __future__ import annotations

import json

from headrace.testing.masking import Mask
from headrace.testing.messages import Message


def message(value: bytes | None) -> Message:
    return Message("comments", 0, 0, 0, value)


def test_equal_values_stay_equal_and_nothing_else_changes() -> None:
    text = '{"a": {"user" : "x\\"y"}, "user": "x\\"y", "n":-1.5e3, "b": "user"}'
    masked_text = Mask(["user", "n"]).text(text)
    assert masked_text
    masked = json.loads(masked_text)
    assert masked["user"] == masked["a"]["user"] != 'x"y'
    assert masked["b"] == "user"
    assert masked_text.startswith('{"a": {"user" : "m-')
    assert masked["n"].startswith("m-")


def test_another_mask_gives_other_values() -> None:
    assert Mask(["user"]).text('{"user": "x"}') != Mask(["user"]).text('{"user": "x"}')


def test_what_cannot_be_masked_is_left_out_and_counted() -> None:
    mask = Mask(["user_id"])
    good = [message(b'{"user_id": "u1"}'), message(b'{"user_id": null}'), message(b'{"item_id": "i1"}')]
    bad = [message(b"\xff"), message(None), message(b"[]"), message(b'{"user_id": {"name": "x"}}')]
    escaped = message(b'{"user\\u005fid": "u1"}')
    kept = mask.last([*good, *bad, escaped], 10)
    assert [json.loads(each.value or b"").keys() for each in kept] == [{"user_id"}, {"user_id"}, {"item_id"}]
    assert mask.left_out == len(bad) + 1
    assert mask.found == {"user_id"}


def test_the_last_ones_are_taken() -> None:
    messages = [message(str(number).encode()) for number in range(5)]
    assert Mask([]).last(messages, 2) == messages[3:]
