"""Reading what the SQL client prints: outputs/ is what Flink 2.3.0's has printed, with fewer stack frames."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from headrace.deploy import sql_client
from headrace.deploy.script import Place, Script
from headrace.deploy.sql_client import StatementRefusedError, run_script
from headrace.errors import SqlClientError
from headrace.flinksql.statements import Statement
from headrace.settings import Settings

OUTPUTS = Path(__file__).parent / "outputs"
TABLE = Statement("CREATE TABLE comments …", "catalog/sources/comments.sql", 4)
FEATURE = Statement("CREATE TABLE feature …", "catalog/features/feature.sql", 2)
VIEW = Statement("CREATE VIEW v AS\nSELECT content,\n    … AS c\nFROM comments", "catalog/views/v.sql", 7)
INSERT = Statement("INSERT INTO feature\nSELECT content, score\nFROM comments", "sql/job/feature.sql", 3)
WRONG = Statement("INSERT INTO feature\nSELECT content,\n    nofunction(score)\nFROM comments", "sql/job/wrong.sql", 20)


class Client:
    """Stands in for the program `sql-client.sh`: prints what the real one has printed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, own_settings: Settings) -> None:
        self.script = ""
        self._settings = own_settings
        self._monkeypatch = monkeypatch
        (own_settings.stack / "tmp").mkdir(parents=True)

    def run(self, output: str, script: Script, exit_status: int = 0) -> list[str]:
        def run(command: list[Path], **_: object) -> subprocess.CompletedProcess[str]:
            self.script = Path(command[-1]).read_text(encoding="utf-8")
            return subprocess.CompletedProcess(command, exit_status, output, "")

        self._monkeypatch.setattr(sql_client.subprocess, "run", run)
        return run_script(self._settings, script)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch, own_settings: Settings) -> Client:
    return Client(monkeypatch, own_settings)


def recorded(name: str) -> str:
    return (OUTPUTS / f"{name}.txt").read_text(encoding="utf-8")


def script_of(*statements: Statement) -> Script:
    script = Script()
    for statement in statements:
        script.add(statement)
    return script


def refused(client: Client, name: str, script: Script) -> StatementRefusedError:
    with pytest.raises(StatementRefusedError) as raised:
        client.run(recorded(name), script)
    return raised.value


def test_each_statement_has_its_output(client: Client) -> None:
    script = script_of(TABLE, FEATURE)
    script.add_own("SHOW TABLES")
    printed = client.run(recorded("accepted"), script)
    assert len(printed) == 3
    assert "comments |" in printed[2]
    assert "feature |" in printed[2]
    assert "Execute statement succeeded" in printed[1]


def test_the_client_gets_the_script_and_is_asked_for_causes(client: Client) -> None:
    script = script_of(TABLE, FEATURE)
    script.add_own("SHOW TABLES")
    client.run(recorded("accepted"), script)
    assert client.script == f"SET 'sql-client.verbose' = 'true';\n{script}"


def test_a_word_that_does_not_belong_has_its_place(client: Client) -> None:
    error = refused(client, "parse_error", script_of(TABLE, VIEW, FEATURE))
    assert error.statement == 1
    assert error.place == Place("catalog/views/v.sql", 9)
    assert str(error) == 'catalog/views/v.sql:9: Flink refuses it: Encountered "comment".'


def test_an_unknown_column_has_its_place(client: Client) -> None:
    error = refused(client, "unknown_column", script_of(TABLE, VIEW))
    assert str(error) == "catalog/views/v.sql:9: Flink refuses it: Column 'sorce' not found in any table"


def test_a_mistake_in_a_statement_set_is_in_the_right_feature(client: Client) -> None:
    script = script_of(TABLE, FEATURE)
    script.add_statement_set("EXPLAIN", [INSERT, WRONG])
    error = refused(client, "statement_set", script)
    assert error.statement == 2
    assert str(error).startswith(
        "sql/job/wrong.sql:22: Flink refuses it: No match found for function signature nofunct"
    )


def test_a_mistake_without_a_position_has_a_reason(client: Client) -> None:
    script = script_of(TABLE, FEATURE)
    script.add_statement_set("EXPLAIN", [INSERT, WRONG])
    error = refused(client, "without_position", script)
    assert error.place is None
    assert error.reason.startswith("Could not find any factory for identifier 'none'")
    assert "\tat " not in error.reason


def test_a_client_that_stops_midway_is_an_error(client: Client) -> None:
    """It exits 0 whatever happens, so the prompts are counted."""
    script = script_of(TABLE, FEATURE, VIEW, INSERT)
    script.add_own("SHOW TABLES")
    with pytest.raises(SqlClientError, match="exit status 0 after 3 of 5 statements"):
        client.run(recorded("accepted"), script)


def test_a_client_that_does_not_start_is_an_error(client: Client) -> None:
    with pytest.raises(SqlClientError, match=r"(?s)exit status 127 after 0 of 1 statements.*java: not found"):
        client.run("java: not found\n", script_of(TABLE), exit_status=127)
