"""`headrace sql`, the analyst's shell, on the real gateway."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from headrace.demo.comments import Message
from headrace.demo.demo import TOPIC
from headrace.demo.replay import Replay
from headrace.deploy.flink_rest import FlinkRest
from headrace.flinksql.lint.linter import lint
from headrace.settings import PROJECT
from headrace.stack.stack import Stack
from headrace.testing.waiting import await_true

Headrace = Callable[..., subprocess.CompletedProcess[str]]
SECONDS = 60
TEXTS = ("很好吃", "太差了，再也不买了", "房间很大很干净", "一般般", "几点开始？", "\x1b[31m红")
STREAM = "SELECT comment_id FROM parsed_comments"


@pytest.fixture
def commented(deployed: Stack) -> Stack:
    """The deployed stack with more comments than a query here reads."""
    now = int(time.time() * 1000)
    messages = [
        {"comment_id": f"shell-{now}-{n}", "user_id": "shell", "item_id": "shell", "content": text, "ts": now}
        for n, text in enumerate(TEXTS)
    ]
    bytes_ = [Message(json.dumps(message, ensure_ascii=False).encode()) for message in messages]
    Replay(deployed.addresses.kafka_bootstrap_servers, TOPIC).run(bytes_, 1000.0, lambda _: None)
    return deployed


@pytest.fixture
def start(stack: Stack) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts the shell without a terminal, to be ended by the test."""
    started: list[subprocess.Popen[str]] = []

    def run(*arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [stack.settings.environment / "bin" / "headrace", "sql", *arguments],
            cwd=PROJECT,
            env={**os.environ, "HEADRACE_STACK_NAME": stack.settings.stack_name},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.terminate()  # killed, it would leave its query running
        process.communicate(timeout=SECONDS)


@pytest.fixture
def terminal(stack: Stack) -> Iterator[pexpect.spawn]:
    """The shell at a terminal, at its first prompt."""
    process = pexpect.spawn(
        str(stack.settings.environment / "bin" / "headrace"),
        ["sql"],
        cwd=PROJECT,
        env={
            **os.environ,
            "HEADRACE_STACK_NAME": stack.settings.stack_name,
            "TERM": "xterm",
            "PROMPT_TOOLKIT_NO_CPR": "1",
        },
        encoding="utf-8",
        dimensions=(40, 120),
        timeout=SECONDS,
    )
    process.expect("sql>")
    yield process
    process.close()  # with SIGHUP, as a terminal that is closed
    process.wait()


def queries(stack: Stack) -> list[str]:
    """The shell's jobs that have not ended."""
    return [job.name for job in FlinkRest(stack.addresses.flink_rest_url).jobs() if job.name.startswith("sql ")]


def test_stream_is_scored_as_typed(commented: Stack, headrace: Headrace) -> None:
    result = headrace("sql", "-e", "SELECT sentiment(comment) FROM comments LIMIT 5;")
    assert result.returncode == 0, result.stderr
    assert "as: SELECT sentiment(`comment`) FROM comments LIMIT 5" in result.stderr
    header, *scores = result.stdout.splitlines()
    assert header.strip() == "EXPR$0"
    assert len(scores) == 5
    assert all(0 <= float(score) <= 1 for score in scores)
    assert queries(commented) == []


def test_text_is_scored_as_typed(deployed: Stack, headrace: Headrace) -> None:
    result = headrace("sql", "--json", "-e", "SELECT sentiment('太差了');")
    assert result.returncode == 0, result.stderr
    assert "as: SELECT sentiment(c1) FROM (VALUES ('太差了')) AS constants (c1)" in result.stderr
    [row] = map(json.loads, result.stdout.splitlines())
    assert 0 <= row["EXPR$0"] < 0.3  # a complaint


def test_json_has_the_values_of_all_types(deployed: Stack, headrace: Headrace) -> None:
    values = "CAST(9007199254740993 AS BIGINT), 1.5E0, '好', TRUE, ARRAY[1], MAP['a', 1], CAST(NULL AS STRING)"
    query = f"SELECT * FROM (VALUES ({values})) AS t(n, x, text, yes, items, counts, nothing)"  # noqa: S608
    result = headrace("sql", "--json", "-e", query)
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {"n": 9007199254740993, "x": 1.5, "text": "好", "yes": True, "items": [1], "counts": {"a": 1}, "nothing": None}
    ]


def test_updates_are_told(deployed: Stack, headrace: Headrace) -> None:
    query = "SELECT c, COUNT(*) AS n FROM (VALUES ('好'), ('好')) AS t(c) GROUP BY c"
    as_text = headrace("sql", "-e", query)
    lines = [line.split() for line in as_text.stdout.splitlines()]
    assert lines == [["c", "n"], ["+I", "好", "1"], ["-U", "好", "1"], ["+U", "好", "2"]]
    as_json = headrace("sql", "--json", "-e", query)
    assert [json.loads(line) for line in as_json.stdout.splitlines()] == [
        {"c": "好", "n": 1},
        {"c": "好", "n": 1, "__op": "-U"},
        {"c": "好", "n": 2, "__op": "+U"},
    ]


def test_limit_does_not_end_a_query_whose_rows_change(
    commented: Stack, start: Callable[..., subprocess.Popen[str]]
) -> None:
    """The first counts would not be the last."""
    process = start("-e", "SELECT user_id, COUNT(*) AS n FROM parsed_comments GROUP BY user_id LIMIT 1")
    assert process.stdout is not None
    await_true(lambda: process.stdout.readline().startswith("-D"), SECONDS, every=0)  # the first count
    assert process.poll() is None


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_ends_the_query_on_the_cluster(
    commented: Stack, start: Callable[..., subprocess.Popen[str]], number: signal.Signals
) -> None:
    process = start("-e", STREAM)
    assert process.stdout is not None
    assert process.stdout.readline().startswith("comment_id")
    assert len(queries(commented)) == 1
    process.send_signal(number)
    _, said = process.communicate(timeout=SECONDS)
    assert process.returncode == 130
    assert "its job has ended" in said
    assert queries(commented) == []


