"""What the trees look like: the shapes that other rooms rely on."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest
import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel, ParseError, UnsupportedError
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import build_scope

import headrace.flinksql.dialect
from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.parsing import place


def parse(text: str) -> exp.Expr:
    return sqlglot.parse_one(text, dialect="flink")


def test_docstring_examples_run() -> None:
    package = headrace.flinksql.dialect
    names = [module.name for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    names += [package.__name__, "headrace.flinksql.parsing", "headrace.flinksql.statements"]
    results = [doctest.testmod(importlib.import_module(name)) for name in (*names, "headrace.testing.dialect_corpus")]
    assert sum(result.attempted for result in results) > 8
    assert sum(result.failed for result in results) == 0


def test_the_package_imports_nothing_else_of_the_project() -> None:
    package = headrace.flinksql.dialect
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        loaded = vars(importlib.import_module(module.name)).values()
        names = {getattr(value, "__module__", "") or "" for value in loaded}
        others = {name for name in names if name.startswith("headrace") and not name.startswith(package.__name__)}
        assert others == set(), module.name


@pytest.mark.parametrize(
    ("call", "size", "slide", "time_column", "partition"),
    [
        ("TUMBLE(TABLE c.d.t, DESCRIPTOR(ts), INTERVAL '1' MINUTE)", "INTERVAL '1' MINUTE", None, "ts", []),
        ("HOP(TABLE t, DESCRIPTOR(`a b`), INTERVAL '1' DAY, INTERVAL '2' DAY)", "INTERVAL '2' DAY", "1", "a b", []),
        ("hop(SIZE => INTERVAL '2' DAY, slide => INTERVAL '1' DAY, data => TABLE t, timecol => DESCRIPTOR(ts))",
         "INTERVAL '2' DAY", "1", "ts", []),
        ("CUMULATE(TABLE t, DESCRIPTOR(ts), INTERVAL '1' DAY, INTERVAL '2' DAY)", "INTERVAL '2' DAY", None, "ts", []),
        ("SESSION(TABLE t PARTITION BY (a, b), DESCRIPTOR(ts), INTERVAL '5' SECOND)", None, None, "ts", ["a", "b"]),
    ],
)  # fmt: skip
def test_window_functions_know_their_arguments(
    call: str, size: str | None, slide: str | None, time_column: str, partition: list[str]
) -> None:
    for text in (f"SELECT * FROM {call}", f"SELECT * FROM TABLE({call}) AS w"):
        window = parse(text).find(fx.WindowFunction)
        assert window is not None
        assert window.table is not None
        assert window.table.name == "t"
        found = window.argument("SIZE")
        assert (found.sql("flink") if found else None) == size
        found = window.argument("SLIDE")
        assert (found.this.name if found else None) == slide
        assert window.time_column is not None
        assert window.time_column.name == time_column
        assert [column.name for column in window.partition_by] == partition


def test_functions_keep_the_names_they_were_written_with() -> None:
    assert parse("SELECT Sum(a), `upper`(b), myFunction(c), c.d.f(x) FROM t").sql("flink") == (
        "SELECT Sum(a), `upper`(b), myFunction(c), c.d.f(x) FROM t"
    )
    assert isinstance(parse("SELECT sum(a) FROM t").selects[0], exp.Sum)


def test_names_and_calls_have_places() -> None:
    text = "SELECT\n  a,\n  f(t.b)\nFROM c.t AS x"
    tree = parse(text)
    places = {node.name: place(node, text) for node in tree.find_all(exp.Anonymous, exp.Identifier)}
    assert places == {"a": (2, 3), "f": (3, 3), "t": (4, 8), "b": (3, 7), "c": (4, 6), "x": (4, 13)} | {
        "t": places["t"]
    }
    assert place(tree, text) == (1, 1)


def test_scopes_know_tables_functions_and_joins() -> None:
    tree = parse(
        "SELECT o.a, r.b, w.word FROM orders AS o "
        "JOIN rates FOR SYSTEM_TIME AS OF o.ts AS r ON o.c = r.c, LATERAL TABLE(split(o.a)) AS w (word)"
    )
    scope = build_scope(tree)
    assert scope is not None
    assert set(scope.sources) == {"o", "r", "w"}
    assert {column.sql() for column in scope.columns} >= {"o.a", "r.b", "w.word", "o.c", "r.c"}


def test_qualify_works_on_window_functions_and_lookup_joins() -> None:
    schema = {"orders": {"a": "INT", "c": "STRING", "ts": "TIMESTAMP"}, "rates": {"c": "STRING", "rate": "DOUBLE"}}
    tree = parse("SELECT a, rate FROM orders AS o JOIN rates FOR SYSTEM_TIME AS OF o.ts AS r ON o.c = r.c")
    qualified = qualify(tree, schema=schema, dialect="flink", quote_identifiers=False, identify=False)
    assert qualified.sql("flink") == (
        "SELECT o.a AS a, r.rate AS rate FROM orders FOR SYSTEM_TIME AS OF o.ts AS o JOIN rates AS r ON o.c = r.c"
    ).replace(" FOR SYSTEM_TIME AS OF o.ts AS o JOIN rates AS r", " AS o JOIN rates FOR SYSTEM_TIME AS OF o.ts AS r")
    inner = parse("SELECT window_start, n FROM (SELECT window_start, COUNT(*) AS n FROM TUMBLE(TABLE orders, "
                  "DESCRIPTOR(ts), INTERVAL '1' DAY) GROUP BY window_start) AS x")  # fmt: skip
    qualified = qualify(inner, schema=schema, dialect="flink", quote_identifiers=False, validate_qualify_columns=False)
    assert "x.window_start AS window_start, x.n AS n" in qualified.sql("flink")


def test_a_tree_made_of_other_dialects_is_flink_sql() -> None:
    tree = sqlglot.parse_one(
        "SELECT CAST(a AS TEXT), b::INT FROM t WHERE c IS NOT NULL AND d NOT LIKE 'x' AND \"order\" NOT IN (1)",
        "postgres",
    )
    assert tree.sql("flink") == (
        "SELECT CAST(a AS STRING), CAST(b AS INT) FROM t WHERE c IS NOT NULL AND d NOT LIKE 'x' AND NOT `order` IN (1)"
    )


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        ("postgres", "SELECT CAST(a AS JSON)"),
        ("postgres", "SELECT DISTINCT ON (a) a, b FROM t"),
        ("postgres", "SELECT a FROM t FOR UPDATE"),
        ("postgres", "WITH q AS MATERIALIZED (SELECT 1) SELECT * FROM q"),
        ("snowflake", "SELECT * FROM t TABLESAMPLE (10 ROWS)"),
        ("hive", "SELECT a FROM t LATERAL VIEW OUTER EXPLODE(b) x AS c"),
        ("mysql", "DELETE FROM t WHERE a = 1 LIMIT 3"),
    ],
)
def test_what_flink_has_no_words_for_is_an_error(dialect: str, text: str) -> None:
    tree = sqlglot.parse_one(text, dialect)
    with pytest.raises(UnsupportedError):
        tree.sql("flink", unsupported_level=ErrorLevel.RAISE)


@pytest.mark.parametrize(
    "text",
    [
        "CREATE",
        "SELECT FROM t",
        "SELECT a FROM",
        "SELECT a b c FROM t",
        "FROBNICATE a",
        "INSERT INTO t",
        "SELECT * FROM t WHERE",
        "EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1",
        "SELECT a FROM t; SELECT",
        "SELECT f(a -> 1) FROM t",
        "CREATE TABLE t (a INT) ENGINE = x",
        "SHOW SOMETHING",
    ],
)
def test_what_is_no_flink_sql_is_an_error_and_no_opaque_command(text: str) -> None:
    with pytest.raises(ParseError):
        sqlglot.parse(text, dialect="flink")
