"""Scripts that know from which file each line came."""

from __future__ import annotations

from headrace.deploy.script import Place, Script
from headrace.flinksql.statements import Statement, split_statements

FIRST = Statement("INSERT INTO a\nSELECT 1", "sql/job/a.sql", 3)
SECOND = Statement("INSERT INTO b\nSELECT\n    2", "sql/job/b.sql", 10)


def test_a_line_of_a_statement_is_a_line_of_its_file() -> None:
    script = Script()
    script.add(FIRST)
    script.add(SECOND)
    assert script.place(0, 1) == Place("sql/job/a.sql", 3)
    assert script.place(1, 3) == Place("sql/job/b.sql", 12)
    assert str(script.place(1, 3)) == "sql/job/b.sql:12"


def test_without_a_line_it_is_the_first_one() -> None:
    script = Script()
    script.add(SECOND)
    assert script.place(0, None) == Place("sql/job/b.sql", 10)
    assert script.place(0, 99) == Place("sql/job/b.sql", 10)


def test_a_line_of_a_statement_set_is_one_of_the_right_insert() -> None:
    script = Script()
    script.add_statement_set("COMPILE PLAN 'x' FOR", [FIRST, SECOND])
    lines = script.texts[0].split("\n")
    places = {line: script.place(0, number) for number, line in enumerate(lines, start=1)}
    assert places == {
        "COMPILE PLAN 'x' FOR STATEMENT SET BEGIN": None,
        "INSERT INTO a": Place("sql/job/a.sql", 3),
        "SELECT 1;": Place("sql/job/a.sql", 4),
        "INSERT INTO b": Place("sql/job/b.sql", 10),
        "SELECT": Place("sql/job/b.sql", 11),
        "    2;": Place("sql/job/b.sql", 12),
        "END": None,
    }


def test_a_statement_set_of_several_files_has_no_place_of_its_own() -> None:
    script = Script()
    script.add_statement_set("EXPLAIN", [FIRST, SECOND])
    script.add_statement_set("EXPLAIN", [FIRST])
    assert script.place(0, None) is None
    assert script.place(1, None) == Place("sql/job/a.sql", 3)


def test_own_statements_name_a_file_only_when_told() -> None:
    script = Script()
    script.add_own("RESET")
    script.add_own("EXECUTE PLAN 'x'", file="sql/job")
    assert script.place(0, 0) is None
    assert script.place(0, None) is None
    assert script.place(1, None) == Place("sql/job", 0)


def test_the_text_splits_into_what_was_added() -> None:
    script = Script()
    script.add(FIRST)
    script.add_own("RESET")
    assert [statement.text for statement in split_statements(str(script), "script.sql")] == [FIRST.text, "RESET"]