def test_signal_ends_a_query_that_is_being_planned(
    commented: Stack, start: Callable[..., subprocess.Popen[str]]
) -> None:
    process = start("-e", "SELECT sentiment(comment) FROM comments")
    assert process.stderr is not None
    assert process.stderr.readline().startswith("as: ")  # it is sent next
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=SECONDS)
    assert process.returncode == 130
    assert queries(commented) == []


def test_query_ends_with_the_program_that_reads_it(
    commented: Stack, start: Callable[..., subprocess.Popen[str]]
) -> None:
    process = start("-e", STREAM)
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(SECONDS) == 0
    assert queries(commented) == []


def test_error_is_an_exit_status(deployed: Stack, headrace: Headrace) -> None:
    result = headrace("sql", "-e", "SELECT scor FROM scored_comments")
    assert result.returncode == 1
    assert result.stdout == ""
    assert "Did you mean score?\nSELECT scor" in result.stderr


def test_first_error_of_a_file_ends_it(deployed: Stack, headrace: Headrace, tmp_path: Path) -> None:
    file = tmp_path / "statements.sql"
    file.write_text("SELECT 'a;b' AS x;\n-- no; statement\nSELECT\n  nothing FROM comments;\nSELECT 'after' AS x;\n")
    result = headrace("sql", "-f", str(file))
    assert result.returncode == 1
    assert result.stdout.split() == ["x", "a;b"]
    assert f"{file}:4: Column 'nothing' not found in any table" in result.stderr


def test_times_are_told(deployed: Stack, headrace: Headrace) -> None:
    result = headrace("sql", "--timing", "-e", "SELECT sentiment('太差了')")
    found = re.search(
        r"time: check [\d.]+ · plan [\d.]+ · tasks [\d.]+ \(Python worker [\d.]+\) · "
        r"then first row [\d.]+ · first row after [\d.]+ · end after [\d.]+ s",
        result.stderr,
    )
    assert found, result.stderr


def test_query_becomes_a_feature(commented: Stack, headrace: Headrace, tmp_path: Path) -> None:
    """Its files and its recorded case pass the linter without an edit; the case ran on a mini cluster."""
    for folder in ("catalog", "sql", "udf", "flink/conf"):
        shutil.copytree(PROJECT / folder, tmp_path / folder)
    script = tmp_path / "save.sql"
    save = "\\save item_last_score --job items --about 'the last comment on an item'"
    query = "SELECT item_id, sentiment(content) AS score, event_time AS `time` FROM parsed_comments"
    script.write_text(f"{query}\nLIMIT 1;\n{save}\n")
    result = headrace("sql", "--project", str(tmp_path), "-f", str(script))
    assert result.returncode == 0, result.stderr
    table = (tmp_path / "catalog/features/item_last_score.sql").read_text()
    assert table.startswith(
        "-- item_last_score:<item_id>: the last comment on an item\nCREATE TABLE item_last_score (\n"
    )
    assert "    `time`  TIMESTAMP_LTZ(3),\n    PRIMARY KEY (item_id) NOT ENFORCED\n" in table
    insert = (tmp_path / "sql/items/item_last_score.sql").read_text()
    assert "LIMIT" not in insert
    assert insert.endswith("\nON CONFLICT DO DEDUPLICATE;\n")
    [case] = tmp_path.glob("tests/sql/items/*/expected/item_last_score.jsonl")
    assert all(0 <= json.loads(row)["score"] <= 1 for row in case.read_text().splitlines())
    found = [finding for finding in lint(tmp_path)[1] if "item_last_score" in finding.file]
    assert found == []

    again = headrace("sql", "--project", str(tmp_path), "-f", str(script))
    assert again.returncode == 1
    assert "\\save item_last_score: catalog/features/item_last_score.sql exists." in again.stderr
    assert (tmp_path / "catalog/features/item_last_score.sql").read_text() == table


def test_terminal(commented: Stack, terminal: pexpect.spawn) -> None:
    """Completion, several lines, Ctrl-C on the cluster, back to the prompt, the history."""
    await_names(terminal)
    terminal.send("SELECT user_id, comment_id\rFROM parsed_com\t")
    terminal.expect("parsed_comments")
    terminal.send(" WHERE user_id = 'shell';\r")
    terminal.expect(r"shell\s+shell-\d+-\d")
    await_true(lambda: len(queries(commented)) == 1)
    terminal.sendcontrol("c")
    terminal.expect("its job has ended")
    assert queries(commented) == []

    terminal.expect("sql>")
    terminal.send("SELECT user_id, COUNT(*) AS n FROM parsed_comments WHERE user_id = 'shell' GROUP BY user_id;\r")
    terminal.expect(r"1 rows now, \d+ changes")
    terminal.sendcontrol("c")
    terminal.expect("its job has ended")
    terminal.expect("sql>")
    terminal.send("\\quit\r")
    terminal.expect(pexpect.EOF)

    history = commented.settings.stack / "shell-history"
    assert history.stat().st_mode & 0o777 == 0o600
    assert "+FROM parsed_comments WHERE user_id = 'shell';" in history.read_text()


def await_names(terminal: pexpect.spawn) -> None:
    """Names are asked for when the shell opens: Tab offers them from then on."""
    terminal.send("\\describe holiday_t\t\r")
    terminal.expect("words_pattern")
    terminal.expect("sql>")
