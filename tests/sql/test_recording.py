"""A case that is recorded gives back what was there, and passes at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from headrace.testing.arrival import arrivals
from headrace.testing.case import read_case
from headrace.testing.messages import Message, Selection
from headrace.testing.problems import CaseError
from headrace.testing.recording import Recorded, Wanted, record_case
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


def record(
    runner: Runner,
    folder: Path,
    feature: str = "comments_dead_letters",
    selection: Selection | None = None,
    **more: Any,
) -> Recorded:
    wanted = Wanted(feature, selection or Selection(), **more)
    messages = [message for message in MESSAGES if wanted.selection.fits(message)]
    return record_case(runner.job("comments"), wanted, folder, lambda topic: messages, lambda table: [])


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
    case = record(
        runner, folder, "comment_sentiment", selection=Selection(where=(("user_id", "u2"),)), mask=("user_id",)
    ).case
    [line] = case.inputs["comments"]
    [row] = case.expected["comment_sentiment"]
    assert row["user_id"].startswith("m-")
    assert line == str(MESSAGES[4].value, "utf-8").replace('"u2"', json.dumps(row["user_id"]))


def test_real_model_is_asked_again_each_time(runner: Runner, tmp_path: Path) -> None:
    case = record(runner, tmp_path / "comments" / "real", "comment_sentiment", real_model=True).case
    assert case.settings.scores is None
    assert {row["model_version"] for row in case.expected["comment_sentiment"]} != {"0"}
    assert runner.run(case).passed


def test_an_existing_case_is_not_overwritten(runner: Runner, tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="there is such a case"):
        record(runner, tmp_path)


def test_nothing_to_record_is_told(runner: Runner, tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"topic comments: no message fits(?s:.*)--where"):
        record(runner, tmp_path / "comments" / "none", selection=Selection(where=(("user_id", "nobody"),)))
