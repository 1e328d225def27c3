"""A case that is recorded gives back what was there, and passes at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from headrace.testing.arrival import arrivals
from headrace.testing.case import CaseError, read_case
from headrace.testing.recording import Mask, Message, Recorded, Wanted, record_case
from headrace.testing.runner import Runner

TS = 1793520000000


def comment(number: int, user: str, content: str) -> bytes:
    fields = {"comment_id": f"c{number}", "user_id": user, "item_id": "i1", "content": content, "ts": TS + number}
    return json.dumps(fields, ensure_ascii=False).encode()


MESSAGES = [
    Message("comments", 0, 40, TS, comment(1, "u1", "味道正宗"), (("trace", b"a1"),)),
    Message("comments", 1, 7, TS + 1, b"\xff no text"),
    Message("comments", 1, 8, TS + 2, None),
    Message("comments", 0, 41, TS + 3, b'["two",\n"lines"]'),
    Message("comments", 0, 42, TS + 4, comment(2, "u2", "  太差了，不会再来 ")),
]


def record(runner: Runner, folder: Path, feature: str = "comments_dead_letters", **more: object) -> Recorded:
    wanted = Wanted(feature, **{"messages": 10, "where": {}, **more})  # type: ignore[arg-type]
    return record_case(runner.job("comments"), wanted, folder, lambda topic: MESSAGES, lambda table: [])


def test_recorded_case_passes_at_once(runner: Runner, tmp_path: Path) -> None:
    recorded = record(runner, tmp_path / "comments" / "live")
    assert [row["headers"]["offset"] for row in recorded.case.expected["comments_dead_letters"]] == ["7", "8", "41"]
    assert recorded.case.settings.scores
    assert set(recorded.case.settings.scores) == {"味道正宗", "  太差了，不会再来 "}
    result = runner.run(read_case(recorded.case.folder))
    assert result.passed, result.to_text()


def test_messages_are_kept_byte_for_byte(runner: Runner, tmp_path: Path) -> None:
    case = record(runner, tmp_path / "comments" / "live").case
    assert case.inputs["comments"][0].encode() == MESSAGES[0].value
    kept = arrivals(case, ["comments"])
    assert [(each.partition, each.offset, each.encoding) for each in kept] == [
        *((0, 40, None), (1, 7, "base64"), (1, 8, "none"), (0, 41, "base64"), (0, 42, None))
    ]
    assert [int(each.time.timestamp() * 1000) for each in kept if each.time] == [TS + n for n in range(5)]
    assert kept[0].headers == {"trace": "a1"}


def test_only_messages_of_a_key_and_no_names(runner: Runner, tmp_path: Path) -> None:
    folder = tmp_path / "comments" / "one_user"
    case = record(runner, folder, "comment_sentiment", where={"user_id": "u2"}, mask=("user_id",)).case
    [line] = case.inputs["comments"]
    [row] = case.expected["comment_sentiment"]
    assert row["user_id"].startswith("m-")
    assert line == str(MESSAGES[4].value, "utf-8").replace('"u2"', json.dumps(row["user_id"]))


def test_real_model_is_asked_again_each_time(runner: Runner, tmp_path: Path) -> None:
    case = record(runner, tmp_path / "comments" / "real", "comment_sentiment", real_model=True).case
    assert case.settings.scores is None
    assert {row["model_version"] for row in case.expected["comment_sentiment"]} != {"0"}
    assert runner.run(case).passed


def test_what_cannot_be_masked_is_left_out() -> None:
    mask = Mask(["user_id"])
    assert [mask.can(message) for message in MESSAGES] == [True, False, False, False, True]
    assert mask.left_out == 3


def test_equal_values_stay_equal_and_nothing_else_changes() -> None:
    text = Mask(["user", "n"]).text('{"a": {"user" : "x\\"y"}, "user": "x\\"y", "n":-1.5e3, "b": "user"}')
    masked = json.loads(text)
    assert masked["user"] == masked["a"]["user"] != 'x"y'
    assert masked["b"] == "user"
    assert text.startswith('{"a": {"user" : "m-')
    assert masked["n"].startswith("m-")
    assert Mask(["user"]).text('{"user": "x"}') != Mask(["user"]).text('{"user": "x"}')


def test_an_existing_case_is_not_overwritten(runner: Runner, tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="there is such a case"):
        record(runner, tmp_path)


def test_nothing_to_record_is_told(runner: Runner, tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="its sources have no such messages"):
        record(runner, tmp_path / "comments" / "none", where={"user_id": "nobody"})
