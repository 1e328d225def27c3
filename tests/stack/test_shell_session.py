"""What an open session of `headrace sql` says, on the real gateway."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from rich.console import Console

from headrace.deploy.flink_rest import FlinkRest
from headrace.errors import HeadraceError
from headrace.settings import PROJECT, settings
from headrace.shell.commands import run_text
from headrace.shell.session import open_shell
from headrace.shell.writers import TextWriter
from headrace.stack.stack import Stack


@pytest.fixture(scope="module")
def shell(stack: Stack) -> Iterator[Callable[[str], str]]:
    """Runs a text in one open session; what it shows. Processes of their own are for tests of the command."""
    said = Console(file=io.StringIO(), width=200)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HEADRACE_STACK_NAME", stack.settings.stack_name)
        settings.cache_clear()  # an earlier test may have asked for them
        with open_shell(PROJECT, None, is_json=False, is_interactive=False) as opened:
            opened.out = opened.notes = said
            opened.options = replace(opened.options, writer=lambda expands: TextWriter(said, 200, expands))

            def run(text: str) -> str:
                said.file = io.StringIO()
                run_text(opened, text)
                return said.file.getvalue()

            yield run
    settings.cache_clear()


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("SELECT score FROM scored_coments", "'scored_coments' not found. Did you mean scored_comments?\nSELECT"),
        ("SELECT sentimen(content) FROM parsed_comments", "Did you mean sentiment?\nSELECT sentimen(content)"),
        ("SELECT item_id FROM scored_comments WHERE label = positive", "If it is a text, write 'positive'."),
        ("SELECT '太差了", "line 1, column 8: a string opens here and does not end. Close it with '"),
        ("SELEC 1", "found `1`"),
        ("INSERT INTO item_sentimnt SELECT 1", "Did you mean item_sentiment?"),
        ("SELECT value FROM comments", "`value` is a reserved word in Flink: write `value` in backquotes"),
        ("SELECT scor FROM scored_comments", "Column 'scor' not found in any table. Did you mean score?\nSELECT scor"),
        ("SELECT '好', 1 +", "A value is missing between `+` and the end.\n  1 | SELECT '好', 1 +\n    |"),
        ("SELECT CAST(c AS INT) FROM (VALUES ('a')) AS t(c)", "For input string: 'a'"),
        ("SELECT sentiment(c) FROM (VALUES (1)) AS t(c)", "TypeError: sentiment(text STRING [, key STRING]): "),
        ("\\describe nothing", "\\describe nothing: there is no such table. \\tables lists them."),
        ("\\nonsense", "\\nonsense: no such command. \\help lists them."),
    ],
)  # fmt: skip
def test_error_names_place_fact_and_remedy(
    deployed: Stack, shell: Callable[[str], str], statement: str, message: str
) -> None:
    with pytest.raises(HeadraceError) as raised:
        shell(statement)
    assert message in str(raised.value)
    assert "\tat " not in str(raised.value)
    assert not [job for job in FlinkRest(deployed.addresses.flink_rest_url).jobs() if job.name.startswith("sql ")]


def test_session_keeps_settings_views_and_database(deployed: Stack, shell: Callable[[str], str]) -> None:
    shell("CREATE TEMPORARY VIEW mine AS SELECT '好' AS `comment`, 1 AS n; SET 'table.exec.state.ttl' = '1 h';")
    found = shell("SELECT comment FROM mine")
    assert "as: SELECT `comment` FROM mine" in found
    assert "好" in found
    assert "an aggregate a key, for 1 h" in shell("EXPLAIN SELECT n, COUNT(*) FROM mine GROUP BY n")
    shell("USE CATALOG default_catalog")
    assert "mine" not in shell("\\dt")
    shell("USE CATALOG headrace; DROP TEMPORARY VIEW mine; RESET 'table.exec.state.ttl';")


def test_chinese_punctuation_is_read_as_plain(deployed: Stack, shell: Callable[[str], str]) -> None:
    found = shell("SELECT UPPER（‘a，b’） AS x；")
    assert "read as plain punctuation: （ ‘ ’ ） ；" in found
    assert "A，B" in found


def test_statements_of_one_text_follow_each_other(deployed: Stack, shell: Callable[[str], str]) -> None:
    found = shell("SELECT 'a;b' AS x;\n\\d item_sentiment\nSELECT 'c' AS y;")
    assert [word for word in found.split() if word in {"a;b", "negative_share", "c"}] == ["a;b", "negative_share", "c"]


def test_row_has_a_line_a_column_on_demand(deployed: Stack, shell: Callable[[str], str]) -> None:
    found = shell("\\x on\nSELECT '好' AS content, FALSE AS late;\n\\x auto")
    assert re.search(r"── 1 ──\ncontent  好\nlate     FALSE", found)


@pytest.mark.parametrize(
    ("explained", "marks"),
    [
        (
            "SELECT item_id, AVG(score) FROM scored_comments GROUP BY item_id",
            ("└── GroupAggregate  ■ state: an aggregate a key, for ever", "└── PythonCalc  ◆ model: sentiment_detail",
             "model calls a row: 1 (sentiment_detail); operators with state: 1"),
        ),
        (
            "INSERT INTO comments_dead_letters "
            "SELECT payload, MAP['reason', ENCODE(label, 'UTF-8')] FROM scored_comments",
            ("└── comments_dead_letters", "◆ model: sentiment_detail"),
        ),
        (
            "STATEMENT SET BEGIN INSERT INTO a SELECT score FROM scored_comments; "
            "INSERT INTO b SELECT score FROM scored_comments; END",
            ("├── a[", "└── b[", "(above)", "model calls a row: 1 (sentiment_detail); operators with state: 0"),
        ),
    ],
)  # fmt: skip
def test_plan_marks_models_and_state(
    deployed: Stack, shell: Callable[[str], str], explained: str, marks: tuple[str, ...]
) -> None:
    tables = "CREATE TEMPORARY TABLE IF NOT EXISTS {} (score DOUBLE) WITH ('connector' = 'blackhole');"
    shell(tables.format("a") + tables.format("b"))
    found = shell(f"EXPLAIN {explained}")
    assert [mark for mark in marks if mark not in found] == []
