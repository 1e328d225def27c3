"""Reading cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from headrace.testing.case import START, read_case, read_cases
from headrace.testing.problems import CaseError

FILES = {
    "case.yaml": "description: 一条评论\n",
    "input/comments.jsonl": '{"a": 1}\n\nno JSON\u2028at all\n',
    "expected/scores.jsonl": '{"id": "c1", "score": 0.5}\n',
    "expected/comments_dead_letters.jsonl": "",
}


def write(folder: Path, files: dict[str, str | None]) -> Path:
    for name, text in {**FILES, **files}.items():
        if text is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_case_is_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "comments" / "plain", {})
    write(tmp_path / "comments" / "late", {"case.yaml": "description: late\nstart: 2026-01-01T00:00:00Z\n"})
    late, plain = read_cases(tmp_path)
    assert (plain.name, plain.job, plain.settings.description) == ("comments/plain", "comments", "一条评论")
    assert plain.settings.start == START
    assert late.settings.start.year == 2026
    assert plain.inputs == {"comments": ['{"a": 1}', "", "no JSON\u2028at all"]}
    assert plain.expected == {"scores": [{"id": "c1", "score": 0.5}], "comments_dead_letters": []}


def test_cases_are_named_by_job_or_alone(tmp_path: Path) -> None:
    for name in ("comments/late", "comments/plain", "holidays/plain"):
        write(tmp_path / name, {})
    (tmp_path / "holidays" / "broken").mkdir()
    assert [case.name for case in read_cases(tmp_path, ["comments"])] == ["comments/late", "comments/plain"]
    assert [case.name for case in read_cases(tmp_path, ["holidays/plain"])] == ["holidays/plain"]
    with pytest.raises(CaseError, match=r"comments/lat: there is no such job or case. Did you mean comments/late\?"):
        read_cases(tmp_path, ["comments/lat"])


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"case.yaml": None}, "case.yaml: there is no such file"),
        ({"case.yaml": "scores: {}\n"}, r"case.yaml: the field description is missing\. Add it\."),
        ({"case.yaml": "description: a\nsores: {}\n"}, r"case.yaml: there is no field sores\. Did you mean scores\?"),
        ({"case.yaml": "description: a\nnow: soon\n"}, r"case.yaml: now: (?s:.*)Its fields are description, start"),
        ({"case.yaml": "description: a: b\n"}, "case.yaml: mapping values are not allowed here"),
        ({"input/comments.jsonl": None}, "there is no input/<source>.jsonl"),
        ({"expected/scores.jsonl": "{}\nnothing\n"}, "scores.jsonl:2: it is not JSON"),
        ({"expected/scores.jsonl": "[1]\n"}, "scores.jsonl:1: it is '\\[1\\]', and a row is a JSON object"),
    ],
)
def test_a_folder_that_is_no_case_is_refused(tmp_path: Path, files: dict[str, str | None], message: str) -> None:
    with pytest.raises(CaseError, match=message):
        read_case(write(tmp_path / "comments" / "plain", files))
