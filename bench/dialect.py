"""Measures the Flink dialect: the share of statements that Flink's parser reads the same after it, and its speed.

A statement counts when it parses into a tree without opaque commands, and Flink's own parser makes the same of what is
written back as of the original. The corpus holds the statements that Flink's parser accepts, so the share should be 1.
The same is asked of sqlglot's own dialects that come nearest to Flink: `over_sqlglot` is our share over the best of
theirs.

    make bench-dialect
"""

from __future__ import annotations

import json
import logging
import time
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel, SqlglotError

import headrace.flinksql.dialect  # noqa: F401  (registers `flink`)
from headrace.flinksql.statements import split_statements
from headrace.settings import PROJECT, Settings
from headrace.testing.dialect_corpus import read_corpus
from headrace.testing.flink_parser import Answer, FlinkSqlParser

OURS = "flink"
SQLGLOT = ("mysql", "hive", "spark", "databricks", "trino")


def statements() -> list[str]:
    """The dialect's corpus and the project's own files."""
    own = [
        statement.text
        for folder in ("catalog", "sql")
        for file in sorted((PROJECT / folder).rglob("*.sql"))
        for statement in split_statements(file.read_text(encoding="utf-8"), file.name)
    ]
    return [statement.text for statement in read_corpus()] + own


def written_back(statement: str, dialect: str) -> str | None:
    """What a dialect makes of a statement; None if it does not take it as a tree."""
    try:
        tree = sqlglot.parse_one(statement, dialect=dialect)
        return None if tree.find(exp.Command) else tree.sql(dialect, unsupported_level=ErrorLevel.RAISE)
    except SqlglotError as error:
        if dialect == OURS:
            print(f"not parsed: {statement}\n  {error}")
        return None


def shares(flink: FlinkSqlParser, originals: list[str], before: list[Answer]) -> dict[str, float]:
    """Of each of sqlglot's dialects: the share of statements that mean the same when it writes them back."""
    found: dict[str, float] = {}
    for dialect in SQLGLOT:
        results = [written_back(statement, dialect) for statement in originals]
        after = flink.ask(result or "" for result in results)
        same = sum(now.normalised == was.normalised is not None for was, now in zip(before, after, strict=True))
        found[dialect] = same / len(originals)
    return found


def main() -> None:
    """Prints statements that change, and the figures."""
    originals = statements()
    start = time.perf_counter()
    results = [written_back(statement, OURS) for statement in originals]
    seconds = time.perf_counter() - start
    settings = Settings()
    with FlinkSqlParser(settings, Path(settings.home) / "cache" / "flink-parser") as flink:
        before = flink.ask(originals)
        after = flink.ask(result or "" for result in results)
        logging.getLogger("sqlglot").setLevel(logging.CRITICAL)
        others = shares(flink, originals, before)
    unchanged = 0
    for original, result, was, now in zip(originals, results, before, after, strict=True):
        if was.normalised is None:
            print(f"Flink refuses it: {original}\n  {str(was.error).splitlines()[0]}")
        elif now.normalised == was.normalised:
            unchanged += 1
        elif result is not None:
            print(f"changed: {original}\n     into: {result}")
    ratio = unchanged / len(originals)
    for dialect, share in sorted({OURS: ratio, **others}.items(), key=lambda item: -item[1]):
        print(f"{dialect:12} {share:7.1%} of {len(originals)} statements written back unchanged")
    print(
        json.dumps(
            {
                "bench": "dialect",
                "ratio": round(ratio, 4),
                "statements": len(originals),
                "statements_per_second": round(len(originals) / seconds),
                "over_sqlglot": round(ratio / max(others.values()), 2),
            }
        )
    )


if __name__ == "__main__":
    main()
