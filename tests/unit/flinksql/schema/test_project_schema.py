"""What a project's files say."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from headrace.flinksql.parsing import parse_statement
from headrace.flinksql.schema import Origin, ProjectSchema, Resolution
from headrace.flinksql.statements import split_statements
from headrace.project import read_project
from headrace.settings import PROJECT

CATALOG = """
CREATE TABLE orders (
    order_id STRING, price DECIMAL(10, 2), `count` INT, tags ARRAY<STRING>, address ROW<city STRING, zip INT>,
    attributes MAP<STRING, BIGINT>, ts BIGINT, event_time AS TO_TIMESTAMP_LTZ(ts, 3), processing_time AS PROCTIME(),
    source STRING METADATA FROM 'topic' VIRTUAL,
    WATERMARK FOR event_time AS event_time - INTERVAL '5' SECOND,
    PRIMARY KEY (order_id) NOT ENFORCED
) WITH ('connector' = 'upsert-kafka', 'topic' = 'orders');
CREATE TABLE customers (customer STRING, city STRING) WITH ('connector' = 'redis');
CREATE FUNCTION missing AS 'udf.nowhere.missing' LANGUAGE PYTHON;
CREATE FUNCTION sentiment AS 'udf.sentiment.sentiment' LANGUAGE PYTHON;
CREATE VIEW priced (id, total) AS SELECT order_id, price * `count` FROM orders;
"""


@cache
def schema() -> ProjectSchema:
    return ProjectSchema.of_statements(PROJECT, split_statements(CATALOG, "catalog.sql"))


def resolved(query: str) -> Resolution:
    return schema().resolve(parse_statement(query))


def types(query: str) -> list[str]:
    found = resolved(query)
    assert not found.problems, [problem.fact for problem in found.problems]
    return [f"{column.name} {column.type}" for column in found.columns]


def test_table_has_columns_keys_and_time() -> None:
    table = schema().tables["orders"]
    assert [(column.name, column.kind, column.writable) for column in table.columns][-3:] == [
        ("event_time", "computed", False),
        ("processing_time", "computed", False),
        ("source", "metadata", False),
    ]
    assert table.primary_key == ("order_id",)
    assert table.watermark is not None
    assert table.watermark.column == "event_time"
    assert table.options["topic"] == "orders"
    event_time, processing_time = table.column("event_time"), table.column("processing_time")
    assert event_time is not None
    assert event_time.type is not None
    assert (str(event_time.type), event_time.type.time) == ("TIMESTAMP_LTZ(3)", "rowtime")
    assert processing_time is not None
    assert processing_time.type is not None
    assert processing_time.type.time == "proctime"


def test_view_has_its_querys_columns_under_its_own_names() -> None:
    columns = schema().columns_of("priced").columns
    assert [f"{column.name} {column.type}" for column in columns] == ["id STRING", "total DECIMAL(21, 2)"]


def test_python_function_that_cannot_be_imported_says_why() -> None:
    assert schema().functions["missing"].error == "ModuleNotFoundError: No module named 'udf.nowhere'"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT address.city, tags[1], attributes['a'] AS a FROM orders",
         ["city STRING", "EXPR$1 STRING", "a BIGINT"]),
        ("SELECT o.address.zip FROM orders AS o", ["zip INT"]),
        ("SELECT *, sentiment(id) AS s FROM customers, priced",
         ["customer STRING", "city STRING", "id STRING", "total DECIMAL(21, 2)", "s DOUBLE"]),
        ("SELECT window_start, window_time, COUNT(*) AS n, AVG(price) AS p "
         "FROM TUMBLE(TABLE orders, DESCRIPTOR(event_time), INTERVAL '1' MINUTE) GROUP BY window_start, window_time",
         ["window_start TIMESTAMP(3)", "window_time TIMESTAMP_LTZ(3)", "n BIGINT", "p DECIMAL(38, 6)"]),
        ("SELECT t.tag FROM orders CROSS JOIN UNNEST(tags) AS t (tag)", ["tag STRING"]),
        ("WITH x AS (SELECT price AS p FROM orders) SELECT p FROM x UNION ALL SELECT p + 1 FROM x",
         ["p DECIMAL(13, 2)"]),
        ("SELECT CASE WHEN `count` > 1 THEN 1 ELSE 2.5E0 END AS c, COALESCE(order_id, 'none') AS o FROM orders",
         ["c DOUBLE", "o STRING"]),
        ("SELECT c.city FROM orders JOIN customers FOR SYSTEM_TIME AS OF orders.processing_time AS c "
         "ON c.customer = orders.order_id", ["city STRING"]),
        ("SELECT * FROM orders MATCH_RECOGNIZE (PARTITION BY order_id ORDER BY event_time "
         "MEASURES LAST(B.price) AS last_price PATTERN (A B) DEFINE A AS A.price > 1, B AS B.price > A.price) AS m",
         ["order_id STRING", "last_price DECIMAL(10, 2)"]),
        ("SELECT ROW_NUMBER() OVER (PARTITION BY order_id ORDER BY event_time) AS n FROM orders", ["n BIGINT"]),
    ],
)  # fmt: skip
def test_query_has_types(query: str, expected: list[str]) -> None:
    assert types(query) == expected


@pytest.mark.parametrize(
    ("query", "fact", "remedy"),
    [
        ("SELECT pric FROM orders", "there is no column pric in orders", "Did you mean price?"),
        ("SELECT Price FROM orders", "there is no column Price in orders", "Did you mean price?"),
        ("SELECT x.price FROM orders",
         "x is neither a table of this FROM nor a column in it", "The tables are orders."),
        ("SELECT address.town FROM orders", "there is no field town", "The fields are city, zip."),
        ("SELECT city FROM customers, customers AS c", "column city is in customers and in c",
         "Write which one is meant: customers.city."),
        ("SELECT sentimant(order_id) FROM orders", "there is no function sentimant", "Did you mean sentiment?"),
        ("SELECT a FROM order_s", "there is no table or view order_s", "Did you mean orders?"),
        ("SELECT window_start FROM TUMBLE(TABLE orders, DESCRIPTOR(event_tim), INTERVAL '1' MINUTE)",
         "there is no column event_tim in orders", "Did you mean event_time?"),
    ],
)  # fmt: skip
def test_names_that_stand_for_nothing(query: str, fact: str, remedy: str) -> None:
    assert [(problem.fact, problem.remedy) for problem in resolved(query).problems] == [(fact, remedy)]


def test_columns_say_what_they_are_made_of() -> None:
    found = resolved("SELECT x.total, x.id AS name FROM (SELECT total + 1 AS total, id FROM priced) AS x")
    total, name = found.columns
    assert (total.origins, total.plain) == ({Origin("priced", "total")}, None)
    assert name.plain == Origin("priced", "id")


def test_this_project_has_no_problems() -> None:
    project = read_project(PROJECT)
    found = ProjectSchema.read(project)
    assert all(each.error is None for each in found.catalog)
    assert all(found.columns_of(name).complete for name in found.relation_names())
    assert not [problem.fact for view in found.views for problem in found.view_resolution(view).problems]
    for job in project.jobs:
        for insert in job.inserts:
            resolution = found.resolve(parse_statement(insert.text))
            assert not [problem.fact for problem in resolution.problems]
            assert all(column.type for column in resolution.columns)


def test_reading_a_broken_catalog_raises_nothing(tmp_path: Path) -> None:
    broken = ProjectSchema.of_statements(
        tmp_path, split_statements("CREATE TABLE; CREATE VIEW a AS SELECT b FROM a", "c")
    )
    assert [each.error is None for each in broken.catalog] == [False, True]
    assert [column.type for column in broken.columns_of("a").columns] == [None]
