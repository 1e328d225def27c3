"""The dialect against Flink's own parser: what is written back means the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel

from headrace.flinksql.dialect.reserved_words import RESERVED_IN_SELECT, RESERVED_WORDS
from headrace.flinksql.statements import Statement, split_statements
from headrace.settings import PROJECT, Settings
from headrace.testing import reserved_words
from headrace.testing.dialect_corpus import read_corpus
from headrace.testing.flink_parser import FlinkSqlParser


@pytest.fixture(scope="module")
def flink() -> Iterator[FlinkSqlParser]:
    settings = Settings()
    with FlinkSqlParser(settings, settings.home / "cache" / "flink-parser") as parser:
        yield parser


@pytest.fixture(scope="module")
def statements() -> list[Statement]:
    """The corpus and the project's own files."""
    own = [
        statement
        for folder in ("catalog", "sql")
        for file in sorted((PROJECT / folder).rglob("*.sql"))
        for statement in split_statements(file.read_text(encoding="utf-8"), file.name)
    ]
    return read_corpus() + own


def differences(flink: FlinkSqlParser, originals: list[Statement], written: list[str]) -> list[str]:
    """Statements that Flink refuses or that mean something else to it than the original."""
    before = flink.ask(statement.text for statement in originals)
    after = flink.ask(written)
    return [
        f"{statement.file}:{statement.line}: {statement.text} -> {text} ({was.error or now.error})"
        for statement, text, was, now in zip(originals, written, before, after, strict=True)
        if was.normalised is None or was.normalised != now.normalised
    ]


def test_statements_mean_the_same_when_written_back(flink: FlinkSqlParser, statements: list[Statement]) -> None:
    trees = [sqlglot.parse_one(statement.text, dialect="flink") for statement in statements]
    assert not [tree for tree in trees if tree.find(exp.Command)]
    written = [tree.sql("flink", unsupported_level=ErrorLevel.RAISE) for tree in trees]
    assert len(written) > 1500
    assert differences(flink, statements, written) == []


def test_statements_mean_the_same_when_written_pretty(flink: FlinkSqlParser, statements: list[Statement]) -> None:
    written = [sqlglot.parse_one(s.text, dialect="flink").sql("flink", pretty=True) for s in statements]
    assert differences(flink, statements, written) == []


def test_copies_mean_the_same(flink: FlinkSqlParser, statements: list[Statement]) -> None:
    """Nothing that a statement needs is lost by what the optimizer does to each tree first."""
    written = [sqlglot.parse_one(s.text, dialect="flink").copy().sql("flink") for s in statements]
    assert differences(flink, statements, written) == []


def test_trees_are_read_again_as_they_are(statements: list[Statement]) -> None:
    trees = [sqlglot.parse_one(statement.text, dialect="flink") for statement in statements]
    again = [sqlglot.parse_one(tree.sql("flink"), dialect="flink") for tree in trees]
    assert [tree.sql("flink") for tree, other in zip(trees, again, strict=True) if tree != other] == []


def test_reserved_words_are_those_that_flink_refuses(flink: FlinkSqlParser) -> None:
    names, values = reserved_words.ask(flink)
    assert set(names) == RESERVED_WORDS
    assert set(values) == RESERVED_IN_SELECT


def test_each_keyword_is_a_name_in_backquotes_and_no_other_way_if_reserved(flink: FlinkSqlParser) -> None:
    words = [word for word in flink.keywords() if word in RESERVED_WORDS]
    written = [exp.select(exp.column(word)).from_(exp.to_table(word)).sql("flink") for word in words]
    assert [answer.error for answer in flink.ask(written) if answer.normalised is None] == []
